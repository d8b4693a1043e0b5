import Foundation
import Yams

/// A `meta.yaml` of a file store: names and values.
struct MetaFile {
  let path: String

  private var fields: Node.Mapping

  init(new path: String) {
    self.path = path
    fields = Node.Mapping([])
  }

  /// Reads a file; nil where there is none.
  ///
  /// - Throws: `TrackingError.inaccessible`, also for what is not YAML.
  init?(reading path: String) throws(TrackingError) {
    guard let text = try AtomicFile.text(at: path) else { return nil }
    guard let mapping = (try? Yams.compose(yaml: text))?.mapping else {
      throw .inaccessible(path: path, reason: "it is not the YAML of a file store")
    }
    self.path = path
    fields = mapping
  }

  /// The value of a name as text; nil where there is none, or null.
  func text(_ name: String) -> String? {
    guard let scalar = fields[Node(name)]?.scalar else { return nil }
    let isNull = scalar.style == .plain && ["", "null", "~"].contains(scalar.string)
    return isNull ? nil : scalar.string
  }

  func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

  /// Sets a text; nil is null.
  mutating func set(_ name: String, _ text: String?) {
    // Always quoted: a text such as 1e5 or no would be read as something else.
    let value = text.map { Node.scalar(.init($0, Tag(.str), .doubleQuoted)) }
    fields[Node(name)] = value ?? Self.null
  }

  /// Sets a whole number; nil is null.
  mutating func set(_ name: String, _ number: Int?) {
    fields[Node(name)] =
      number.map { Node.scalar(.init(String($0), Tag(.int), .plain)) } ?? Self.null
  }

  /// Sets names and texts below a name.
  mutating func set(_ name: String, _ pairs: [String: String]) {
    let nodes = pairs.sorted { $0.key < $1.key }.map { key, value in
      (
        Node.scalar(.init(key, Tag(.str), .doubleQuoted)),
        Node.scalar(.init(value, Tag(.str), .doubleQuoted))
      )
    }
    fields[Node(name)] = .mapping(.init(nodes, Tag(.map), nodes.isEmpty ? .flow : .block))
  }

  func write() throws(TrackingError) {
    let text: String
    do {
      text = try Yams.serialize(node: .mapping(fields), width: -1, allowUnicode: true)
    } catch {
      throw .inaccessible(path: path, reason: "\(error)")
    }
    try AtomicFile.write(text, to: path)
  }

  private static var null: Node { .scalar(.init("null", Tag(.null), .plain)) }
}

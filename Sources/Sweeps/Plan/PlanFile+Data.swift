import Datasets
import Documents
import Foundation

extension PlanFile {
  /// The keys of a data set of its own.
  private static let dataKeys = ["file", "target", "ignore", "header"]

  /// The data that an item of `data` names: alone, or as `file` beside how that is read, which otherwise is
  /// as the plan says for all; and the places of what it says.
  func source(
    _ item: PlanNode, _ accepted: String, folder: String, like common: DataSource
  ) throws(PlanError) -> (DataSource, [String: FileLocation]) {
    let own = try item.pairs.map { pairs throws(PlanError) in try keys(pairs, of: item) } ?? [:]
    let named = own["file"] ?? item
    let text = try named.value(of: "data", accepted: accepted) { $0.text }
    guard !text.isEmpty, !text.unicodeScalars.contains("\0") else {
      throw named.refusal(of: "data", accepted: accepted)
    }
    let columns = Dictionary(
      own.compactMap { key, value in PlanKey(rawValue: key).map { ($0, value) } },
      uniquingKeysWith: { first, _ in first })
    var source = common
    if own["ignore"] != nil { source.ignoredColumns = [] }
    try readColumns(columns, into: &source)
    let names = EmbeddedDataset.allCases.map(\.rawValue)
    let isElsewhere = names.contains(text) || text.hasPrefix("/") || folder.isEmpty
    source.text = isElsewhere ? text : (folder as NSString).appendingPathComponent(text)
    if source.isEmbedded {
      source = DataSource(embedded: source.text)
      try refuseColumns(columns, of: [source])
    } else if source.target == nil {
      let nearest = Suggestion.nearest(to: text, among: names)
      throw .refused(
        at: named.location,
        reason: "data: \(named.found) is not built in"
          + (nearest.map { "; did you mean \($0)? Built" } ?? "; built")
          + " in: \(names.joined(separator: ", ")). A CSV file needs target, the name or index of "
          + "the column that holds the classes")
    }
    return (source, own.mapValues(\.location).merging(["data": named.location]) { $1 })
  }

  private func keys(
    _ pairs: [(key: PlanNode, value: PlanNode)], of item: PlanNode
  ) throws(PlanError) -> [String: PlanNode] {
    var values: [String: PlanNode] = [:]
    for (key, value) in pairs {
      let name = key.text ?? key.found
      guard Self.dataKeys.contains(name) else {
        throw .unknownKey(at: key.location, key: name, owner: nil, accepted: Self.dataKeys)
      }
      values[name] = value
    }
    guard values["file"] != nil else {
      throw .refused(
        at: item.location,
        reason: "data: a mapping needs file, as in {file: a.csv, target: y}")
    }
    return values
  }
}

import Files
import Foundation
import Yams

/// The text of a YAML file that a person wrote, and the tree of its values.
package struct DocumentText {
  /// More than any such file needs; a mistaken data file is refused without being read.
  private static let byteLimit = 1 << 20

  /// The file as errors call it.
  package let file: String

  /// The text itself.
  package let source: String

  /// The topmost value.
  package let root: DocumentNode

  /// Reads a file.
  package init(contentsOf path: String, _ kind: DocumentKind) throws(DocumentError) {
    let content: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      // One byte more than is allowed tells that there are more, also of a pipe without end.
      content = try handle.read(upToCount: Self.byteLimit + 1) ?? Data()
    } catch {
      throw DocumentError(
        "the \(kind.noun) \(path.quotedExcerpt) cannot be read: \((error as NSError).readingReason)",
        isInputOutput: true)
    }
    guard content.count <= Self.byteLimit else {
      throw DocumentError(
        "the \(kind.noun) \(path.quotedExcerpt) is too large; at most \(Self.byteLimit) bytes are "
          + "read")
    }
    guard var text = String(validating: content, as: UTF8.self) else {
      throw DocumentError("\(path): the \(kind.noun) is not UTF-8; save the file as UTF-8")
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    try self.init(text, file: path, kind)
  }

  /// Reads a text.
  package init(_ text: String, file: String, _ kind: DocumentKind) throws(DocumentError) {
    self.file = file
    source = text
    try Self.refuseReferences(text, file: file, kind)
    let node: Node?
    do {
      node = try Parser(yaml: text, encoding: .utf8).singleRoot()
    } catch {
      throw Self.failure(error, file: file, kind)
    }
    guard let node, case let root = DocumentNode(node: node, file: file), !root.isNothing else {
      throw DocumentError("\(file): the \(kind.noun) is empty; \(kind.advice)")
    }
    self.root = root
  }

  /// Refuses anchors, aliases and tags, by which a short text can stand for a huge tree.
  ///
  /// They begin with `&`, `*` or `!` where a value can begin, outside comments and quotes. A text
  /// that is refused although it only looks so can be quoted on one line.
  private static func refuseReferences(
    _ text: String, file: String, _ kind: DocumentKind
  ) throws(DocumentError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      // What stands before, with and without the white space; a line begins as after a comma.
      var (before, mark): (Unicode.Scalar, Unicode.Scalar) = (" ", ",")
      var quote: Unicode.Scalar?
      for (column, scalar) in line.unicodeScalars.enumerated() {
        if let open = quote {
          if scalar == open, open == "'" || before != "\\" { quote = nil }
          // Two backslashes are one, after which the quotation mark ends the text.
          before = before == "\\" && scalar == "\\" ? " " : scalar
          mark = scalar
          continue
        }
        // Two apostrophes are one within apostrophes.
        if scalar == "'", before == "'", mark == "'" {
          quote = scalar
          continue
        }
        let isApart = before == " " || before == "\t"
        if scalar == "#", isApart { break }
        let isAtStart = isApart && "[{,:?".unicodeScalars.contains(mark)
        if isAtStart || "[{,:-?".unicodeScalars.contains(before),
          "&*!".unicodeScalars.contains(scalar)
        {
          throw DocumentError(
            at: FileLocation(file: file, line: index + 1, column: column + 1),
            "\(kind.noun)s have no anchors, aliases or tags; write the value out")
        }
        if scalar == "\"" || scalar == "'",
          "[{,".unicodeScalars.contains(mark) || (mark == ":" && isApart)
        {
          quote = scalar
        }
        before = scalar
        // The dash of a list leaves what follows at the beginning of a value.
        if scalar != " ", scalar != "\t", scalar != "-" || mark != "," { mark = scalar }
      }
    }
  }

  private static func failure(
    _ error: any Error, file: String, _ kind: DocumentKind
  ) -> DocumentError {
    let place = { (mark: Mark) in
      FileLocation(file: file, line: mark.line, column: mark.column)
    }
    let syntax = { (location: FileLocation, problem: String) in
      DocumentError(at: location, "the \(kind.noun) is not YAML: \(problem)")
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return syntax(place(mark), problem)
    case .composer(_, _, let mark, _):
      return DocumentError(
        at: place(mark), "\(kind.noun)s have no second document; write the value out")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      return DocumentError(
        at: place(context.mark),
        "the key \(key.quotedExcerpt) is there more than once; keys must differ")
    case .reader(let problem, let offset, _, let yaml):
      let line = yaml.prefix(offset ?? 0).count { $0.isNewline } + 1
      return syntax(FileLocation(file: file, line: line), problem)
    default:
      return syntax(FileLocation(file: file, line: 1), "\(error)")
    }
  }
}

import Datasets
import Documents

/// The options that answer a question of the reader, or get round what it refuses.
struct DialectAdvice {
  /// What follows the error.
  let description: String

  /// What helps against an error; nil where no option does.
  ///
  /// In a plan, options are keys.
  init?(_ error: DatasetsError, isPlan: Bool) {
    func option(_ key: DialectKey, _ text: String) -> String {
      isPlan ? "\(key.rawValue): \(Self.quotedForYAML(text))" : "--\(key.rawValue) \(text.forShell)"
    }
    switch error {
    case .dialect(let question):
      description = "; say " + Self.answers(question, option, isPlan: isPlan)
    case .faults(let faults):
      let remedies = EncodingAdvice(faults, isPlan: isPlan).lines
      let columns = faults.columnsToIgnore
      let lines =
        remedies
        + (columns.isEmpty ? [] : ["what works without them: \(Self.ignoring(columns, isPlan))"])
      guard !lines.isEmpty else { return nil }
      description = lines.map { "\n  \($0)" }.joined()
    case .notANumber(_, let text, let column) where Double(text) == nil:
      description =
        "; or leave the column out by " + Self.ignoring(column, isPlan)
        + EncodingAdvice.remedies(word: text, column, isPlan: isPlan)
    case .emptyLabel(_, let column):
      description = "; or leave such rows out by \(EncodingAdvice.dropping(column, isPlan: isPlan))"
    case .encoding(let problem):
      guard let column = problem.column else { return nil }
      description = ", as by \(EncodingAdvice.hashing(column, isPlan: isPlan))"
    case .invalidUTF8:
      description = "; or name its encoding, as by \(option(.encoding, "windows-1252"))"
    case .emptyColumnName(_, let index):
      description = ", as by " + Self.ignoring("\(index)", isPlan)
    default: return nil
    }
  }

  private static func ignoring(_ column: String, _ isPlan: Bool) -> String {
    isPlan
      ? "ignore: \(quotedForYAML(column))" : "--ignore \(ColumnReference.item(column).forShell)"
  }

  /// The option, or the key of a plan, that leaves columns out.
  static func ignoring(_ columns: [String], _ isPlan: Bool) -> String {
    isPlan
      ? "ignore: [\(columns.map(quotedForYAML).joined(separator: ", "))]"
      : "--ignore \(columns.map(ColumnReference.item).joined(separator: ",").forShell)"
  }

  private static func answers(
    _ question: DialectQuestion, _ option: (DialectKey, String) -> String, isPlan: Bool
  ) -> String {
    switch question.subject {
    case .separator(let bytes):
      bytes.map { byte in
        option(.separator, byte == 9 ? "tab" : String(decoding: [byte], as: UTF8.self))
      }.joined(separator: " or ")
    case .mark(let mark, _):
      "\(option(.thousands, String(decoding: [mark], as: UTF8.self))) or "
        + option(.decimal, String(decoding: [mark], as: UTF8.self))
    case .mixedMarks: "\(option(.decimal, ".")) or \(option(.decimal, ","))"
    case .header: isPlan ? "header: true or header: false" : "--header or --no-header"
    case .unevenHeader:
      "\(option(.skip, "\(question.location.line)")) to leave it out, or mend it"
    case .comment(let mark, _):
      "\(option(.comment, String(decoding: mark, as: UTF8.self))) or \(option(.comment, "none"))"
    }
  }

  static func quotedForYAML(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { ("a"..."z").contains(Unicode.Scalar($0)) }
    return isPlain
      ? text : "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}

extension String {
  /// The text as a word of a shell.
  var forShell: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "_-./:,=+%@".unicodeScalars.contains(scalar)
      }
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}

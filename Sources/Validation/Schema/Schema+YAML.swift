import Datasets
import Files
import Foundation

extension Schema {
  /// The schema as YAML, which `SchemaFile` reads; `source` says in a comment what it is of.
  package func yaml(source: String) -> String {
    var lines = [
      "# What the rows of such a file must be, as far as \(Self.comment(source)) shows.",
      "# Made by `runner validate`; edit it as you know better.",
    ]
    for key in DialectKey.allCases {
      guard let text = dialect.text(key) else { continue }
      lines.append("\(key.rawValue): \(Self.scalar(text))")
    }
    if let hasHeader { lines.append("header: \(hasHeader)") }
    lines += [
      "missing_values: [\(missingTexts.map { Self.scalar($0) }.joined(separator: ", "))]",
      "other_columns: \(allowsOtherColumns)",
      "copies: \(Self.number(copies))  # share of rows that may be copies of one before",
      "columns:",
    ]
    for column in columns {
      lines.append("  \(Self.scalar(column.name)):")
      if let remark = column.remark { lines.append("    # \(remark)") }
      lines.append("    type: \(column.kind.rawValue)")
      let end = { (value: Double) in
        column.kind == .date
          ? ISODate.text(days: value, hasTime: value.rounded() != value) : Self.number(value)
      }
      if let minimum = column.minimum { lines.append("    minimum: \(end(minimum))") }
      if let maximum = column.maximum { lines.append("    maximum: \(end(maximum))") }
      if let length = column.length {
        lines.append("    length: [\(length.lowerBound), \(length.upperBound)]")
      }
      if let pattern = column.pattern { lines.append("    pattern: \(Self.quoted(pattern.text))") }
      if let values = column.values, !values.isEmpty {
        lines.append("    values: [\(values.map { Self.scalar($0) }.joined(separator: ", "))]")
      }
      lines.append("    missing: \(Self.number(column.missing))")
      lines.append("    unique: \(column.isUnique)")
      if let tolerance = column.tolerance {
        lines.append("    tolerate: \(Self.number(tolerance))")
      }
    }
    if let target { lines.append("target: \(Self.scalar(target))") }
    if !classShares.isEmpty {
      lines.append("classes:  # least and largest share of the rows")
      for share in classShares {
        lines.append(
          "  \(Self.scalar(share.label)): [\(Self.number(share.minimum)), \(Self.number(share.maximum))]"
        )
      }
    }
    if !rules.isEmpty {
      lines.append("rules:")
      lines += rules.map { "  - \(Self.scalar($0.text))" }
    }
    if tolerance != nil || alpha != nil { lines.append("drift:") }
    if let tolerance { lines.append("  tolerate: \(Self.number(tolerance))") }
    if let alpha { lines.append("  alpha: \(alpha)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text as YAML reads it back: as it is where nothing in it means something else.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.first.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } == true
      && text.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || "_-.<>= ".unicodeScalars.contains(scalar)
      }
      && text.unicodeScalars.last != " "
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  /// The text as JSON, which is YAML where control characters beyond ASCII's first are escaped too.
  private static func quoted(_ text: String) -> String {
    text.jsonLiteral.unicodeScalars.map { scalar in
      (0x7F...0x9F).contains(scalar.value)
        ? String(format: "\\u%04x", scalar.value) : String(scalar)
    }.joined()
  }

  private static func number(_ value: Double) -> String {
    value.rounded() == value && abs(value) < 0x1p53 ? "\(Int(value))" : "\(value)"
  }

  private static func comment(_ text: String) -> String {
    text.split { $0.isNewline }.joined(separator: " ")
  }
}

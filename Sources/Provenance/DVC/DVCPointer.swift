import Files
import Foundation

/// A `.dvc` file with one output, as DVC 3 writes it for `dvc add FILE`.
///
///     outs:
///     - md5: e4cafd1d244e343facab0ec98095a844
///       size: 12
///       hash: md5
///       path: data.csv
///
/// DVC breaks long paths at spaces; here a path stays on its line, which DVC reads as the same.
package struct DVCPointer: Sendable, Equatable {
  /// The MD5 of the content, as 32 hexadecimal digits.
  package let md5: String

  /// Number of bytes.
  package let byteCount: Int

  /// The name of the file, which lies beside the pointer.
  package let name: String

  /// Points to a content.
  package init(to bytes: [UInt8], name: String) {
    md5 = Digest.hash(bytes, by: .md5).hexadecimal
    byteCount = bytes.count
    self.name = name
  }

  /// The text of the file.
  package var text: String {
    "outs:\n- md5: \(md5)\n  size: \(byteCount)\n  hash: md5\n  path: \(Self.scalar(name))\n"
  }

  /// Whether a text is a pointer that says no more than these five lines.
  package static func isPlain(_ text: String) -> Bool {
    let starts = ["outs:", "- md5: ", "  size: ", "  hash: md5", "  path: "]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.count == starts.count + 1 && lines[starts.count].isEmpty
      && zip(lines, starts).allSatisfy { $0.hasPrefix($1) }
      && lines[1].utf8.count == starts[1].utf8.count + 32
  }

  /// A text as a YAML 1.2 scalar: plain where it can be, else in single quotation marks, or in
  /// double ones where it has such marks or control characters itself.
  static func scalar(_ text: String) -> String {
    let isPrintable = text.unicodeScalars.allSatisfy { !isControl($0) && !isSeparator($0) }
    if isPrintable, isPlainScalar(text) { return text }
    return isPrintable && !text.utf8.contains(UInt8(ascii: "'"))
      ? "'\(text)'" : "\"" + text.unicodeScalars.map(Self.escaped).joined() + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\t": "\\t"
    case "\n": "\\n"
    case "\r": "\\r"
    default:
      isControl(scalar)
        ? String(format: "\\x%02X", scalar.value)
        : isSeparator(scalar) ? String(format: "\\u%04X", scalar.value) : String(scalar)
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFEFF || (0x2028...0x2029).contains(scalar.value)
  }

  /// Whether a printable text means itself without quotation marks.
  private static func isPlainScalar(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      first != " ", last != " ", !",[]{}#&*!|>'\"%@`".unicodeScalars.contains(first)
    else { return false }
    let scalars = Array(text.unicodeScalars)
    // Before a space or the end these begin a list, a key or a value.
    if "-?:".unicodeScalars.contains(first), scalars.count == 1 || scalars[1] == " " {
      return false
    }
    for (index, scalar) in scalars.enumerated() {
      if scalar == ":", index + 1 == scalars.count || scalars[index + 1] == " " { return false }
      if scalar == "#", index > 0, scalars[index - 1] == " " { return false }
    }
    return !text.hasPrefix("---") && !text.hasPrefix("...") && !isOtherType(text)
  }

  /// Whether a plain scalar would be taken for a number, a time, a truth value or nothing.
  private static func isOtherType(_ text: String) -> Bool {
    let words = ["", "~", "null", "true", "false", "=", "<<"]
    if words.contains(text.lowercased()) { return true }
    let body = text.drop { $0 == "-" || $0 == "+" }
    if [".inf", ".nan"].contains(body.lowercased()) { return true }
    let digits = body.filter { $0 != "_" }
    let isNumber =
      Double(digits) != nil
      && digits.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
    let isBased =
      (digits.hasPrefix("0x") || digits.hasPrefix("0o") || digits.hasPrefix("0b"))
      && digits.dropFirst(2).allSatisfy(\.isHexDigit)
    let isDate = body.wholeMatch(of: /\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?/) != nil
    return isNumber || isBased || isDate || body == "." && text == "."
  }
}

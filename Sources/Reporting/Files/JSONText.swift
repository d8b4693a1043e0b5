import Foundation

/// JSON as the program writes it: indented, keys sorted, so that equal results are equal bytes.
public enum JSONText {
  /// The text of a value, with a final line break.
  ///
  /// Keys are in snake case, unless `keepsKeys`. Numbers that JSON cannot hold are written as the strings
  /// `inf`, `-inf` and `nan`.
  public static func of(_ value: some Encodable, keepsKeys: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    if !keepsKeys { encoder.keyEncodingStrategy = .convertToSnakeCase }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("A record of numbers, texts and lists is always JSON")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

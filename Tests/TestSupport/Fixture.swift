import Foundation

/// Decodes `Tests/Fixtures/<name>.json`, reference data made by the script beside it.
public func fixture<Content: Decodable>(
  _ name: String, as type: Content.Type = Content.self
) throws -> Content {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let file = folder.appending(path: "Fixtures/\(name).json")
  return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}

/// A double written in JSON as the 16 hexadecimal digits of its bit pattern.
public struct HexDouble: Decodable, Sendable {
  /// The number.
  public let value: Double

  /// Reads the digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = try container.decode(String.self)
    guard digits.count == 16, let bits = UInt64(digits, radix: 16) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(digits) is not 16 hexadecimal digits")
    }
    value = Double(bitPattern: bits)
  }
}

import Files

/// A SHA-256 value.
package struct ContentHash: Sendable, Hashable, Encodable {
  /// The 32 bytes, eight to a word, the first byte highest.
  private let words: SIMD4<UInt64>

  /// Number of bytes of a hash.
  package static let byteCount = 32

  /// The hash before the first one of a chain: zeros.
  package static let zero = ContentHash(words: SIMD4(repeating: 0))

  private init(words: SIMD4<UInt64>) { self.words = words }

  /// The hash of some bytes.
  package init(of bytes: [UInt8]) {
    self.init(bytes: Digest.hash(bytes))
  }

  /// The hash that 32 bytes are.
  ///
  /// - Precondition: There are 32 of them.
  package init(bytes: some Sequence<UInt8>) {
    var words = SIMD4<UInt64>(repeating: 0)
    var count = 0
    for byte in bytes {
      words[count >> 3] = words[count >> 3] << 8 | UInt64(byte)
      count += 1
    }
    precondition(count == Self.byteCount, "\(count) bytes are no SHA-256 value")
    self.init(words: words)
  }

  /// The hash that 64 lowercase hexadecimal digits are; nil for any other text.
  package init?(hexadecimal text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 2 * Self.byteCount else { return nil }
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { index in
      UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
    }
    guard bytes.count == Self.byteCount, bytes.hexadecimal == text else { return nil }
    self.init(bytes: bytes)
  }

  /// Appends the 32 bytes to others.
  package func append(to bytes: inout [UInt8]) {
    for lane in 0..<4 {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: words[lane] >> UInt64(shift)))
      }
    }
  }

  /// The hash as 64 lowercase hexadecimal digits.
  package var hexadecimal: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes.hexadecimal
  }

  /// Writes the digits.
  package func encode(to encoder: any Encoder) throws { try hexadecimal.encode(to: encoder) }

  /// The first twelve digits, enough to tell versions apart in tables.
  package var short: String { String(hexadecimal.prefix(12)) }
}

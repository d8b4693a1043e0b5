/// What the bytes of a text stand for.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "utf-8"
  /// UTF-16 that begins with a byte order mark, or is little-endian.
  case utf16 = "utf-16"
  /// UTF-16, the least significant byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, the most significant byte first.
  case utf16BigEndian = "utf-16be"
  /// ISO 8859-1, in which every byte is a character.
  case latin1 = "latin-1"
  /// Microsoft's code page 1252.
  case windows1252 = "windows-1252"

  /// The encoding that the first bytes of a file show: UTF-16 by its mark, or by zeros in every other
  /// byte; nil where UTF-8 or another one of single bytes is as likely.
  init?(of bytes: ArraySlice<UInt8>) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16
      return
    }
    // Of most scripts' texts, digits and separators are ASCII, of which one byte in two is zero.
    let sample = bytes.prefix(1024)
    guard sample.count >= 8 else { return nil }
    var zeros = [0, 0]
    for (place, byte) in sample.enumerated() where byte == 0 { zeros[place & 1] += 1 }
    let half = sample.count / 2
    if zeros[0] == 0, zeros[1] * 10 >= half * 6 {
      self = .utf16LittleEndian
    } else if zeros[1] == 0, zeros[0] * 10 >= half * 6 {
      self = .utf16BigEndian
    } else {
      return nil
    }
  }

  /// The bytes as UTF-8, or the offset of those that stand for nothing.
  ///
  /// - Complexity: O(bytes) time; at most three times the bytes in memory.
  func decoded(_ bytes: consuming [UInt8]) throws(UndecodableBytes) -> [UInt8] {
    switch self {
    case .utf8: return bytes
    case .latin1, .windows1252:
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        if byte < 0x80 {
          text.append(byte)
        } else {
          let isMapped = self == .windows1252 && byte < 0xA0
          Self.append(
            isMapped ? UInt32(Self.windowsScalars[Int(byte) - 0x80]) : UInt32(byte), to: &text)
        }
      }
      return text
    case .utf16, .utf16LittleEndian, .utf16BigEndian: return try decodedPairs(bytes)
    }
  }

  private func decodedPairs(_ bytes: [UInt8]) throws(UndecodableBytes) -> [UInt8] {
    let marks: [[UInt8]: Bool] = [[0xFF, 0xFE]: false, [0xFE, 0xFF]: true]
    let mark = marks[Array(bytes.prefix(2))]
    let isBigEndian = self == .utf16 ? mark ?? false : self == .utf16BigEndian
    guard bytes.count % 2 == 0 else { throw UndecodableBytes(offset: bytes.count - 1) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2 + bytes.count / 16)
    var position = mark == nil ? 0 : 2
    while position < bytes.count {
      let unit = Self.unit(bytes, position, isBigEndian)
      var scalar = UInt32(unit)
      position += 2
      if unit & 0xF800 == 0xD800 {
        guard unit < 0xDC00, position < bytes.count,
          case let low = Self.unit(bytes, position, isBigEndian), low & 0xFC00 == 0xDC00
        else { throw UndecodableBytes(offset: position - 2) }
        scalar = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF))
        position += 2
      }
      Self.append(scalar, to: &text)
    }
    return text
  }

  private static func unit(_ bytes: [UInt8], _ place: Int, _ isBigEndian: Bool) -> UInt16 {
    let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  /// Adds a scalar, which is no surrogate, in UTF-8.
  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    func low(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
    switch scalar {
    case ..<0x80: text.append(UInt8(scalar))
    case ..<0x800: text += [0xC0 | UInt8(scalar >> 6), low(0)]
    case ..<0x10000: text += [0xE0 | UInt8(scalar >> 12), low(6), low(0)]
    default: text += [0xF0 | UInt8(scalar >> 18), low(12), low(6), low(0)]
    }
  }

  /// What 0x80 to 0x9F stand for in code page 1252; five of them for the control characters of
  /// ISO 8859-1, as in browsers.
  private static let windowsScalars: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}

/// Bytes that stand for no character in an encoding.
struct UndecodableBytes: Error {
  let offset: Int
}

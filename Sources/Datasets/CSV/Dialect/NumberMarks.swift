/// The marks in the numbers of a CSV file: `1234.5` is written `1.234,5` where they are `,` and `.`.
public struct NumberMarks: Sendable, Hashable {
  /// What stands before the fraction: `.` or `,`.
  public var decimal = UInt8(ascii: ".")

  /// What parts thousands, such as `,`, `.`, `'` or a blank, which also stands for those that do not
  /// break; nil where nothing does.
  public var thousands: UInt8?

  /// A point, and nothing between thousands.
  public static let plain = NumberMarks()

  /// Marks; those left out are those of plain numbers.
  public init(decimal: UInt8 = UInt8(ascii: "."), thousands: UInt8? = nil) {
    (self.decimal, self.thousands) = (decimal, thousands)
  }

  /// Reads a field, which may begin and end with spaces and tabs.
  ///
  /// Marks between thousands part groups of three digits, or the field is text.
  /// - Complexity: O(bytes); a copy is made unless the marks are plain.
  func number(_ bytes: Span<UInt8>) -> PlainDecimal {
    if self == .plain { return PlainDecimal(bytes) }
    guard let plain = rewritten(bytes) else { return .text }
    return PlainDecimal(plain.span)
  }

  /// The field as a plain decimal is written; nil where a mark stands in a wrong place.
  private func rewritten(_ bytes: Span<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var position = 0
    // Of the digits before the fraction: those since the last mark, and whether there was one.
    var (digitCount, isGrouped, isWhole) = (0, false, true)
    while position < bytes.count {
      let byte = bytes[position]
      if byte &- UInt8(ascii: "0") <= 9 {
        if isWhole { digitCount += 1 }
      } else if isWhole, digitCount > 0, let width = markWidth(bytes, at: position) {
        guard isGrouped ? digitCount == 3 : digitCount <= 3 else { return nil }
        (digitCount, isGrouped) = (0, true)
        position += width
        continue
      } else if byte == decimal, isWhole {
        guard !isGrouped || digitCount == 3 else { return nil }
        isWhole = false
        plain.append(UInt8(ascii: "."))
        position += 1
        continue
      } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
        return nil
      } else if digitCount > 0, isWhole {
        guard !isGrouped || digitCount == 3 else { return nil }
        isWhole = false
      }
      plain.append(byte)
      position += 1
    }
    guard !isWhole || !isGrouped || digitCount == 3 else { return nil }
    return plain
  }

  /// How many bytes a mark between thousands takes, if one is at a place, and a digit follows.
  private func markWidth(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    guard let thousands else { return nil }
    let width: Int
    if bytes[place] == thousands {
      width = 1
    } else if thousands == UInt8(ascii: " "), let blank = NoBreakBlank.width(bytes, at: place) {
      width = blank
    } else {
      return nil
    }
    guard place + width < bytes.count, bytes[place + width] &- UInt8(ascii: "0") <= 9 else {
      return nil
    }
    return width
  }
}

/// Blanks at which no line is broken, U+00A0 and U+202F, in UTF-8.
enum NoBreakBlank {
  /// How many bytes one takes that is at a place.
  static func width(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    if bytes[place] == 0xC2, place + 1 < bytes.count, bytes[place + 1] == 0xA0 { return 2 }
    if bytes[place] == 0xE2, place + 2 < bytes.count, bytes[place + 1] == 0x80,
      bytes[place + 2] == 0xAF
    {
      return 3
    }
    return nil
  }
}

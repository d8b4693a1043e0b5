/// A number of a CSV file as most are written, `[-]digits[.digits]`, with one rounding; the point may
/// be another mark.
///
/// Source: Clinger, as of `PlainDecimal`, which reads all others.
struct CSVNumber {
  let value: Double

  /// Reads the number that begins at `position` and ends at a separator, a line break or `end`, and
  /// moves there; otherwise it is nil, and the position stays.
  @inline(__always)
  init?(
    _ span: Span<UInt8>, from position: inout Int, to end: Int, separator: UInt8, decimal: UInt8
  ) {
    var place = position
    guard place < end else { return nil }
    let isNegative = span[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var significand: UInt64 = 0
    let first = place
    while place < end {
      let digit = span[place] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      significand = significand &* 10 &+ UInt64(digit)
      place &+= 1
    }
    var digitCount = place &- first
    var fractionCount = 0
    if place < end, span[place] == decimal {
      place &+= 1
      let start = place
      while place < end {
        let digit = span[place] &- UInt8(ascii: "0")
        guard digit <= 9 else { break }
        significand = significand &* 10 &+ UInt64(digit)
        place &+= 1
      }
      fractionCount = place &- start
      digitCount &+= fractionCount
    }
    // Nineteen digits cannot have overflowed, and up to 2⁵³ and 10²² both numbers are exact.
    guard digitCount > 0, digitCount <= 19, significand <= 1 << 53 else { return nil }
    if place < end {
      let mark = span[place]
      guard mark == separator || mark == UInt8(ascii: "\n") || mark == UInt8(ascii: "\r") else {
        return nil
      }
    }
    var magnitude = Double(significand)
    if fractionCount > 0 { magnitude /= Self.powersOfTen[fractionCount] }
    value = isNegative ? -magnitude : magnitude
    position = place
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19,
  ]
}

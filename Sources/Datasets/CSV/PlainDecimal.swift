/// A number in plain decimal notation: `[+-]digits[.digits][e[+-]digits]`, also `.5` and `5.`.
enum PlainDecimal: Equatable {
  /// A finite number, correctly rounded to nearest, ties to even; tiny ones become zero.
  case finite(Double)

  /// `nan`, `inf` or `infinity` in any case, with a sign or without.
  case nonFinite(Double)

  /// A decimal number too large for a double.
  case outOfRange

  /// Nothing but spaces and tabs.
  case empty

  /// Anything else.
  case text

  /// Reads `bytes`, which may begin and end with spaces and tabs.
  ///
  /// Up to 19 digits with a power of ten up to 22 are converted by one exact division or product
  /// of two exactly represented numbers, hence correctly rounded; all else by `Double.init`.
  ///
  /// Source: Clinger, "How to read floating point numbers accurately", PLDI 1990, section 4.
  init(_ bytes: Span<UInt8>) {
    var (start, end) = (0, bytes.count)
    while start < end, Self.isBlank(bytes[start]) { start += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    guard start < end else {
      self = .empty
      return
    }
    guard let parts = DecimalParts(bytes.extracting(start..<end)) else {
      self = Self.nonFinite(bytes.extracting(start..<end)).map(Self.nonFinite) ?? .text
      return
    }
    if let value = parts.exactlyConverted {
      self = .finite(value)
      return
    }
    // Double.init reads every plain decimal, so nil cannot occur.
    let value = Double(Self.string(bytes.extracting(start..<end))) ?? .nan
    self = value.isFinite ? .finite(value) : .outOfRange
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func nonFinite(_ bytes: Span<UInt8>) -> Double? {
    guard bytes.count <= "-infinity".utf8.count else { return nil }
    var word = string(bytes).lowercased()[...]
    let isNegative = word.hasPrefix("-")
    if isNegative || word.hasPrefix("+") { word.removeFirst() }
    switch word {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: return nil
    }
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}

/// The value (-1)^s · significand · 10^exponent of a plain decimal, as far as 19 digits hold it.
private struct DecimalParts {
  private var isNegative = false
  private var significand: UInt64 = 0
  private var exponent = 0
  private var significantDigitCount = 0

  /// Takes the decimal apart, or returns nil if it is not one.
  init?(_ bytes: Span<UInt8>) {
    var position = 0
    if bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      isNegative = bytes[0] == UInt8(ascii: "-")
      position = 1
    }
    let wholeCount = readDigits(bytes, from: &position)
    var fractionCount = 0
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      fractionCount = readDigits(bytes, from: &position)
      exponent = -fractionCount
    }
    guard wholeCount + fractionCount > 0 else { return nil }
    guard position < bytes.count else { return }
    guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
    position += 1
    guard readExponent(bytes, from: &position), position == bytes.count else { return nil }
  }

  /// The value if one rounding suffices, else nil.
  var exactlyConverted: Double? {
    guard significantDigitCount <= 19, significand <= 1 << 53, abs(exponent) <= 22 else {
      return nil
    }
    let power = Self.powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(significand) / power : Double(significand) * power
    return isNegative ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Appends digits to the significand while it can hold them; returns how many there were.
  private mutating func readDigits(_ bytes: Span<UInt8>, from position: inout Int) -> Int {
    let start = position
    while position < bytes.count, let digit = Self.digit(bytes[position]) {
      if significand > 0 || digit > 0 { significantDigitCount += 1 }
      if significantDigitCount <= 19 { significand = significand * 10 + UInt64(digit) }
      position += 1
    }
    return position - start
  }

  private mutating func readExponent(_ bytes: Span<UInt8>, from position: inout Int) -> Bool {
    var sign = 1
    if position < bytes.count,
      bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    {
      sign = bytes[position] == UInt8(ascii: "-") ? -1 : 1
      position += 1
    }
    let start = position
    var magnitude = 0
    while position < bytes.count, let digit = Self.digit(bytes[position]) {
      // Far beyond the exact range already; only overflow must be avoided.
      magnitude = min(magnitude * 10 + Int(digit), 1_000_000)
      position += 1
    }
    exponent += sign * magnitude
    return position > start
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    let digit = byte &- UInt8(ascii: "0")
    return digit <= 9 ? digit : nil
  }
}

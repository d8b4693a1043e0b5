/// How a field that may be a number is written, as far as its marks tell.
enum NumberShape: Hashable {
  /// Digits without any mark.
  case whole
  /// One point that can only stand before a fraction, as `0.66` or `1234.5`.
  case point
  /// One comma that can only stand before a fraction.
  case comma
  /// One point and three digits, as `1.234`, which may part thousands.
  case openPoint
  /// One comma and three digits.
  case openComma
  /// Marks that can only part thousands, perhaps before a fraction behind another mark.
  case grouped(by: UInt8, decimal: UInt8?)

  /// Takes a field apart; nil where it is no number in any way.
  init?(_ field: ArraySlice<UInt8>) {
    var digits = field
    while digits.first == UInt8(ascii: " ") || digits.first == UInt8(ascii: "\t") {
      digits.removeFirst()
    }
    while digits.last == UInt8(ascii: " ") || digits.last == UInt8(ascii: "\t") {
      digits.removeLast()
    }
    if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") {
      digits.removeFirst()
    }
    // What stands between marks: the number of digits in each group, and the marks.
    var groups = [0]
    var marks: [UInt8] = []
    var position = digits.startIndex
    var isFirstZero = false
    scan: while position < digits.endIndex {
      let byte = digits[position]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if groups == [0] { isFirstZero = byte == UInt8(ascii: "0") }
        groups[groups.count - 1] += 1
        position += 1
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: " "),
        UInt8(ascii: "_"):
        marks.append(byte)
        groups.append(0)
        position += 1
      case 0xC2, 0xE2:
        guard let width = NoBreakBlank.width(digits.span, at: position - digits.startIndex) else {
          return nil
        }
        marks.append(UInt8(ascii: " "))
        groups.append(0)
        position += width
      default: break scan
      }
    }
    let hasExponent = position < digits.endIndex
    if hasExponent {
      let power = Array("1".utf8) + digits[position...]
      guard digits[position] | 0x20 == UInt8(ascii: "e"), case .finite = PlainDecimal(power.span)
      else { return nil }
    }
    guard groups.contains(where: { $0 > 0 }), marks.count <= 16 else { return nil }
    guard let last = marks.last else {
      self = .whole
      return
    }
    func isDecimal(_ mark: UInt8) -> Bool { mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") }
    if marks.count == 1, isDecimal(last) {
      // Leading zeros and other lengths than groups have are never those of thousands.
      let isOpen =
        groups[1] == 3 && (1...3).contains(groups[0]) && !isFirstZero && !hasExponent
      let isPoint = last == UInt8(ascii: ".")
      self = isOpen ? (isPoint ? .openPoint : .openComma) : isPoint ? .point : .comma
      return
    }
    let mark = marks[0]
    let hasFraction = last != mark
    let whole = hasFraction ? groups.dropLast() : groups[...]
    let inner = hasFraction ? marks.dropLast() : marks[...]
    guard !inner.isEmpty, inner.allSatisfy({ $0 == mark }), !hasFraction || isDecimal(last),
      (1...3).contains(whole[0]), whole.dropFirst().allSatisfy({ $0 == 3 }), !hasExponent
    else { return nil }
    self = .grouped(by: mark, decimal: hasFraction ? last : nil)
  }
}

/// How an array keeps its elements.
struct ElementType: Equatable {
  /// What an element is.
  enum Kind { case boolean, signed, unsigned, floating, bytes, unicode }

  let kind: Kind

  /// The bytes of one element, at least 1.
  let byteCount: Int

  let isBigEndian: Bool

  /// Whether elements are numbers.
  var isNumeric: Bool { kind != .bytes && kind != .unicode }

  /// The number that begins at a byte, rounded to nearest where a double cannot hold it.
  ///
  /// - Precondition: Elements are numbers, and this one lies inside the bytes.
  @inline(__always)
  func value(_ bytes: RawSpan, at offset: Int) -> Double {
    switch (kind, byteCount) {
    case (.floating, 8): Double(bitPattern: bits(bytes, offset))
    case (.floating, 4): Double(Float(bitPattern: bits(bytes, offset)))
    case (.floating, _): Double(Float16(bitPattern: bits(bytes, offset)))
    case (.signed, 1): Double(Int8(bitPattern: bits(bytes, offset)))
    case (.signed, 2): Double(Int16(bitPattern: bits(bytes, offset)))
    case (.signed, 4): Double(Int32(bitPattern: bits(bytes, offset)))
    case (.signed, _): Double(Int64(bitPattern: bits(bytes, offset)))
    case (_, 1): Double(bits(bytes, offset) as UInt8)
    case (_, 2): Double(bits(bytes, offset) as UInt16)
    case (_, 4): Double(bits(bytes, offset) as UInt32)
    case (_, _): Double(bits(bytes, offset) as UInt64)
    }
  }

  /// The integer that begins at a byte; nil for a number that is none, or too large.
  ///
  /// - Precondition: Elements are numbers, and this one lies inside the bytes.
  func integer(_ bytes: RawSpan, at offset: Int) -> Int? {
    switch (kind, byteCount) {
    // Beyond, neighbouring integers would become one label.
    case (.floating, _):
      Int(exactly: value(bytes, at: offset)).flatMap { $0.magnitude <= 1 << 53 ? $0 : nil }
    case (.signed, 8): Int(Int64(bitPattern: bits(bytes, offset)))
    case (_, 8): Int(exactly: bits(bytes, offset) as UInt64)
    default: Int(value(bytes, at: offset))
    }
  }

  /// The text that begins at a byte, in UTF-8 and without the zeros that fill it up; nil where it is
  /// no Unicode text.
  func text(_ bytes: RawSpan, at offset: Int) -> [UInt8]? {
    var text: [UInt8] = []
    if kind == .bytes {
      text = (offset..<offset + byteCount).map { bits(bytes, $0) as UInt8 }
      while text.last == 0 { text.removeLast() }
      return String(validating: text, as: UTF8.self) == nil ? nil : text
    }
    var scalars = (0..<byteCount / 4).map { bits(bytes, offset + 4 * $0) as UInt32 }
    while scalars.last == 0 { scalars.removeLast() }
    for value in scalars {
      guard let scalar = Unicode.Scalar(value) else { return nil }
      text += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return text
  }

  @inline(__always)
  private func bits<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ bytes: RawSpan, _ offset: Int
  ) -> Bits {
    // Safe: the span checks its bounds, and every pattern of bits is an integer.
    let bits = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Bits.self)
    return isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)
  }
}

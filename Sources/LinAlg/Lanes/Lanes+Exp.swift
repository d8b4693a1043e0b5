extension Lanes {
  /// Replaces every x by eˣ.
  ///
  /// Error below 1.1 ulp wherever the result is normal, and below 1.1 units of the last place of a
  /// subnormal result; e^−∞ = 0, e^∞ = ∞, NaN stays NaN, overflow gives ∞ and underflow 0.
  public static func exp(_ values: inout [Double]) {
    let whole = values.count & ~(Quad.scalarCount - 1)
    // Safe: whole vectors lie inside the array; the remainder goes through a copy.
    unsafe values.withUnsafeMutableBytes { bytes in
      unsafe expOfQuads(bytes, count: whole / Quad.scalarCount)
    }
    for index in whole..<values.count { values[index] = exp(values[index]) }
  }

  /// Replaces every x of a range by eˣ; the bits `exp(_:)` of an array would give it.
  ///
  /// - Precondition: The range lies inside the span.
  public static func exp(_ values: inout MutableSpan<Quad>, _ range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count,
      "Vectors \(range) of \(values.count)")
    // Safe: the bytes are those of the range.
    unsafe values.withUnsafeMutableBytes { bytes in
      let size = MemoryLayout<Quad>.stride
      let part = unsafe UnsafeMutableRawBufferPointer(
        rebasing: bytes[range.lowerBound * size..<range.upperBound * size])
      unsafe expOfQuads(part, count: range.count)
    }
  }

  /// Four vectors at a time, whose dependency chains overlap.
  private static func expOfQuads(_ bytes: UnsafeMutableRawBufferPointer, count: Int) {
    // Safe: the caller has `count` vectors at `bytes`.
    let size = MemoryLayout<Quad>.stride
    var index = 0
    while index &+ 4 <= count {
      let offset = index &* size
      let x0 = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Quad.self)
      let x1 = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ size, as: Quad.self)
      let x2 = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 2 &* size, as: Quad.self)
      let x3 = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 3 &* size, as: Quad.self)
      let y0: Quad
      let y1: Quad
      let y2: Quad
      let y3: Quad
      if hasNormalExp(x0, x1, x2, x3) {
        (y0, y1, y2, y3) = (normalExp(x0), normalExp(x1), normalExp(x2), normalExp(x3))
      } else {
        (y0, y1, y2, y3) = (exp(x0), exp(x1), exp(x2), exp(x3))
      }
      unsafe bytes.storeBytes(of: y0, toByteOffset: offset, as: Quad.self)
      unsafe bytes.storeBytes(of: y1, toByteOffset: offset &+ size, as: Quad.self)
      unsafe bytes.storeBytes(of: y2, toByteOffset: offset &+ 2 &* size, as: Quad.self)
      unsafe bytes.storeBytes(of: y3, toByteOffset: offset &+ 3 &* size, as: Quad.self)
      index &+= 4
    }
    while index < count {
      let x = unsafe bytes.loadUnaligned(fromByteOffset: index &* size, as: Quad.self)
      unsafe bytes.storeBytes(of: exp(x), toByteOffset: index &* size, as: Quad.self)
      index &+= 1
    }
  }

  /// Whether |x| ≤ 708 in all lanes, so that every eˣ is a normal number.
  @inline(__always)
  private static func hasNormalExp(_ x0: Quad, _ x1: Quad, _ x2: Quad, _ x3: Quad) -> Bool {
    let limit = Quad(repeating: 708)
    let inside =
      (magnitude(x0) .<= limit) .& (magnitude(x1) .<= limit) .& (magnitude(x2) .<= limit)
      .& (magnitude(x3) .<= limit)
    return all(inside)
  }

  /// eˣ of one number; the bits `exp(_:)` of an array would give it.
  public static func exp(_ x: Double) -> Double {
    exp(Quad(repeating: x))[0]
  }

  @inline(__always)
  static func exp(_ x: Quad) -> Quad {
    // Beyond these the result is 0 or ∞ anyway; NaN passes through both comparisons.
    var t = x.replacing(with: -746, where: x .< -746)
    t.replace(with: 710, where: t .> 710)
    let (y, exponent) = significandAndExponentOfExp(t)
    // 2ⁿ in two factors, since n alone may lie outside the range of exponents.
    let half = exponent &>> 1
    return y * powerOfTwo(half) * powerOfTwo(exponent &- half)
  }

  /// eˣ lane by lane, where all are normal numbers: the bits of `exp(_:)`, for less.
  @inline(__always)
  private static func normalExp(_ x: Quad) -> Quad {
    let (y, exponent) = significandAndExponentOfExp(x)
    // Safe: both types are four 64-bit lanes. Adding n to the exponent field multiplies by 2ⁿ.
    let bits = unsafe unsafeBitCast(y, to: SIMD4<Int64>.self) &+ (exponent &<< 52)
    return unsafe unsafeBitCast(bits, to: Quad.self)
  }

  /// The y and n of eˣ = y·2ⁿ, √½ ≤ y ≤ √2, lane by lane, for |x| ≤ 746.
  ///
  ///     n = round(x / ln 2),   r = x − n·ln 2,   y = 1 + r + r²·q(r),   |r| ≤ ln 2 / 2
  ///
  /// q is the Taylor polynomial through r¹³/13!, whose remainder is below 2⁻⁵⁷. ln 2 is the sum of
  /// two doubles; by fused multiply-add the first subtraction is exact.
  @inline(__always)
  private static func significandAndExponentOfExp(_ x: Quad) -> (y: Quad, n: SIMD4<Int64>) {
    // Adding 1.5·2⁵² rounds to an integer and leaves it in the low bits of the significand.
    let shifter = Quad(repeating: 0x1.8p52)
    let shifted = shifter.addingProduct(x, Quad(repeating: 0x1.7154_7652_b82f_ep0))
    let n = shifted - shifter
    var r = x.addingProduct(n, Quad(repeating: -0x1.62e4_2fef_a39e_fp-1))
    r = r.addingProduct(n, Quad(repeating: -0x1.abc9_e3b3_9803_fp-56))

    var q = Quad(repeating: 1.0 / 6_227_020_800)
    q = Quad(repeating: 1.0 / 479_001_600).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 39_916_800).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 3_628_800).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 362_880).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 40_320).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 5_040).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 720).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 120).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 24).addingProduct(q, r)
    q = Quad(repeating: 1.0 / 6).addingProduct(q, r)
    q = Quad(repeating: 0.5).addingProduct(q, r)
    let y = 1 + r.addingProduct(r * r, q)
    let bits = unsafe unsafeBitCast(shifted, to: SIMD4<Int64>.self)
    return (y, bits &- SIMD4(repeating: 0x4338_0000_0000_0000))
  }

  @inline(__always)
  static func magnitude(_ x: Quad) -> Quad {
    // Safe: both types are four 64-bit lanes; the mask clears the signs.
    let bits = unsafe unsafeBitCast(x, to: SIMD4<UInt64>.self)
    return unsafe unsafeBitCast(bits & SIMD4(repeating: 0x7FFF_FFFF_FFFF_FFFF), to: Quad.self)
  }

  /// 2ᵏ for −1022 ≤ k ≤ 1023, lane by lane.
  @inline(__always)
  static func powerOfTwo(_ k: SIMD4<Int64>) -> Quad {
    // Safe: both types are four 64-bit lanes.
    unsafe unsafeBitCast((k &+ SIMD4(repeating: 1023)) &<< 52, to: Quad.self)
  }
}

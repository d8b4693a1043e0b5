extension Lanes {
  /// Replaces every x by eˣ.
  ///
  /// Error below 1.1 ulp wherever the result is normal, and below 1.1 units of the last place of a
  /// subnormal result; e^−∞ = 0, e^∞ = ∞, NaN stays NaN, overflow gives ∞ and underflow 0.
  public static func exp(_ values: inout [Double]) {
    map(&values) { exp($0) }
  }

  /// eˣ of one number; the bits `exp(_:)` of an array would give it.
  public static func exp(_ x: Double) -> Double {
    exp(Quad(repeating: x))[0]
  }

  /// eˣ lane by lane.
  ///
  ///     n = round(x / ln 2),   r = x − n·ln 2,   eˣ = 2ⁿ·(1 + r + r²·q(r)),   |r| ≤ ln 2 / 2
  ///
  /// q is the Taylor polynomial through r¹³/13!, whose remainder is below 2⁻⁵⁷. ln 2 is the sum of
  /// two doubles; by fused multiply-add the first subtraction is exact.
  @inline(__always)
  static func exp(_ x: Quad) -> Quad {
    // Beyond these the result is 0 or ∞ anyway; NaN passes through both comparisons.
    var t = x.replacing(with: -746, where: x .< -746)
    t.replace(with: 710, where: t .> 710)
    // Adding 1.5·2⁵² rounds to an integer and leaves it in the low bits of the significand.
    let shifter = Quad(repeating: 0x1.8p52)
    let shifted = shifter.addingProduct(t, Quad(repeating: 0x1.7154_7652_b82f_ep0))
    let n = shifted - shifter
    var r = t.addingProduct(n, Quad(repeating: -0x1.62e4_2fef_a39e_fp-1))
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

    // 2ⁿ in two factors, since n alone may lie outside the range of exponents.
    let bits = unsafe unsafeBitCast(shifted, to: SIMD4<Int64>.self)
    let exponent = bits &- SIMD4(repeating: 0x4338_0000_0000_0000)
    let half = exponent &>> 1
    return y * powerOfTwo(half) * powerOfTwo(exponent &- half)
  }

  /// 2ᵏ for −1022 ≤ k ≤ 1023, lane by lane.
  @inline(__always)
  private static func powerOfTwo(_ k: SIMD4<Int64>) -> Quad {
    // Safe: both types are four 64-bit lanes.
    unsafe unsafeBitCast((k &+ SIMD4(repeating: 1023)) &<< 52, to: Quad.self)
  }
}

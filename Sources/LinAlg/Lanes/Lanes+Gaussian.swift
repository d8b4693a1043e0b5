/// Gaussians to the base 2 of squared distances: 2^(−‖x − z‖²).
///
/// With both points scaled by √(γ·log₂ e) this is exp(−γ‖x − z‖²), a third cheaper than by `exp`.
extension Lanes {
  /// Gaussians of the distances from one point to many.
  ///
  ///     values[i] = 2^(−Σⱼ (point[j] − points[j, i])²)
  ///
  /// Shapes: point d; points d × n, one *column* each; values n. Sums are those of
  /// `squaredDistances`; the relative error of the power of two is below 4e-14
  /// where it is normal, a millionth of what LIBSVM's single precision leaves.
  /// - Precondition: The shapes agree.
  public static func gaussians(
    from point: Span<Double>, toColumnsOf points: Matrix<Double>, into values: inout [Double]
  ) {
    squaredDistances(from: point, toColumnsOf: points, into: &values)
    map(&values) { powerOfTwo(ofMinus: $0) }
  }

  /// The same in vectors of four, the same bits.
  ///
  /// Shapes: the point is d numbers from `start` on; column j of the others begins at vector
  /// j · stride + first and is `count` vectors long, as are the values from `target` on.
  /// - Precondition: All of it lies inside the arrays.
  public static func gaussians(
    from points: [Double], at start: Int, featureCount d: Int, to columns: [Quad], first: Int,
    stride: Int, count: Int, into values: inout [Quad], at target: Int
  ) {
    precondition(
      start >= 0 && first >= 0 && target >= 0 && count >= 0 && start + d <= points.count
        && target + count <= values.count
        && (d == 0 || (d - 1) * stride + first + count <= columns.count), "Out of range")
    guard count > 0 else { return }
    let (point, x) = (points.span, columns.span)
    var output = values.mutableSpan
    let zero = Quad(repeating: 0)
    // Safe: the ends were checked; the last group repeats the last vector.
    var q = 0
    while q < count {
      let (q1, q2) = (Swift.min(q &+ 1, count &- 1), Swift.min(q &+ 2, count &- 1))
      let q3 = Swift.min(q &+ 3, count &- 1)
      var (s0, s1, s2, s3) = (zero, zero, zero, zero)
      var column = first
      for j in 0..<d {
        let p = unsafe Quad(repeating: point[unchecked: start &+ j])
        let d0 = unsafe p - x[unchecked: column &+ q]
        let d1 = unsafe p - x[unchecked: column &+ q1]
        let d2 = unsafe p - x[unchecked: column &+ q2]
        let d3 = unsafe p - x[unchecked: column &+ q3]
        s0 += d0 * d0
        s1 += d1 * d1
        s2 += d2 * d2
        s3 += d3 * d3
        column &+= stride
      }
      let limit = Quad(repeating: 1022)
      if all((s0 .<= limit) .& (s1 .<= limit) .& (s2 .<= limit) .& (s3 .<= limit)) {
        (s0, s1) = (normalPowerOfTwo(ofMinus: s0), normalPowerOfTwo(ofMinus: s1))
        (s2, s3) = (normalPowerOfTwo(ofMinus: s2), normalPowerOfTwo(ofMinus: s3))
      } else {
        (s0, s1) = (powerOfTwo(ofMinus: s0), powerOfTwo(ofMinus: s1))
        (s2, s3) = (powerOfTwo(ofMinus: s2), powerOfTwo(ofMinus: s3))
      }
      // Where vectors repeat they are equal, so the order does not matter.
      unsafe output[unchecked: target &+ q] = s0
      unsafe output[unchecked: target &+ q1] = s1
      unsafe output[unchecked: target &+ q2] = s2
      unsafe output[unchecked: target &+ q3] = s3
      q &+= 4
    }
  }

  /// 2⁻ˢ lane by lane, for s ≥ 0 or NaN.
  @inline(__always)
  static func powerOfTwo(ofMinus s: Quad) -> Quad {
    // Beyond 1,080 the result is 0 anyway.
    let (y, exponent) = significandAndExponent(ofMinus: s.replacing(with: 1080, where: s .> 1080))
    let half = exponent &>> 1
    return y * powerOfTwo(half) * powerOfTwo(exponent &- half)
  }

  /// 2⁻ˢ lane by lane, for 0 ≤ s ≤ 1,022: the bits of `powerOfTwo(ofMinus:)`, for less.
  @inline(__always)
  private static func normalPowerOfTwo(ofMinus s: Quad) -> Quad {
    let (y, exponent) = significandAndExponent(ofMinus: s)
    // Safe: both types are four 64-bit lanes. Adding n to the exponent field multiplies by 2ⁿ.
    let bits = unsafe unsafeBitCast(y, to: SIMD4<Int64>.self) &+ (exponent &<< 52)
    return unsafe unsafeBitCast(bits, to: Quad.self)
  }

  /// The y and n of 2⁻ˢ = y·2ⁿ, √½ ≤ y ≤ √2, lane by lane, for 0 ≤ s ≤ 1,080.
  ///
  ///     n = round(−s),   r = −s − n  (exact),   y = 1 + r·q(r),   |r| ≤ ½
  ///
  /// q interpolates (2ʳ − 1)/r at the 9 Chebyshev nodes of [−½, ½]: the relative error is below
  /// 4e-14 (3.7e-14, computed with 60 digits), and vanishes with r, so that 2⁰ = 1.
  @inline(__always)
  private static func significandAndExponent(
    ofMinus s: Quad
  ) -> (y: Quad, n: SIMD4<Int64>) {
    // Subtracting from 1.5·2⁵² rounds to an integer and leaves it in the low bits.
    let shifter = Quad(repeating: 0x1.8p52)
    let shifted = shifter - s
    let r = (shifter - shifted) - s
    // Even and odd powers apart: two chains of half the length.
    let t = r * r
    var even = Quad(repeating: 0x1.b638_80a3_0e9f_fp-24)
    var odd = Quad(repeating: 0x1.63d1_3636_6db2_4p-20)
    even = Quad(repeating: 0x1.ffcb_9515_a801_6p-17).addingProduct(even, t)
    odd = Quad(repeating: 0x1.4308_ac85_aa94_7p-13).addingProduct(odd, t)
    even = Quad(repeating: 0x1.5d87_fe86_fe88_ep-10).addingProduct(even, t)
    odd = Quad(repeating: 0x1.3b2a_b718_1b75_5p-7).addingProduct(odd, t)
    even = Quad(repeating: 0x1.c6b0_8d70_47e5_2p-5).addingProduct(even, t)
    odd = Quad(repeating: 0x1.ebfb_dff8_23ce_dp-3).addingProduct(odd, t)
    even = Quad(repeating: 0x1.62e4_2fef_a39e_fp-1).addingProduct(even, t)
    let q = even.addingProduct(odd, r)
    let y = Quad(repeating: 1).addingProduct(q, r)
    // Safe: both types are four 64-bit lanes.
    let bits = unsafe unsafeBitCast(shifted, to: SIMD4<Int64>.self)
    return (y, bits &- SIMD4(repeating: 0x4338_0000_0000_0000))
  }
}

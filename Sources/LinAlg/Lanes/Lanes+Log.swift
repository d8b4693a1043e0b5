extension Lanes {
  /// Replaces every x by its natural logarithm.
  ///
  /// Error below 1 ulp for every positive x, subnormals included; ln 0 = −∞, ln ∞ = ∞, and NaN
  /// for negative x and NaN.
  public static func log(_ values: inout [Double]) {
    map(&values) { log($0) }
  }

  /// Replaces every x by its natural logarithm; the bits `log(_:)` of an array would give it.
  public static func log(_ values: inout MutableSpan<Quad>) {
    for index in values.indices { values[index] = log(values[index]) }
  }

  /// ln x of one number; the bits `log(_:)` of an array would give it.
  public static func log(_ x: Double) -> Double {
    log(Quad(repeating: x))[0]
  }

  /// ln x lane by lane.
  ///
  ///     x = 2ᵏ·(1 + f),  √½ ≤ 1 + f < √2,   s = f / (2 + f),   z = s²
  ///     ln x = k·ln 2 + f − (f²/2 − s·(f²/2 + R(z))),   R(z) = Σ 2zⁱ/(2i + 1), i = 1…10
  ///
  /// The series is ln(1 + f) = 2 artanh s; |s| < 0.172, so its remainder is below 2⁻⁵⁹. The high
  /// part of ln 2 has 32 significant bits, so k times it is exact.
  ///
  /// Source: the arrangement of Sun's fdlibm (1993); the coefficients are the Taylor series.
  @inline(__always)
  static func log(_ x: Quad) -> Quad {
    let subnormal = x .< 0x1p-1022
    let scaled = x.replacing(with: x * 0x1p54, where: subnormal)
    // Moves √½…√2 to one binade, so that an unsigned shift finds k + 1023.
    let bits = unsafe unsafeBitCast(scaled, to: SIMD4<UInt64>.self)
    let biased = (bits &+ SIMD4(repeating: 0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)) &>> 52
    let k = biased &- SIMD4(repeating: 1023)
    let m = unsafe unsafeBitCast(bits &- (k &<< 52), to: Quad.self)
    // k as a double, through the low bits of 1.5·2⁵².
    let shifted = k &+ SIMD4(repeating: 0x4338_0000_0000_0000)
    var e = unsafe unsafeBitCast(shifted, to: Quad.self) - 0x1.8p52
    e.replace(with: e - 54, where: subnormal)

    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    var p = Quad(repeating: 2.0 / 21)
    p = Quad(repeating: 2.0 / 19).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 17).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 15).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 13).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 11).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 9).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 7).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 5).addingProduct(p, z)
    p = Quad(repeating: 2.0 / 3).addingProduct(p, z)
    let halfSquare = 0.5 * f * f
    let correction = (s * halfSquare.addingProduct(p, z))
      .addingProduct(e, Quad(repeating: 0x1.a39e_f357_93c7_6p-33))
    var y = (f - (halfSquare - correction))
      .addingProduct(e, Quad(repeating: 0x1.62e4_2fee_0000_0p-1))

    y.replace(with: x, where: x .== .infinity)
    y.replace(with: -.infinity, where: x .== 0)
    y.replace(with: .nan, where: x .< 0)
    y.replace(with: x, where: x .!= x)
    return y
  }
}

/// How many fused multiply-adds of doubles one core can do in a second.
enum MultiplyAddPeak {
  /// Runs twelve independent chains in registers, four lanes each, `count` times.
  ///
  /// Returns a number that depends on all of them, so that none is left out.
  static func run(_ count: Int) -> Double {
    let factor = SIMD4<Double>(repeating: 0.999_999)
    let term = SIMD4<Double>(repeating: 1e-6)
    var (a, b, c, d) = (factor, factor, factor, factor)
    var (e, f, g, h) = (factor, factor, factor, factor)
    var (i, j, k, l) = (factor, factor, factor, factor)
    for _ in 0..<count {
      a = term.addingProduct(a, factor)
      b = term.addingProduct(b, factor)
      c = term.addingProduct(c, factor)
      d = term.addingProduct(d, factor)
      e = term.addingProduct(e, factor)
      f = term.addingProduct(f, factor)
      g = term.addingProduct(g, factor)
      h = term.addingProduct(h, factor)
      i = term.addingProduct(i, factor)
      j = term.addingProduct(j, factor)
      k = term.addingProduct(k, factor)
      l = term.addingProduct(l, factor)
    }
    return (a + b + c + d + e + f + g + h + i + j + k + l).sum()
  }

  /// Multiply-adds of one call of `run`.
  static func multiplyAdds(_ count: Int) -> Int { count * 12 * 4 }
}

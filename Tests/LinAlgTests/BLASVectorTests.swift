import LinAlg
import TestSupport
import Testing

/// Level 1 against plain loops in Double, over whole vectors and inside longer ones.
@Suite struct BLASVectorTests {
  static let lengths = [0, 1, 7, 8, 9, 31, 33, 100, 1000]
  static let offsets = [0, 1, 3]

  @Test(arguments: lengths) func innerProduct(length: Int) {
    let x = normalArray(length + 3, seed: 1)
    let y = normalArray(length + 3, seed: 2)
    for offset in Self.offsets {
      // Different alignments of the two operands.
      let a = x[offset..<offset + length]
      let b = y[3 - offset..<3 - offset + length]
      let terms = zip(a, b).map { $0 * $1 }
      let result = BLAS.dot(
        x.span.extracting(offset..<offset + length),
        y.span.extracting(3 - offset..<3 - offset + length))
      // Any order of n products and n − 1 sums errs by at most n·ε/2·Σ|xy|; so does the loop.
      let bound = Double(length) * Double.ulpOfOne * terms.reduce(0) { $0 + abs($1) }
      expectClose(
        [result], [terms.reduce(0, +)], within: [bound], "dot, offset \(offset)")
    }
  }

  @Test(arguments: lengths) func scaledAddition(length: Int) {
    let x = normalArray(length + 3, seed: 3)
    let start = normalArray(length, seed: 4)
    for offset in Self.offsets {
      for alpha in [0, 1, -0.3] {
        var y = start
        BLAS.axpy(alpha, x.span.extracting(offset..<offset + length), into: &y)
        let products = x[offset..<offset + length].map { alpha * $0 }
        let expected = zip(products, start).map { $0 + $1 }
        // A product and a sum, each rounded, here and in the loop.
        let bounds = zip(products, start).map {
          2 * Double.ulpOfOne * (abs($0) + abs($1))
        }
        expectClose(y, expected, within: bounds, "axpy by \(alpha), offset \(offset)")
      }
    }
  }

  @Test(arguments: lengths) func euclideanNorm(length: Int) {
    let x = normalArray(length + 3, seed: 5)
    for offset in Self.offsets {
      let part = x[offset..<offset + length]
      let expected = part.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      let result = BLAS.nrm2(x.span.extracting(offset..<offset + length))
      // The sum of squares errs by n·ε/2 relatively, its root by half of that; scaling adds two.
      let bound = Double(length + 2) * Double.ulpOfOne * expected
      expectClose([result], [expected], within: [bound], "nrm2, offset \(offset)")
    }
  }

  /// Squares of these elements overflow or vanish; norms do not.
  @Test(arguments: [1e200, 1e-200]) func normOfExtremes(scale: Double) {
    let x = [3 * scale, 4 * scale]
    expectClose([BLAS.nrm2(x.span)], [5 * scale], within: [20 * scale.ulp], "nrm2 of \(x)")
  }
}

@Suite struct BLASVectorTrapTests {
  @Test func axpyOfUnequalCounts() async {
    await #expect(processExitsWith: .failure) {
      var y: [Double] = [1, 2]
      BLAS.axpy(1, [1, 2, 3].span, into: &y)
    }
  }

  @Test func dotOfUnequalCounts() async {
    await #expect(processExitsWith: .failure) {
      let (x, y): ([Double], [Double]) = ([1, 2], [])
      _ = BLAS.dot(x.span, y.span)
    }
  }
}

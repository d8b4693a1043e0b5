import LinAlg
import TestSupport
import Testing

@Suite struct ReductionsTests {
  static let lengths = [0, 1, 7, 8, 9, 31, 32, 33, 1000]

  @Test(arguments: lengths, [0, 1, 3]) func sum(length: Int, offset: Int) {
    let values = normalArray(length + offset, seed: 1)
    let part = values[offset...]
    let expected = part.reduce(0, +)
    let size = part.reduce(0) { $0 + abs($1) }
    // The promised (n/8 + 8)·ε·Σ|x|, and n·ε/2·Σ|x| of the loop.
    let bound = (Double(length) / 8 + 8 + Double(length) / 2) * Double.ulpOfOne * size
    let actual = Lanes.sum(values.span.extracting(offset..<values.count))
    expectClose([actual], [expected], within: [bound], "sum of \(length) from \(offset)")
  }

  /// Whole numbers add without rounding in any order, so every element counts exactly once.
  @Test(arguments: 0...40) func sumCountsEachElementOnce(length: Int) {
    let values = (0..<length).map { Double(1 << $0) }
    #expect(Lanes.sum(values.span) == Double((1 << length) - 1))
  }

  @Test(arguments: lengths, [0, 1, 3]) func largestElement(length: Int, offset: Int) {
    let values = normalArray(length + offset, seed: 2)
    let span = values.span.extracting(offset..<values.count)
    #expect(Lanes.maxMagnitude(span) == values[offset...].map(abs).max() ?? 0)
  }

  /// The extreme is found wherever it stands.
  @Test(arguments: [1, 7, 8, 9, 31, 32, 33]) func largestElementAnywhere(length: Int) {
    for position in 0..<length {
      var values = normalArray(length, seed: 3)
      values[position] = -101
      #expect(Lanes.maxMagnitude(values.span) == 101)
    }
  }

  @Test func largestOfInfinities() {
    let values: [Double] = [-.infinity, 3, -.infinity]
    #expect(Lanes.maxMagnitude(values.span) == .infinity)
  }

  /// Bit for bit the plain loop: a fused multiply-add or another order of terms would show.
  @Test(arguments: [0, 1, 3, 4, 64], [0, 1, 7, 8, 9, 33])
  func squaredDistances(features: Int, count: Int) {
    let query = normalArray(features + 3, seed: 4)
    let points = normalMatrix(features, count, seed: 5)
    for offset in [0, 1, 3] {
      let expected = (0..<count).map { column in
        var total = 0.0
        for j in 0..<features {
          let x = points[j, column]
          total += (query[offset + j] - x) * (query[offset + j] - x)
        }
        return total
      }
      var actual = [Double](repeating: .nan, count: count)
      Lanes.squaredDistances(
        from: query.span.extracting(offset..<offset + features), toColumnsOf: points,
        into: &actual)
      expectSameBits(actual, expected, "\(count) points of \(features) features")
    }
  }

  /// Here the plain loop and a fused one differ, so the test above tells them apart.
  @Test func fusedDistancesWouldDiffer() {
    let (query, points) = (normalArray(4, seed: 4), normalMatrix(4, 33, seed: 5))
    let differs = (0..<33).contains { column in
      var (plain, fused) = (0.0, 0.0)
      for j in 0..<4 {
        let difference = query[j] - points[j, column]
        plain += difference * difference
        fused.addProduct(difference, difference)
      }
      return plain != fused
    }
    #expect(differs)
  }
}

@Suite struct ReductionsTrapTests {
  @Test func distancesFromTooFewFeatures() async {
    await #expect(processExitsWith: .failure) {
      let query: [Double] = [1]
      var distances: [Double] = [0, 0, 0]
      Lanes.squaredDistances(
        from: query.span, toColumnsOf: Matrix(rows: 2, columns: 3), into: &distances)
    }
  }

  @Test func tooFewDistances() async {
    await #expect(processExitsWith: .failure) {
      let query: [Double] = [1, 2]
      var distances: [Double] = [0, 0]
      Lanes.squaredDistances(
        from: query.span, toColumnsOf: Matrix(rows: 2, columns: 3), into: &distances)
    }
  }
}

import Foundation
import LinAlg
import TestSupport
import Testing

@Suite struct RandomDistributionTests {
  private static func stream(_ seed: UInt32, row: Int = 0) -> RandomStream {
    RandomStream(purpose: .testing, seed: seed, row: row)
  }

  // MARK: - Integers

  @Test(arguments: [1, 2, 3, 7, 1000]) func integersAreEquallyFrequent(bound: Int) {
    var stream = Self.stream(1)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<max(20_000, 50 * bound) { counts[stream.integer(below: bound)] += 1 }
    expectEquallyFrequent(counts, "integers below \(bound)")
  }

  /// Bounds for which many words are refused, so that the rejection is exercised.
  static let hardBounds = [
    1, 2, 3, 7, 1000, 1 << 31, 1 << 31 + 1, 3 << 30, 0xAAAA_AAAB, Int(UInt32.max),
  ]

  /// Draw for draw the method without its shortcut: refuse w when w·n mod 2³² < 2³² mod n.
  @Test(arguments: hardBounds) func integersFollowTheMethod(bound: Int) {
    var (stream, words) = (Self.stream(2), Self.stream(2))
    for draw in 0..<5000 {
      var product: UInt64
      repeat {
        product = UInt64(words.nextWord()) * UInt64(bound)
      } while product & 0xFFFF_FFFF < 0x1_0000_0000 % UInt64(bound)
      let expected = Int(product >> 32)
      let actual = stream.integer(below: bound)
      #expect(actual == expected, "draw \(draw)")
      if actual != expected { return }
    }
  }

  /// The method accepts exactly ⌊2³²/n⌋ words for every result.
  ///
  /// Result r takes the words w with r·2³² + (2³² mod n) ≤ w·n < (r + 1)·2³²; we count them.
  @Test(arguments: hardBounds) func methodIsUnbiased(bound: Int) {
    let range: UInt64 = 1 << 32
    let n = UInt64(bound)
    func ceilingOfQuotient(_ x: UInt64) -> UInt64 { x / n + (x % n == 0 ? 0 : 1) }
    let step = max(bound / 1000, 1)
    for result in stride(from: 0, to: bound, by: step).map(UInt64.init) + [n - 1] {
      // The last product, n·2³² < 2⁶⁴, still fits.
      let accepted =
        ceilingOfQuotient((result + 1) * range) - ceilingOfQuotient(result * range + range % n)
      #expect(accepted == range / n, "result \(result)")
    }
  }

  // MARK: - Uniform numbers

  @Test func uniformNumbersFillTheirCells() {
    var stream = Self.stream(3)
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<64_000 {
      let u = stream.uniform()
      #expect(u >= 0 && u < 1)
      // A multiple of 2⁻⁵³.
      #expect((u * 0x1p53).rounded() == u * 0x1p53)
      counts[Int(u * 64)] += 1
    }
    expectEquallyFrequent(counts, "uniform")
  }

  /// The first draws of neighbouring streams are as unrelated as draws of one stream.
  @Test func firstDrawsOfNeighbouringStreamsAreUniform() {
    func firstDraw(_ seed: UInt32, _ row: Int) -> Double {
      var stream = Self.stream(seed, row: row)
      return stream.uniform()
    }
    // Disjoint pairs of neighbours in 16 × 16 cells.
    var byRow = [Int](repeating: 0, count: 256)
    var bySeed = byRow
    for seed in 0..<100 as Range<UInt32> {
      for row in 0..<100 {
        let first = Int(firstDraw(seed, 2 * row) * 16) * 16
        byRow[first + Int(firstDraw(seed, 2 * row + 1) * 16)] += 1
        let second = Int(firstDraw(2 * seed, row) * 16) * 16
        bySeed[second + Int(firstDraw(2 * seed + 1, row) * 16)] += 1
      }
    }
    expectEquallyFrequent(byRow, "pairs of neighbouring rows")
    expectEquallyFrequent(bySeed, "pairs of neighbouring seeds")
  }

  @Test func lowBitsOfUniformNumbersAreFair() {
    var stream = Self.stream(4)
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<32_000 { counts[Int(stream.uniform() * 0x1p53) & 63] += 1 }
    expectEquallyFrequent(counts, "low six bits")
  }

  static let intervals: [(Double, Double)] = [
    (0, 1), (-1, 3), (0, 0), (2.5, 2.5), (1, 1.0.nextUp), (-0x1p-1074, 0x1p-1074),
    (0, .leastNormalMagnitude), (0.1, 0.3), (1e16, 1e16 + 4),
    (-.greatestFiniteMagnitude, .greatestFiniteMagnitude),
    (.greatestFiniteMagnitude, .greatestFiniteMagnitude),
    (-.greatestFiniteMagnitude, -.greatestFiniteMagnitude),
  ]

  @Test(arguments: intervals) func uniformNumbersStayInside(lower: Double, upper: Double) {
    var stream = Self.stream(5)
    for _ in 0..<2000 {
      let x = stream.uniform(from: lower, to: upper)
      guard x >= lower && x <= upper else {
        Issue.record("\(x) is outside \(lower)...\(upper)")
        return
      }
    }
  }

  @Test(arguments: [(-1, 3), (-1e308, 1.5e308)] as [(Double, Double)])
  func uniformNumbersFillTheInterval(lower: Double, upper: Double) {
    var stream = Self.stream(6)
    var counts = [Int](repeating: 0, count: 32)
    for _ in 0..<32_000 {
      // Divided before subtracting, which would overflow for the wide interval.
      let x = stream.uniform(from: lower, to: upper) / 8
      counts[min(Int((x - lower / 8) / (upper / 8 - lower / 8) * 32), 31)] += 1
    }
    expectEquallyFrequent(counts, "\(lower)...\(upper)")
  }

  // MARK: - Normal numbers

  /// Kolmogorov and Smirnov: P(√n·sup|F̂ − Φ| > 3.25) ≤ 2e^(−2·3.25²) < 2·10⁻⁹.
  ///
  /// Source: Massart, "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality", Annals of
  /// Probability 18 (1990).
  @Test func normalNumbersAreNormal() {
    let count = 20_000
    let sorted = normalArray(count, seed: 7).sorted()
    var largest = 0.0
    for (index, z) in sorted.enumerated() {
      let probability = erfc(-z / 2.0.squareRoot()) / 2
      let below = Double(index) / Double(count)
      let above = Double(index + 1) / Double(count)
      largest = max(largest, abs(probability - below), abs(above - probability))
    }
    #expect(Double(count).squareRoot() * largest <= 3.25)
    #expect(sorted.allSatisfy { abs($0) < 8.3 })
  }

  /// The number is the quantile at the middle of the uniform number's cell.
  @Test func normalNumbersFollowTheirUniforms() {
    var (uniforms, normals) = (Self.stream(8), Self.stream(8))
    for _ in 0..<5000 {
      let u = uniforms.uniform()
      // u + 2⁻⁵⁴ is exact below ½, and so is 1 − u − 2⁻⁵⁴ above.
      let expected =
        u < 0.5
        ? NormalDistribution.quantile(u + 0x1p-54)
        : -NormalDistribution.quantile(1 - u - 0x1p-54)
      #expect(normals.normal() == expected)
    }
  }

  /// The outermost cells: |z| is largest there, and finite.
  @Test func normalNumbersAreNeverInfinite() {
    let outermost = NormalDistribution.quantile(0x1p-54)
    #expect(outermost > -8.3)
    #expect(outermost < -8.2)
  }

  // MARK: - Permutations

  @Test(arguments: [0, 1, 2, 3, 10, 1000]) func permutationHoldsEachNumberOnce(count: Int) {
    var stream = Self.stream(9)
    #expect(stream.permutation(of: count).sorted() == Array(0..<count))
  }

  @Test func permutationsOfFourAreEquallyFrequent() {
    var stream = Self.stream(10)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[stream.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    expectEquallyFrequent(counts.values.sorted(), "permutations of 4")
  }

  /// The first k entries follow from k draws: an early stop of Fisher and Yates.
  @Test(arguments: [1, 2, 10, 50]) func prefixNeedsOnlyTheFirstDraws(prefix: Int) {
    var (stream, partial) = (Self.stream(11), Self.stream(11))
    var order = Array(0..<50)
    for position in 0..<min(prefix, 49) {
      order.swapAt(position, position + partial.integer(below: 50 - position))
    }
    #expect(stream.permutation(of: 50).prefix(prefix) == order.prefix(prefix))
  }

  /// Nothing is drawn when there is nothing to choose.
  @Test(arguments: [0, 1]) func trivialPermutationsDrawNothing(count: Int) {
    var (stream, untouched) = (Self.stream(12), Self.stream(12))
    _ = stream.permutation(of: count)
    #expect(stream.nextWord() == untouched.nextWord())
  }
}

import Foundation
package import LinAlg

/// The standardised score that a row of a clean normal set exceeds with probability alpha.
///
/// The tail of a score depends on its kind, on the number of rows and on along how many directions
/// they spread: at 1 % it lies anywhere from 2 to 20. So it is simulated: normal sets like the one that
/// is judged are scored and standardised in the same way, and the limit is what a share alpha of all
/// their rows exceeds. A limit is a function of the score, alpha, n, d and the directions alone; each
/// is found once and kept.
///
/// `@unchecked Sendable`: every access to `limits` is between `lock` and `unlock`.
package final class NullReference: @unchecked Sendable {
  /// What a set is like.
  struct Shape: Hashable {
    /// Number of rows n, rounded to six binary digits.
    let count: Int
    /// Number of features d.
    let featureCount: Int
    /// Along how many directions the rows spread, from 1 to d, rounded to a power of 2^¼.
    let directions: Double
  }

  private let score: OutlierScore
  private let alpha: Double
  private let lock = NSLock()
  private var limits: [Shape: Double] = [:]

  private let rowLimit: Int

  /// The rows that a simulation has above the limit; where there are fewer, its tail is extended.
  private static let tailCount = 40

  /// The reference of a score, found by simulations of at most `rowLimit` rows.
  package init(_ score: OutlierScore, alpha: Double, rowLimit: Int = 100_000) {
    (self.score, self.alpha, self.rowLimit) = (score, alpha, rowLimit)
  }

  /// The limit for rows (n × d) with the scores they have.
  ///
  /// `progress` is told what share of a simulation is done.
  package func limit(
    of rows: Matrix<Double>, scores: [Double], threads: Int, progress: (Double) -> Void = { _ in }
  ) -> Double {
    let shape = shape(of: rows, scores: scores)
    lock.lock()
    defer { lock.unlock() }
    if let limit = limits[shape] { return limit }
    let limit = simulated(shape, threads: threads, progress)
    limits[shape] = limit
    return limit
  }

  // MARK: - What a set is like

  /// How many rows are simulated for so many: no more than matter, rounded to six binary digits.
  package func count(of rowCount: Int) -> Int {
    let count = min(rowCount, score.referenceLimit)
    guard count >= 64 else { return count }
    let step = 1 << (Int.bitWidth - 6 - count.leadingZeroBitCount)
    return (count + step / 2) / step * step
  }

  func shape(of rows: Matrix<Double>, scores: [Double]) -> Shape {
    let d = Double(rows.columns)
    let directions = score.isAffineInvariant ? d : directions(rows, scores)
    return Shape(
      count: count(of: rows.rows), featureCount: rows.columns,
      directions: min(exp2((4 * log2(max(directions, 1))).rounded() / 4), max(d, 1)))
  }

  /// Along how many directions rows spread.
  ///
  ///     1/p = tr S² / (tr S)² − 1/m
  ///
  /// S is the covariance of the m = ¾n rows of lowest score, which outliers are not among, or the
  /// correlation where the score does not depend on units. Of p directions of equal variance S has p,
  /// but for 1/m, the mean of what a sample of m rows adds.
  private func directions(_ rows: Matrix<Double>, _ scores: [Double]) -> Double {
    let d = rows.columns
    let highest = scores.sorted()[(3 * scores.count + 3) / 4 - 1]
    let low = scores.indices.filter { scores[$0] <= highest }
    let m = min(low.count, 1_024)
    let kept = rows.selectingRows((0..<m).map { low[$0 * low.count / m] }).transposed()
    var x = kept.elements
    for j in 0..<d {
      let mean = x[j * m..<(j + 1) * m].reduce(0, +) / Double(m)
      for place in j * m..<(j + 1) * m { x[place] -= mean }
      guard score.isUnitless else { continue }
      let length = x[j * m..<(j + 1) * m].reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { for place in j * m..<(j + 1) * m { x[place] /= length } }
    }
    // XᵀX and XXᵀ have the same traces; the smaller one costs less.
    var products = Matrix<Double>(rows: min(d, m), columns: min(d, m))
    BLAS.syrk(Matrix(rows: d, columns: m, elements: x), outer: d <= m, into: &products)
    let trace = (0..<min(d, m)).reduce(0) { $0 + products[$1, $1] }
    let squares = products.elements.reduce(0) { $0 + $1 * $1 }
    let inverse = squares / (trace * trace) - 1 / Double(m)
    return inverse > 1 / Double(max(d, 1)) ? 1 / inverse : Double(d)
  }

  // MARK: - Simulation

  private func simulated(
    _ shape: Shape, threads: Int, _ progress: (Double) -> Void
  ) -> Double {
    let tail = Double(score.referenceTail(featureCount: shape.featureCount))
    let wanted = min(max(tail / alpha, 4_000), Double(rowLimit))
    let sets = (Int(wanted) + shape.count - 1) / shape.count
    let scoresOfSet = { @Sendable [score] (index: Int) -> [Double] in
      let rows = Self.sample(shape, index, isUnitless: score.isUnitless)
      let suspects = Suspects(
        features: rows, labels: Array(repeating: 0, count: rows.rows), classCount: 1,
        seed: UInt32(index))
      let scores = score.scores(
        of: rows, others: Matrix(rows: 0, columns: rows.columns), suspects, part: 0, threads: 1
      ).scores
      return scores.map(CentralSpread(scores, score.spread).standardized)
    }
    var scores: [Double] = []
    for start in stride(from: 0, to: sets, by: 4 * threads) {
      let count = min(4 * threads, sets - start)
      scores += Parallel.map(count, threads: threads) { scoresOfSet(start + $0) }.flatMap { $0 }
      progress(Double(start + count) / Double(sets))
    }
    let falling = scores.sorted(by: >)
    let rank = alpha * Double(falling.count)
    let highest = Self.tailCount
    if rank >= Double(highest) { return falling[Int(rank)] }
    // An exponential tail beyond the 40 highest.
    let mean = falling[..<highest].reduce(0, +) / Double(highest)
    return falling[highest] + (mean - falling[highest]) * log(Double(highest) / rank)
  }

  /// A normal set of a shape.
  ///
  ///     variances 1, r, r², … with (Σ rʲ)² / Σ r²ʲ = p
  ///
  /// Where units do not count, all correlations are √((d/p − 1)/(d − 1)) instead.
  private static func sample(_ shape: Shape, _ index: Int, isUnitless: Bool) -> Matrix<Double> {
    let (n, d) = (shape.count, shape.featureCount)
    var stream = RandomStream(purpose: .nullReference, seed: UInt32(index), row: n)
    let p = shape.directions
    let correlation =
      d > 1 && isUnitless ? max((Double(d) / p - 1) / Double(d - 1), 0).squareRoot() : 0
    let (common, own) = (correlation.squareRoot(), (1 - correlation).squareRoot())
    let deviations =
      isUnitless
      ? Array(repeating: own, count: d)
      : sequence(first: 1.0) { [ratio = ratio(d, p).squareRoot()] in $0 * ratio }.prefix(d)
        .map { $0 }
    var elements: [Double] = []
    elements.reserveCapacity(n * d)
    for _ in 0..<n {
      let shared = isUnitless ? common * stream.normal() : 0
      for deviation in deviations { elements.append(shared + deviation * stream.normal()) }
    }
    return Matrix(rows: n, columns: d, elements: elements)
  }

  /// r with (Σ rʲ)² / Σ r²ʲ = p over d powers.
  private static func ratio(_ d: Int, _ p: Double) -> Double {
    guard p < Double(d) else { return 1 }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let r = (low + high) / 2
      var (power, sum, squares) = (1.0, 0.0, 0.0)
      for _ in 0..<d {
        sum += power
        squares += power * power
        power *= r
      }
      if sum * sum < p * squares { low = r } else { high = r }
    }
    return low
  }
}

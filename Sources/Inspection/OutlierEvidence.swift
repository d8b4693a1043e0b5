public import Defenses
import LinAlg

/// Which rows lie far from all others of their class, by two unlike measures at once.
///
/// A row counts where both its local outlier factor and its distance from the tightest half of its class
/// (`MinimumCovariance`), standardised within the class, exceed the normal quantile of 1 − 0.05/n. On normal
/// data fewer than one file in 20 has such a row; classes with heavy tails have some.
public struct OutlierEvidence: Sendable {
  /// The smaller of the two standardised scores of each row.
  public let scores: [Double]

  /// The line that both must exceed.
  public let threshold: Double

  /// Classes of fewer rows have no shape to be far from.
  private static let smallestClass = 12

  /// Rows of a class beyond which its densities are found among parts of so many.
  private static let partLimit = 10_000

  /// Scores rows against those of their class.
  public init(_ suspects: Suspects, threads: Int, progress: (Int) -> Void = { _ in }) {
    let n = suspects.count
    var scores = [Double](repeating: 0, count: n)
    for (part, rows) in suspects.rowsOfClass.enumerated() {
      defer { progress(part + 1) }
      guard rows.count >= Self.smallestClass else { continue }
      let densities = Self.factors(suspects, rows, threads)
      let distances = OutlierScore.minimumCovariance.scores(
        of: suspects.features.selectingRows(rows),
        others: Matrix(rows: 0, columns: suspects.features.columns), suspects, part: part,
        threads: threads
      ).scores
      let (a, b) = (UpperSpread(densities), UpperSpread(distances))
      for (place, row) in rows.enumerated() {
        scores[row] = min(a.standardized(densities[place]), b.standardized(distances[place]))
      }
    }
    self.scores = scores
    threshold = NormalDistribution.quantile(1 - 0.05 / Double(max(n, 1)))
  }

  /// Logarithms of local outlier factors, within parts of a large class.
  private static func factors(
    _ suspects: Suspects, _ rows: [Int], _ threads: Int
  ) -> [Double] {
    let parts = (rows.count + partLimit - 1) / partLimit
    var stream = suspects.stream(.inspectionSample, row: 1)
    let order = parts > 1 ? stream.permutation(of: rows.count) : Array(rows.indices)
    var factors = [Double](repeating: 0, count: rows.count)
    for part in 0..<parts {
      let places = Array(order[part * order.count / parts..<(part + 1) * order.count / parts])
      let found = LocalOutlierFactor(
        of: suspects.features.selectingRows(places.map { rows[$0] }), neighborCount: 20,
        threads: threads)
      for (index, place) in places.enumerated() {
        factors[place] = Lanes.log(min(max(found.scores[index], 1e-12), 1e300))
      }
    }
    return factors
  }
}

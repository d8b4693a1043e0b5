package import Defenses
import LinAlg

/// Which rows lie far from all others of their class, by two unlike measures at once.
///
/// A row is an outlier where both its local outlier factor and its distance from the tightest half of its class
/// (`MinimumCovariance`), standardised within the class, exceed what a row of a normal class like it
/// does with probability 0.05/n (`NullReference`). So of files of normal classes fewer than one in 20 has
/// an outlier; classes with heavy tails have some.
public struct OutlierEvidence: Sendable {
  /// The smaller of the two standardised scores of each row; 0 where a row cannot be judged.
  public let scores: [Double]

  /// Whether each row exceeds both limits.
  public let isOutlier: [Bool]

  /// Classes with too few rows to have a shape that one could be far from, ascending.
  public let unjudgedClasses: [Int]

  /// The share of files of normal classes that have an outlier, at most.
  public static let falseAlarmRate = 0.05

  /// A class of fewer rows is not judged.
  private static let smallestClass = 12

  /// Rows of a class beyond which its densities are found among parts of so many.
  private static let partLimit = 10_000

  /// Rows of the simulations that limits come from.
  ///
  /// Beyond the 40 largest scores the tail is taken to fall like an exponential one, which those of normal
  /// rows do not reach.
  static let referenceRows = 20_000

  private static let local = OutlierScore.localOutlierFactor(neighborCount: 20)
  private static let distant = OutlierScore.minimumCovariance

  /// The least number of rows of a class that is judged.
  static func smallestCount(featureCount d: Int) -> Int {
    max(smallestClass, distant.smallestCount(featureCount: d))
  }

  /// How many rows a simulation has for a class of so many.
  static func referenceCount(of rows: Int) -> Int {
    NullReference(distant, alpha: falseAlarmRate).count(of: rows)
  }

  /// Scores the rows at some positions against those of their class.
  ///
  /// `progress` is told the class, and what share of its scores and of its limits is there.
  package init(
    _ suspects: Suspects, rows: [Int], threads: Int,
    progress: (_ part: Int, _ scores: Double, _ limits: Double) -> Void = { _, _, _ in }
  ) {
    let n = suspects.count
    let d = suspects.features.columns
    let alpha = Self.falseAlarmRate / Double(max(n, 1))
    let smallest = Self.smallestCount(featureCount: d)
    let references = [Self.local, Self.distant].map {
      NullReference($0, alpha: alpha, rowLimit: Self.referenceRows)
    }
    var scores = [Double](repeating: 0, count: n)
    var isOutlier = [Bool](repeating: false, count: n)
    var unjudged: [Int] = []
    var rowsOfClass = [[Int]](repeating: [], count: suspects.classCount)
    for row in rows { rowsOfClass[suspects.labels[row]].append(row) }
    for (part, rows) in rowsOfClass.enumerated() {
      defer { progress(part, 1, 1) }
      guard rows.count >= smallest else {
        if !rows.isEmpty { unjudged.append(part) }
        continue
      }
      let features = suspects.features.selectingRows(rows)
      let found = [
        Self.factors(features, suspects, threads),
        Self.distant.scores(
          of: features, others: Matrix(rows: 0, columns: d), suspects, part: part,
          threads: threads
        ).scores,
      ]
      let standardized = zip(found, [Self.local, Self.distant]).map { scores, measure in
        scores.map(CentralSpread(scores, measure.spread).standardized)
      }
      progress(part, 1, 0)
      let limit = references[0].limit(of: features, scores: found[0], threads: threads)
      // Most classes have no row beyond the first limit, and need not be told the second, which takes long.
      let far = rows.indices.filter { standardized[0][$0] > limit }
      let other =
        far.isEmpty
        ? .infinity
        : references[1].limit(of: features, scores: found[1], threads: threads) {
          progress(part, 1, $0)
        }
      for (place, row) in rows.enumerated() {
        scores[row] = min(standardized[0][place], standardized[1][place])
      }
      for place in far { isOutlier[rows[place]] = standardized[1][place] > other }
    }
    (self.scores, self.isOutlier, unjudgedClasses) = (scores, isOutlier, unjudged)
  }

  /// Logarithms of local outlier factors, within parts of a large class.
  private static func factors(
    _ features: Matrix<Double>, _ suspects: Suspects, _ threads: Int
  ) -> [Double] {
    let count = features.rows
    let parts = (count + partLimit - 1) / partLimit
    var stream = suspects.stream(.inspectionSample, row: 1)
    let order = parts > 1 ? stream.permutation(of: count) : Array(0..<count)
    var factors = [Double](repeating: 0, count: count)
    for part in 0..<parts {
      let places = Array(order[part * count / parts..<(part + 1) * count / parts])
      let found = LocalOutlierFactor(
        of: features.selectingRows(places), neighborCount: 20, threads: threads)
      for (index, place) in places.enumerated() {
        factors[place] = Lanes.log(min(max(found.scores[index], 1e-12), 1e300))
      }
    }
    return factors
  }
}

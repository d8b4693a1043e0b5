import Defenses

/// How much work the parts of an inspection are, so that its progress is told truly.
///
/// Work is a number of products, those of scatters counted half as they are faster. It need not be exact: where parts
/// take two or three times as long as said, the time left is off by less.
struct InspectionWork {
  /// One round of learning from the labels of all rows.
  let labelRound: Double

  /// One round of learning from planted labels.
  let plantedRound: Double

  /// Class by class, scores of its rows.
  let scores: [Double]

  /// Class by class, the limits that its scores are held against; nothing where an earlier one has had the same.
  let limits: [Double]

  /// All of it.
  let total: Double

  /// Estimates the work on rows of d features, `counts` of each class.
  init(rowsOfClasses counts: [Int], featureCount d: Int, copies: Int) {
    let n = counts.reduce(0, +)
    labelRound = Self.round(rows: n, d, counts.count)
    plantedRound = Self.round(rows: min(n, PlantedLabels.rowLimit), d, counts.count)
    let isJudged = counts.map { $0 >= OutlierEvidence.smallestCount(featureCount: d) }
    scores = zip(counts, isJudged).map { count, isJudged in
      isJudged
        ? Self.scatter(searched: min(count, 1_500), d) + Double(count)
          * Double(min(count, 10_000) * d)
        : 1
    }
    var seen: Set<Int> = []
    limits = zip(counts, isJudged).map { count, isJudged in
      let rows = OutlierEvidence.referenceCount(of: count)
      guard isJudged, seen.insert(rows).inserted else { return 0 }
      let sets = Double((OutlierEvidence.referenceRows + rows - 1) / rows)
      return sets * (Self.scatter(searched: rows, d) + Double(rows * rows * d))
    }
    total =
      Double(LabelPanel.roundCount) * (labelRound + Double(copies) * plantedRound)
      + zip(scores, limits).reduce(0) { $0 + $1.0 + $1.1 }
  }

  /// Six fits of softmax regression on the features and on those of kernels, a dozen steps each of a few dozen
  /// products with the rows, and the neighbours of all of them.
  private static func round(rows n: Int, _ d: Int, _ classCount: Int) -> Double {
    let (n, d, k) = (Double(n), Double(d), Double(classCount == 2 ? 1 : classCount))
    let steps = 6.0 * 12
    let width = min(60, d * k)
    return steps * n * (d + Double(KernelFeatures.landmarkLimit)) * k * width
      + n * min(n, 20_000) * d / Double(LabelPanel.roundCount)
  }

  /// Thirty starts of two steps and ten of about eight, each a covariance, its factor and distances.
  private static func scatter(searched n: Int, _ d: Int) -> Double {
    let (n, d) = (Double(n), Double(d))
    return 150 * (0.9 * n * d * d + d * d * d / 2) / 2
  }
}

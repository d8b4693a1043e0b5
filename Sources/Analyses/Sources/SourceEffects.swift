import Datasets
package import Statistics

/// What the sources of a study do, over its seeds.
package struct SourceEffects: Sendable {
  /// What removing a source does, where the data tell.
  package enum Verdict: String, Sendable, Encodable {
    /// Accuracy is higher without it.
    case helps
    /// Accuracy is lower without it.
    case hurts
    /// No difference was seen.
    case unclear
  }

  /// One source.
  package struct Effect: Sendable {
    /// Its name.
    package let name: String
    /// Its rows.
    package let rowCount: Int
    /// Accuracy without it.
    package fileprivate(set) var without = RunningMoments()
    /// Δ: accuracy with all rows minus that without it, seed by seed.
    package fileprivate(set) var difference = RunningMoments()
    /// Its Shapley value, where it was asked for.
    package fileprivate(set) var shapley = RunningMoments()
    /// The 95 % interval of Δ for other rows of the same kind; nil for fewer than two seeds.
    package fileprivate(set) var interval: Interval?
    /// The probability of so large a |Δ| where the source makes no difference.
    package fileprivate(set) var pValue = 1.0
    /// That probability after Holm's correction for the number of sources.
    package fileprivate(set) var adjustedPValue = 1.0
    /// What removing it does.
    package var verdict: Verdict {
      guard adjustedPValue <= SourceEffects.errorRate else { return .unclear }
      return difference.mean < 0 ? .helps : .hurts
    }
  }

  /// The probability of naming any source where none makes a difference.
  package static let errorRate = 0.05

  /// Accuracy with all rows.
  package private(set) var all = RunningMoments()

  /// The sources, in the order in which they first occur.
  package private(set) var effects: [Effect]

  /// Validation rows of each seed.
  package let validationCount: Int

  /// Rows, of those that validation rows are drawn from, that are left to train on.
  package let poolTrainingCount: Int

  init(_ study: SourceStudy, validationCount: Int) {
    self.validationCount = validationCount
    let rows = study.rowCounts
    let pool = study.trusted.map { rows[$0] } ?? study.dataset.sampleCount
    poolTrainingCount = pool - validationCount
    effects = study.sources.indices.map { Effect(name: study.sources[$0], rowCount: rows[$0]) }
  }

  mutating func add(all accuracy: Double, without: [Double]) {
    all.add(accuracy)
    for (g, other) in without.enumerated() {
      effects[g].without.add(other)
      effects[g].difference.add(accuracy - other)
    }
  }

  mutating func add(shapley values: [Double]) {
    for (g, value) in values.enumerated() { effects[g].shapley.add(value) }
  }

  /// Tests every Δ against 0.
  ///
  ///     t = mean(Δ) / (sd·√(1/n + m/(N − m))),  n − 1 degrees of freedom
  ///
  /// with n seeds, and m of N rows validated on. Seeds divide the same rows again and again, so their
  /// differences are not independent: without the second term any two sources would differ for
  /// enough seeds. With it the interval is one for other rows of the same kind, and more seeds do
  /// not narrow it below that. It is wider than it need be: on clean rows no source was named in 900
  /// simulated data sets, where 45 were allowed.
  ///
  /// Source: Nadeau, Bengio, "Inference for the generalization error", Machine Learning 52 (2003),
  /// section 3; Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
  /// Journal of Statistics 6 (1979).
  mutating func judge() {
    for g in effects.indices {
      let moments = effects[g].difference
      effects[g].interval = moments.populationInterval(
        validationCount: validationCount, trainingCount: poolTrainingCount)
      effects[g].pValue = pValue(moments)
    }
    let adjusted = Holm.adjusted(effects.map(\.pValue))
    for g in effects.indices { effects[g].adjustedPValue = adjusted[g] }
  }

  private func pValue(_ moments: RunningMoments) -> Double {
    guard let deviation = moments.standardDeviation else { return 1 }
    let share =
      1 / Double(moments.count) + Double(validationCount) / Double(poolTrainingCount)
    let scale = deviation * share.squareRoot()
    // Without any spread, a difference of 0 is none and any other is certain.
    guard scale > 0 else { return moments.mean == 0 ? 1 : 0 }
    return 2
      * StudentT(degreesOfFreedom: moments.count - 1)
      .cumulative(-abs(moments.mean) / scale)
  }
}

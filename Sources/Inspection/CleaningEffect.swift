public import Datasets
import Defenses
import LinAlg
public import Models
public import Statistics
import Sweeps

/// What leaving rows out of training, or learning other labels for them, does to accuracy on the others, in
/// repeated cross-validation.
///
///     Δ = accuracy after − accuracy with the rows as they are, on the same rows of the fold
///
/// Only rows that are not among those treated are judged, so labels that look wrong do not count either way.
/// Intervals are those for new rows, which training sets that overlap would otherwise make too narrow.
///
/// Source: Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52 (2003),
/// section 3.
public struct CleaningEffect: Sendable {
  /// What becomes of the rows that look wrong.
  public enum Cleaning: String, Sendable, Encodable, CaseIterable {
    /// They are left out.
    case removed
    /// Those whose labels are called wrong have the suggested ones; others stay as they are.
    case corrected
  }

  /// What becomes of the rows.
  public let cleaning: Cleaning

  /// The model.
  public let model: ModelChoice

  /// Accuracy with all rows in training.
  public let before: RunningMoments

  /// Accuracy once the rows are cleaned.
  public let after: RunningMoments

  /// Δ, one value a fold.
  public let difference: RunningMoments

  /// The 95 % interval of Δ for new rows; nil where there are too few folds.
  public let interval: Interval?

  /// Number of rows of another file that are judged on, each once; nil for cross-validation.
  public let judgedCount: Int?

  private static let foldCount = 5

  /// Rows beyond which a random sample of so many is used.
  public static let rowLimit = 10_000

  /// Measures the effect of cleaning the rows that an inspection found, over `repeats` divisions into five
  /// folds, or as many as there are groups, which stay together.
  public init(
    _ dataset: Dataset, _ findings: [Inspection.Finding], _ cleaning: Cleaning,
    scaler: ScalerKind, model: ModelChoice, repeats: Int, seed: UInt32, threads: Int
  ) {
    (self.model, self.cleaning) = (model, cleaning)
    let removed = Set(findings.map(\.row))
    var taught = dataset.labels
    if cleaning == .corrected {
      for finding in findings { taught[finding.row] = finding.suggested ?? taught[finding.row] }
    }
    let corrected = taught
    let rows = Self.sample(dataset, seed)
    let labels = rows.map { dataset.labels[$0] }
    let divisions = (0..<repeats).map { repeated in
      var stream = RandomStream(
        key: .standard, purpose: .inspectionFolds, seed: seed, row: repeated)
      let groups = dataset.groups?.selecting(rows)
      return groups.map {
        CrossValidation(
          labels, classCount: dataset.classCount, groups: $0.indices, foldCount: Self.foldCount,
          &stream)
      }
        ?? CrossValidation(
          labels, classCount: dataset.classCount, foldCount: Self.foldCount, &stream)
    }
    let counts = Parallel.map(repeats * Self.foldCount, threads: threads) { index in
      let fold = divisions[index / Self.foldCount].folds
      let number = index % Self.foldCount
      let train = rows.indices.filter { fold[$0] != number }.map { rows[$0] }
      let judged = rows.indices.filter { fold[$0] == number && !removed.contains(rows[$0]) }
        .map { rows[$0] }
      let kept = cleaning == .removed ? train.filter { !removed.contains($0) } : train
      return (
        total: judged.count,
        before: dataset.correct(of: judged, by: model, on: train, scaler: scaler),
        after: dataset.correct(
          of: judged, by: model, on: kept, taught: corrected, scaler: scaler)
      )
    }
    var (before, after) = (RunningMoments(), RunningMoments())
    var difference = RunningMoments()
    for count in counts where count.total > 0 {
      before.add(Double(count.before) / Double(count.total))
      after.add(Double(count.after) / Double(count.total))
      difference.add(Double(count.after - count.before) / Double(count.total))
    }
    (self.before, self.after, self.difference) = (before, after, difference)
    judgedCount = nil
    interval = difference.populationInterval(
      validationCount: rows.count / Self.foldCount,
      trainingCount: rows.count - rows.count / Self.foldCount)
  }

  /// Measures the effect on clean rows of another file, which have the columns and classes of the set: models
  /// learn from all rows before and from the cleaned ones after.
  ///
  /// Its values, and the interval of Δ, are those of single rows.
  public init(
    _ dataset: Dataset, _ findings: [Inspection.Finding], _ cleaning: Cleaning,
    scaler: ScalerKind, model: ModelChoice, judgedOn judged: LabeledRows, seed: UInt32,
    threads: Int
  ) {
    (self.model, self.cleaning, judgedCount) = (model, cleaning, judged.count)
    let removed = Set(findings.map(\.row))
    var taught = dataset.labels
    if cleaning == .corrected {
      for finding in findings { taught[finding.row] = finding.suggested ?? taught[finding.row] }
    }
    let rows = Self.sample(dataset, seed)
    let kept = cleaning == .removed ? rows.filter { !removed.contains($0) } : rows
    let right = [(rows, dataset.labels), (kept, taught)].map { rows, labels in
      dataset.areCorrect(
        judged, by: model, on: rows, taught: labels, scaler: scaler, threads: threads)
    }
    var (before, after) = (RunningMoments(), RunningMoments())
    var difference = RunningMoments()
    for (first, second) in zip(right[0], right[1]) {
      before.add(first ? 1 : 0)
      after.add(second ? 1 : 0)
      difference.add((second ? 1 : 0) - (first ? 1 : 0))
    }
    (self.before, self.after, self.difference) = (before, after, difference)
    interval = difference.measuring(.difference(ofRows: 1)).interval()
  }

  private static func sample(_ dataset: Dataset, _ seed: UInt32) -> [Int] {
    guard dataset.sampleCount > rowLimit else { return Array(0..<dataset.sampleCount) }
    var stream = RandomStream(
      key: .standard, purpose: .inspectionFolds, seed: seed, row: Int(UInt32.max))
    return stream.permutation(of: dataset.sampleCount, prefix: rowLimit).sorted()
  }
}

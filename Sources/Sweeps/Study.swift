public import Datasets
import Defenses
public import LinAlg
import Models
import Poisoning

/// What is varied and what is kept, checked: data, split, conditions, scaling and models.
///
/// Everything a fit depends on is in the study, the condition, the model and the seed.
public struct Study: Sendable {
  /// The data.
  public let dataset: Dataset

  /// The key of all random draws.
  public let key: RandomKey

  /// The share of rows kept aside, clean, for validation.
  public let validationShare: Double

  /// The share of the other rows that somebody vouches for: defences see them, models do not.
  public let trustedShare: Double

  /// How features are scaled.
  public let scaler: ScalerKind

  /// Which rows the scaler is fitted to.
  public let scalerPolicy: ScalerPolicy

  /// The states of the training data.
  public let conditions: [Condition]

  /// The models.
  public let models: [ModelChoice]

  /// Number of training rows of every split, before any attack.
  public let trainingCount: Int

  /// Number of rows each condition poisons.
  public let poisonedCounts: [Int]

  /// Number of rows each condition trains on.
  public let trainingCounts: [Int]

  /// Number of validation rows of every split.
  public let validationCount: Int

  /// Checks that every cell can be run.
  ///
  /// Class counts of the training rows are the same for every seed, so one split shows it.
  /// - Throws: `SweepsError` for a split, level or number of neighbours the data do not allow, or a
  ///   defence that is for none of the models or lacks trusted rows.
  public init(
    dataset: Dataset, key: RandomKey = .standard, validationShare: Double = 0.2,
    trustedShare: Double = 0, scaler: ScalerKind = .standard,
    scalerPolicy: ScalerPolicy = .poisoned,
    conditions: [Condition], models: [ModelChoice]
  ) throws(SweepsError) {
    self.dataset = dataset
    self.key = key
    self.validationShare = validationShare
    self.trustedShare = trustedShare
    self.scaler = scaler
    self.scalerPolicy = scalerPolicy
    self.conditions = conditions
    self.models = models

    let split: Split
    do {
      split = try Split.stratified(
        dataset, validationShare: validationShare, trustedShare: trustedShare, key: key, seed: 0)
    } catch {
      throw .dataset(error)
    }
    let classCounts = split.train.reduce(into: Array(repeating: 0, count: dataset.classCount)) {
      $0[dataset.labels[$1]] += 1
    }
    for condition in conditions {
      do {
        try condition.attack.validate(condition.level, classCounts: classCounts)
      } catch {
        throw .poisoning(error)
      }
    }
    for condition in conditions {
      try Self.check(condition.defense, models: models, hasTrusted: trustedShare > 0)
    }
    poisonedCounts = conditions.map { $0.rowCount(of: split.train.count) }
    trainingCounts = zip(conditions, poisonedCounts).map { condition, count in
      condition.attack.flow.trainingCount(split.train.count, poisoned: count)
    }
    let fewest = min(trainingCounts.min() ?? split.train.count, split.train.count)
    for model in models where model.kind == .kNN {
      let neighbors = model.parameters.neighborCount
      guard neighbors <= fewest else {
        throw .tooManyNeighbors(neighbors, trainingCount: fewest)
      }
    }
    trainingCount = split.train.count
    validationCount = split.validation.count
  }

  private static func check(
    _ defense: DefenseChain, models: [ModelChoice], hasTrusted: Bool
  ) throws(SweepsError) {
    if let name = defense.trustingDefense, !hasTrusted {
      throw .defense(.needsTrusted(defense: name))
    }
    guard models.isEmpty || models.contains(where: { defense.isApplicable(to: $0.kind) }) else {
      throw .defenseWithoutModel(
        defense: defense.specification, models: models.map(\.kind.rawValue))
    }
  }

  /// Whether a cell is fitted: a defence in training may not be for the kind of model.
  public func isFitted(condition: Int, model: Int) -> Bool {
    conditions[condition].defense.isApplicable(to: models[model].kind)
  }
}

public import Datasets
import Defenses
import Documents
public import LinAlg
public import Models
import Poisoning

/// What is varied and what is kept, checked: data, split, conditions, scaling and models.
///
/// Everything a fit depends on is in the study, the condition, the model and the seed.
public struct Study: Sendable {
  private let data: StudyData

  /// The data; after them the rows of the file that models are judged on, where there is one.
  public var dataset: Dataset { data.dataset }

  /// The digest of the data alone.
  public var dataDigest: String { data.digest }

  /// The file whose rows models are judged on; nil where those are rows of the data.
  public var validationFile: ValidationFile? { data.validationFile }

  /// The key of all random draws.
  public let key: RandomKey

  /// The share of rows kept aside, clean, for validation; 0 where those of a file are.
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

  /// Where the rows of a seed come from.
  public let source: RowSource

  /// Number of rows of a seed that can be trained on, before any attack.
  public let trainingCount: Int

  /// Number of rows the level of each condition refers to.
  public let attackedCounts: [Int]

  /// Number of rows each condition poisons.
  public let poisonedCounts: [Int]

  /// Number of rows each condition trains on.
  public let trainingCounts: [Int]

  /// Number of validation rows of every split.
  public let validationCount: Int

  /// Number of rows of every split that are for nothing, because groups stay together.
  public let setAsideCount: Int

  /// Draws the rows of one seed after another; nil where a generator does.
  private let rowSplitter: StratifiedSplitter?

  /// Checks that every cell can be run.
  ///
  /// Class counts of the training rows are the same for every seed, so those of one show it. Where there
  /// are rows of another file, `validation`, models are judged on those, and all of the data are trained on.
  /// - Throws: `SweepsError` for features that cannot be scaled, a split, rows, level or number of
  ///   neighbours the data do not allow, or a defence that is for none of the models, or a defence or
  ///   scaler that lacks trusted rows, or a file for validation that does not fit the data.
  public init(
    dataset: Dataset, validation: Dataset? = nil, key: RandomKey = .standard,
    validationShare: Double = 0.2,
    trustedShare: Double = 0, scaler: ScalerKind = .standard,
    scalerPolicy: ScalerPolicy = .poisoned, source: RowSource = .split,
    conditions: [Condition], models: [ModelChoice]
  ) throws(SweepsError) {
    try self.init(
      StudyData(dataset, validation: validation), key: key, validationShare: validationShare,
      trustedShare: trustedShare, scaler: scaler, scalerPolicy: scalerPolicy, source: source,
      conditions: conditions, models: models)
  }

  init(
    _ data: StudyData, key: RandomKey = .standard, validationShare: Double, trustedShare: Double,
    scaler: ScalerKind, scalerPolicy: ScalerPolicy, source: RowSource, conditions: [Condition],
    models: [ModelChoice]
  ) throws(SweepsError) {
    let dataset = data.dataset
    if case .generator = source {
      guard data.validationFile == nil else { throw .validationOfGenerator }
      if let column = dataset.groups?.column ?? dataset.sampleWeights?.column {
        throw .rowColumnOfGenerator(column: column)
      }
    }
    (self.data, self.key, self.source) = (data, key, source)
    self.validationShare = data.validationFile == nil ? validationShare : 0
    self.trustedShare = trustedShare
    (self.scaler, self.scalerPolicy) = (scaler, scalerPolicy)
    (self.conditions, self.models) = (conditions, models)

    try converting(try dataset.requireScalable(), to: SweepsError.dataset)
    if scalerPolicy == .vouched {
      let areDrawn = if case .generator = source { true } else { false }
      guard trustedShare > 0, !areDrawn else { throw .noVouchedRows(areDrawn: areDrawn) }
    }
    let labels: [Int]
    if case .generator(let choice, let pool, let validation) = source {
      let generator = try converting(
        try choice.generator(for: dataset), to: SweepsError.dataset)
      labels = ClassSequence.labels(count: pool, priors: generator.priors)
      (validationCount, setAsideCount, rowSplitter) = (validation, 0, nil)
    } else {
      var splitter = try converting(
        try data.splitter(validationShare: validationShare, trustedShare: trustedShare),
        to: SweepsError.dataset)
      rowSplitter = splitter
      splitter.draw(key: key, seed: 0)
      labels = Self.trainingLabels(splitter.split, dataset, grows: source.grows, key: key)
      (validationCount, setAsideCount) = (splitter.split.validation.count, splitter.setAsideCount)
    }
    let pool = labels.count
    trainingCount = pool
    for case let rows? in conditions.map(\.rows) {
      guard source.grows, rows.attacked >= 1, rows.added >= 0, rows.count <= pool else {
        throw .rowsNotThere(rows, available: pool)
      }
    }
    attackedCounts = conditions.map { $0.rows?.attacked ?? pool }
    for (condition, count) in zip(conditions, attackedCounts) {
      let classCounts = labels.prefix(count).reduce(
        into: Array(repeating: 0, count: dataset.classCount)
      ) { $0[$1] += 1 }
      try converting(
        try condition.attack.validate(condition.level, classCounts: classCounts),
        to: SweepsError.poisoning)
    }
    for condition in conditions {
      try Self.check(condition.defense, models: models, hasTrusted: trustedShare > 0)
    }
    poisonedCounts = zip(conditions, attackedCounts).map { $0.rowCount(of: $1) }
    trainingCounts = zip(conditions, zip(attackedCounts, poisonedCounts)).map { condition, counts in
      condition.attack.flow.trainingCount(counts.0, poisoned: counts.1)
        + (condition.rows?.added ?? 0)
    }
    let fewest = trainingCounts.min() ?? pool
    let limit = source.grows ? fewest : min(fewest, pool)
    for case let classifier as NearestNeighbors in models.map(\.learner) {
      let neighbors = classifier.neighborCount
      guard neighbors <= limit else {
        throw .tooManyNeighbors(neighbors, trainingCount: limit)
      }
    }
  }

  /// The classes of the training rows, in the order in which sets grow; the same for every seed but for
  /// their order in a plain split.
  private static func trainingLabels(
    _ split: Split, _ dataset: Dataset, grows: Bool, key: RandomKey
  ) -> [Int] {
    let rows =
      grows
      ? GrowthOrder.rows(
        split.train, labels: dataset.labels, classCount: dataset.classCount, key: key, seed: 0)
      : split.train
    return rows.map { dataset.labels[$0] }
  }

  /// Draws the rows of one seed after another.
  ///
  /// - Precondition: The rows are not those of a generator.
  var splitter: StratifiedSplitter {
    guard let rowSplitter else { preconditionFailure("A study whose rows a generator draws") }
    return rowSplitter
  }

  private static func check(
    _ defense: DefenseChain, models: [ModelChoice], hasTrusted: Bool
  ) throws(SweepsError) {
    if let name = defense.trustingDefense, !hasTrusted {
      throw .specification(DefenseCatalog.lackOfTrusted(for: name))
    }
    guard models.isEmpty || models.contains(where: { defense.isApplicable(to: $0.learner) }) else {
      throw .defenseWithoutModel(
        defense: defense.specification, models: models.map(\.model))
    }
  }
}

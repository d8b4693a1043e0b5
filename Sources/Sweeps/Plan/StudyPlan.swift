public import Datasets
import Documents
public import Models
public import Poisoning

/// What is to be run, as a plan file or the command line says it, before any data are read.
///
/// Experiments, tournaments, mitigations, sweeps and curves differ in the conditions they make of the same
/// attacks, defences and levels.
public struct StudyPlan: Sendable {
  /// The largest number of cells, conditions × models.
  public static let maximumCellCount = 10_000

  /// What the study is about.
  public var kind: StudyRequest.Kind

  /// Where the data are; each set is a study of its own.
  public var data = [DataSource()]

  /// The attacks, as NAME or NAME:key=value, or `all`.
  public var attacks = ["uniform"]

  /// The defences, as NAME, NAME:key=value or a chain of them, or `all`; each is compared with none.
  public var defenses: [String] = []

  /// The poison levels.
  public var levels = standardLevels

  /// The models with their parameters.
  public var models = ModelCatalog.standard

  /// Whether an experiment compares the other attacks at the highest level.
  public var comparesAttacks = true

  /// Which rows curves train on.
  public var curves = CurveDesign()

  /// The share of rows kept aside, clean, for validation, where no file has such rows.
  public var validationShare = 0.2

  /// The file whose rows models are judged on; nil for a share of the data.
  public var validationFile: String?

  /// The share of the other rows that somebody vouches for.
  public var trustedShare = 0.0

  /// How features are scaled.
  public var scaler = ScalerKind.standard

  /// Which rows the scaler is fitted to.
  public var scalerPolicy = ScalerPolicy.poisoned

  /// The first seed.
  public var firstSeed: UInt32 = 0

  /// How many seeds, as it was asked for.
  public var seeds = SeedWish()

  /// The text of the plan file, if there was one.
  public var text: String?

  /// A plan whose values are those the command line has by default.
  public init(_ kind: StudyRequest.Kind) { self.kind = kind }

  private static let standardLevels = [0, 0.05, 0.1, 0.5].compactMap { try? PoisonLevel($0) }

  /// A study that was planned, and what is wanted of it.
  public struct Planned: Sendable {
    /// The study.
    public let study: Study
    /// How many seeds, and what took no part.
    public let request: StudyRequest
  }

  /// The study of the plan for a data set.
  ///
  /// What is named twice counts once. `validation` are the rows of `validationFile`, where there is one.
  /// - Throws: `SweepsError` for attacks, defences, levels, neighbours or a split the data do not allow, or
  ///   rows for validation that do not fit them.
  public func study(
    of dataset: Dataset, validation: Dataset? = nil
  ) throws(SweepsError) -> Planned {
    let models = models.distinct(by: \.name)
    let data = try StudyData(dataset, validation: validation)
    let source = kind == .curves ? try curves.source(self, data) : .split
    let make = { (conditions: [Condition]) throws(SweepsError) in
      try Study(
        data, validationShare: validationShare, trustedShare: trustedShare,
        scaler: scaler, scalerPolicy: scalerPolicy, source: source, conditions: conditions,
        models: models)
    }
    var field = ConditionField(self, models: models, data: data, make: make)
    try field.fill()
    guard field.conditions.count * models.count <= Self.maximumCellCount else {
      throw .tooManyCells(limit: Self.maximumCellCount)
    }
    let study = try make(field.conditions)
    let extent = try converting(
      try seeds.extent(standard: kind.standardSeedCount(study), firstSeed: firstSeed),
      to: SweepsError.extent)
    guard kind != .curves || extent.maximumSeedCount > 1 else {
      throw .extent(
        SweepExtentError(
          key: .seeds, value: "\(extent.maximumSeedCount)", accepted: "a whole number from 2 up"))
    }
    return Planned(
      study: study,
      request: StudyRequest(kind, extent, leftOut: field.leftOut, planText: text))
  }
}

extension StudyRequest.Kind {
  /// Number of seeds unless another is asked for.
  fileprivate func standardSeedCount(_ study: Study) -> Int {
    switch self {
    case .experiment: 10_000
    case .tournament, .sweep: 1_000
    case .mitigation: 200
    case .curves: study.trainingCount > 1_000 ? 40 : 200
    }
  }
}

public import Datasets
public import Poisoning

/// What a sweep is to do, as a plan file or the command line says it, before any data are read.
public struct SweepPlan: Sendable {
  /// The largest number of cells, conditions × models.
  public static let maximumCellCount = 10_000

  /// Where the data are.
  public var data = DataSource()

  /// The attacks, as NAME or NAME:key=value.
  public var attacks = ["uniform"]

  /// The poison levels.
  public var levels: [PoisonLevel]

  /// The models with their parameters.
  public var models: [ModelChoice]

  /// The share of rows kept aside, clean, for validation.
  public var validationShare = 0.2

  /// How features are scaled.
  public var scaler = ScalerKind.standard

  /// Which rows the scaler is fitted to.
  public var scalerPolicy = ScalerPolicy.poisoned

  /// The first seed.
  public var firstSeed: UInt32 = 0

  /// How many seeds.
  public var extent = SweepExtent()

  /// A plan whose other values are those the command line has by default.
  public init(levels: [PoisonLevel], models: [ModelChoice]) {
    self.levels = levels
    self.models = models
  }

  /// The study of the plan.
  ///
  /// Level 0 is one condition whatever the attacks, and the first; then come the attacks, each at
  /// its levels in ascending order. What is named twice counts once.
  /// - Throws: `SweepsError` for attacks, levels, neighbours or a split the data do not allow.
  public func study(of dataset: Dataset) throws(SweepsError) -> Study {
    var conditions: [Condition] = []
    do {
      let attacks = try attacks.map { text throws(PoisoningError) in
        try AttackCatalog.attack(text, for: dataset)
      }
      if let first = attacks.first, levels.contains(.clean) {
        conditions.append(Condition(attack: first, level: .clean))
      }
      var seen: Set<String> = []
      for attack in attacks where seen.insert(attack.specification).inserted {
        for level in Set(levels).sorted() where level != .clean {
          conditions.append(Condition(attack: attack, level: level))
        }
      }
    } catch {
      throw .poisoning(error)
    }
    var names: Set<String> = []
    return try Study(
      dataset: dataset, validationShare: validationShare, scaler: scaler,
      scalerPolicy: scalerPolicy, conditions: conditions,
      models: models.filter { names.insert($0.name).inserted })
  }
}

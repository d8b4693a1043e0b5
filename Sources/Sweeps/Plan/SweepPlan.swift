public import Datasets
import Defenses
public import Models
public import Poisoning

/// What a sweep is to do, as a plan file or the command line says it, before any data are read.
public struct SweepPlan: Sendable {
  /// The largest number of cells, conditions × models.
  public static let maximumCellCount = 10_000

  /// Where the data are.
  public var data = DataSource()

  /// The attacks, as NAME or NAME:key=value.
  public var attacks = ["uniform"]

  /// The defences, as NAME, NAME:key=value or a chain of such with pluses; each is compared with
  /// none.
  public var defenses: [String] = []

  /// The poison levels.
  public var levels: [PoisonLevel]

  /// The models with their parameters.
  public var models: [ModelChoice]

  /// The share of rows kept aside, clean, for validation.
  public var validationShare = 0.2

  /// The share of the other rows that somebody vouches for.
  public var trustedShare = 0.0

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
  /// its levels in ascending order. Each is there without defences first and then with each of
  /// them. What is named twice counts once.
  /// - Throws: `SweepsError` for attacks, levels, neighbours or a split the data do not allow.
  public func study(of dataset: Dataset) throws(SweepsError) -> Study {
    let chains = try chains(for: dataset)
    var conditions: [Condition] = []
    do {
      let attacks = try attacks.map { text throws(PoisoningError) in
        try AttackCatalog.attack(text, for: dataset)
      }
      if let first = attacks.first, levels.contains(.clean) {
        conditions += chains.map { Condition(attack: first, level: .clean, defense: $0) }
      }
      var seen: Set<String> = []
      for attack in attacks where seen.insert(attack.specification).inserted {
        for level in Set(levels).sorted() where level != .clean {
          conditions += chains.map { Condition(attack: attack, level: level, defense: $0) }
        }
      }
    } catch {
      throw .poisoning(error)
    }
    var names: Set<String> = []
    return try Study(
      dataset: dataset, validationShare: validationShare, trustedShare: trustedShare,
      scaler: scaler, scalerPolicy: scalerPolicy, conditions: conditions,
      models: models.filter { names.insert($0.name).inserted })
  }

  /// No defence, and the defences asked for, each once.
  private func chains(for dataset: Dataset) throws(SweepsError) -> [DefenseChain] {
    var chains = [DefenseChain.none]
    for text in defenses {
      do {
        let chain = try DefenseCatalog.chain(text, for: dataset)
        if !chains.contains(where: { $0.specification == chain.specification }) {
          chains.append(chain)
        }
      } catch {
        throw .defense(error)
      }
    }
    return chains
  }
}

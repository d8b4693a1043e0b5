public import Datasets
public import Defenses
public import Poisoning

/// Which sets of rows a study of curves trains on.
///
///     clean     s rows, for every size s, n and n + m
///     REPLACE   s rows of which the level is poisoned
///     RECOVER   n rows of which the level is poisoned, and m clean ones
///     DELETE    n rows without those that would have been poisoned
///
/// n is the base and m runs through `added`. Sets are nested and the same seed has the same rows, the
/// same poison and the same validation rows in all of them.
public struct CurvePlan: Sendable {
  /// Number of rows n that the answers are about.
  public var base: Int

  /// Numbers of clean rows m that are added to the base; 0 is always among them.
  public var added: [Int]

  /// Other sizes that are poisoned.
  public var sizes: [Int]

  /// Sizes that stay clean.
  public var cleanSizes: [Int]

  /// The levels above 0.
  public var levels: [PoisonLevel]

  /// A plan.
  public init(
    base: Int, added: [Int], sizes: [Int], cleanSizes: [Int] = [], levels: [PoisonLevel]
  ) {
    (self.base, self.added, self.sizes, self.cleanSizes) = (base, added, sizes, cleanSizes)
    self.levels = levels
  }

  /// The plan of a base of which `available` rows of a seed are the end: sizes from a quarter to eight times
  /// the base are poisoned as far as rows go, and shares of the base added.
  public init(
    base: Int, available: Int = .max, shares: [Double] = addedShares, levels: [PoisonLevel]
  ) {
    let counts = shares.map { Int(($0 * Double(base)).rounded()) }
      .filter { $0 <= available - base }
    let pool = base + (counts.max() ?? 0)
    self.init(
      base: base, added: counts,
      sizes: [0.25, 0.5, 2, 4, 8].map { Int((Double(base) * $0).rounded()) }
        .filter { $0 >= 16 && $0 <= pool },
      cleanSizes: Self.anchors(upTo: base - 1), levels: levels)
  }

  /// Shares m/n that are added, from none to nine times the base.
  public static let addedShares = [
    0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8.5,
  ]

  /// Sizes by factors of √2 from 16 up to a limit, as learning curves are usually measured.
  public static func anchors(upTo limit: Int) -> [Int] {
    var (sizes, size): ([Int], Double) = ([], 16)
    while Int(size.rounded()) <= limit {
      sizes.append(Int(size.rounded()))
      size *= 2.0.squareRoot()
    }
    return sizes
  }

  /// The largest number of rows that any condition takes from a seed.
  public var poolCount: Int {
    max(base + (added.max() ?? 0), (sizes + cleanSizes).max() ?? 0)
  }

  /// The conditions, each once, without poison first and small sets before large ones; each defence is
  /// compared with none.
  public func conditions(
    of attacks: [any Attack], behind chains: [DefenseChain] = [], for dataset: Dataset
  ) -> [Condition] {
    let added = Set(added + [0]).sorted()
    let clean = Set(sizes + cleanSizes + added.map { base + $0 }).sorted()
    var conditions = clean.map { size in
      Condition.clean(rows: TrainingRows(attacked: size))
    }
    conditions += chains.map { Condition.clean(defense: $0, rows: TrainingRows(attacked: base)) }
    for attack in attacks {
      let control = attack.control(for: dataset)
      for level in Set(levels).subtracting([.clean]).sorted() {
        conditions += Set(sizes).subtracting([base]).sorted().map { size in
          Condition(attack: attack, level: level, rows: TrainingRows(attacked: size))
        }
        if let control {
          conditions.append(
            Condition(attack: control, level: level, rows: TrainingRows(attacked: base)))
        }
        for chain in [.none] + chains {
          conditions += added.map { count in
            Condition(
              attack: attack, level: level, defense: chain,
              rows: TrainingRows(attacked: base, added: count))
          }
        }
      }
    }
    return conditions
  }
}

import Statistics
import Sweeps

/// Right predictions under some conditions, weighed and added up, seed by seed: such as those of one less those
/// of another.
///
/// Sums of whole numbers, block by block: exact, in any order, in memory that seeds do not add to.
struct PairedCounts: Sendable {
  /// A condition, and how often its counts are added.
  struct Term: Sendable {
    let condition: Int
    let weight: Int
  }

  private let terms: [Term]
  private var sum = CountSums()
  private var sumsOfModels: [CountSums]

  /// Nothing yet, of the models that are fitted in all of the conditions.
  init(_ terms: [Term], modelCount: Int) {
    self.terms = terms
    sumsOfModels = Array(repeating: CountSums(), count: modelCount)
  }

  /// Nothing yet, of one condition less another.
  init(_ condition: Int, less other: Int, modelCount: Int) {
    self.init(
      [Term(condition: condition, weight: 1), Term(condition: other, weight: -1)],
      modelCount: modelCount)
  }

  mutating func add(_ block: SeedBlock) {
    let count = sumsOfModels.count
    let fitted = (0..<count).compactMap { model -> (model: Int, counts: [([UInt32], Int)])? in
      let cells = terms.map { (block.cells[$0.condition * count + model], $0.weight) }
      return cells.allSatisfy { $0.0.isFitted } ? (model, cells.map { ($0.0.correct, $0.1) }) : nil
    }
    for seed in 0..<block.seedCount {
      var all = 0
      for (model, counts) in fitted {
        let value = counts.reduce(0) { $0 + Int($1.0[seed]) * $1.1 }
        sumsOfModels[model].add(value)
        all += value
      }
      sum.add(all)
    }
  }

  /// The models that were fitted.
  var models: [Int] { sumsOfModels.indices.filter { sumsOfModels[$0].count > 0 } }

  /// The mean over the models of shares of so many rows.
  func moments(of rows: Int) -> RunningMoments {
    sum.moments(of: models.count * rows).measuring(.difference(ofRows: rows))
  }

  /// The shares of each model.
  func momentsOfModels(of rows: Int) -> [RunningMoments] {
    sumsOfModels.map { $0.moments(of: rows).measuring(.difference(ofRows: rows)) }
  }
}

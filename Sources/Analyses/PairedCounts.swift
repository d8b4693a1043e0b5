import Statistics
import Sweeps

/// Right predictions under one condition less those under another, seed by seed.
///
/// Sums of whole numbers, block by block: exact, in any order, in memory that seeds do not add to.
struct PairedCounts: Sendable {
  private let condition: Int
  private let other: Int
  /// The condition whose models count: a defence may not be for all.
  private let judged: Int
  private var sum = CountSums()
  private var sumsOfModels: [CountSums]

  /// Nothing yet, of the models that are fitted in both conditions and a third.
  init(_ condition: Int, less other: Int, fittedIn judged: Int? = nil, modelCount: Int) {
    (self.condition, self.other, self.judged) = (condition, other, judged ?? condition)
    sumsOfModels = Array(repeating: CountSums(), count: modelCount)
  }

  mutating func add(_ block: SeedBlock) {
    let count = sumsOfModels.count
    let pairs = (0..<count).compactMap { model -> (Int, [UInt32], [UInt32])? in
      let cells = [condition, other, judged].map { block.cells[$0 * count + model] }
      return cells.allSatisfy(\.isFitted) ? (model, cells[0].correct, cells[1].correct) : nil
    }
    for seed in 0..<block.seedCount {
      var all = 0
      for (model, right, otherRight) in pairs {
        let difference = Int(right[seed]) - Int(otherRight[seed])
        sumsOfModels[model].add(difference)
        all += difference
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

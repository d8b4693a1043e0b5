package import Datasets
import Documents
package import LinAlg
package import Models
import Sweeps

/// What each source of rows does to a model: accuracy with all rows against accuracy without it.
///
///     Δ_g = accuracy(all rows) − accuracy(all rows but those of g)
///
/// Both on the same validation rows of the same seed, so differences are paired. A source whose
/// removal helps has Δ_g < 0. The rows without g are fitted as if g had never been there: the scaler
/// does not see them either.
///
/// Validation rows are drawn by class, from all rows or, where a source is trusted, from its rows
/// alone. In the first case poison is among the judges: labels that are flipped in a source are
/// flipped in its validation rows too, so that dropping the source can look harmful, and where it is
/// large the clean sources look bad. Only a trusted source prevents that.
package struct SourceStudy: Sendable {
  /// Sources of which all sets can be fitted for Shapley values.
  package static let subsetLimit = 12

  /// The rows.
  package let dataset: Dataset

  /// The names of the sources, in the order in which they first occur.
  package let sources: [String]

  /// The source of each row, an index of `sources`.
  package let sourceOfRow: [Int]

  /// The source whose rows alone are validated on.
  package let trusted: Int?

  /// The model.
  package let model: ModelChoice

  /// How features are scaled.
  package let scaler: ScalerKind

  /// The share of rows, or of those of the trusted source, that are validated on.
  package let validationShare: Double

  /// The key of all random draws.
  package let key: RandomKey

  /// The rows that validation rows are drawn from.
  private let pool: [Int]

  /// Checks that the study can be run.
  ///
  /// - Parameters:
  ///   - sourceOfRow: The name of the source of each row.
  /// - Throws: `SourceStudyError.oneSource`, `.unknownSource`, `.dataset` for a share that cannot be
  ///   drawn.
  /// - Precondition: There is a name for each row.
  package init(
    _ dataset: Dataset, sourceOfRow names: [String], trusted: String? = nil, model: ModelChoice,
    scaler: ScalerKind = .standard, validationShare: Double = 0.2, key: RandomKey = .standard
  ) throws(SourceStudyError) {
    precondition(
      names.count == dataset.sampleCount,
      "\(names.count) sources of \(dataset.sampleCount) rows")
    let (order, numbers) = Self.numbered(names)
    guard order.count > 1 else { throw .oneSource(order.first ?? "") }
    let place = trusted.flatMap { name in
      order.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    }
    if let trusted, place == nil { throw .unknownSource(trusted, names: order) }
    (self.dataset, self.trusted) = (dataset, place)
    (sources, sourceOfRow) = (order, numbers)
    (self.model, self.scaler) = (model, scaler)
    (self.validationShare, self.key) = (validationShare, key)
    pool = numbers.indices.filter { place == nil || numbers[$0] == place }
    _ = try splitter()
  }

  /// Numbers names in the order in which they first occur; names are told apart by their bytes.
  private static func numbered(_ names: [String]) -> ([String], [Int]) {
    var places: [[UInt8]: Int] = [:]
    var order: [String] = []
    let numbers = names.map { name in
      let key = Array(name.utf8)
      if let place = places[key] { return place }
      places[key] = order.count
      order.append(name)
      return order.count - 1
    }
    return (order, numbers)
  }

  /// Number of rows of each source.
  package var rowCounts: [Int] {
    sourceOfRow.reduce(into: Array(repeating: 0, count: sources.count)) { $0[$1] += 1 }
  }

  private func splitter() throws(SourceStudyError) -> StratifiedSplitter {
    try converting(
      try StratifiedSplitter(
        labels: pool.map { dataset.labels[$0] }, classNames: dataset.classNames,
        groups: dataset.groups?.selecting(pool), validationShare: validationShare),
      to: SourceStudyError.dataset)
  }

  /// The rows to train on and to validate on under a seed, ascending; no group has rows among both.
  package func split(seed: UInt32) -> (train: [Int], validation: [Int]) {
    guard var splitter = try? splitter() else {
      preconditionFailure("A study whose rows cannot be split")
    }
    splitter.draw(key: key, seed: seed)
    let validation = splitter.split.validation.map { pool[$0] }
    let group = { (row: Int) in dataset.groups?.indices[row] ?? row }
    let judged = Set(validation.map(group))
    return (dataset.labels.indices.filter { !judged.contains(group($0)) }, validation)
  }

  /// Number of validation rows that a model gets right when it learns from some sources alone.
  func correct(_ split: (train: [Int], validation: [Int]), keeping isKept: [Bool]) -> Int {
    let rows = split.train.filter { isKept[sourceOfRow[$0]] }
    return dataset.correct(of: split.validation, by: model, on: rows, scaler: scaler)
  }

  /// Runs seeds.
  ///
  /// - Parameters:
  ///   - seedCount: Number of seeds, from `firstSeed` on; each is another draw of validation rows.
  ///   - withShapley: Whether every set of sources is fitted, 2^G fits a seed.
  ///   - threads: Number of threads; results do not depend on it.
  /// - Throws: `SourceStudyError.tooManySources`.
  /// - Precondition: `seedCount >= 2`.
  package func run(
    firstSeed: UInt32 = 0, seedCount: Int, withShapley: Bool = false, threads: Int
  ) throws(SourceStudyError) -> SourceEffects {
    let count = sources.count
    guard !withShapley || count <= Self.subsetLimit else {
      throw .tooManySources(count, limit: Self.subsetLimit)
    }
    precondition(seedCount >= 2, "\(seedCount) seeds leave no interval")
    let subsets = withShapley ? Self.allSets(of: count) : Self.largestSets(of: count)
    let correct = Parallel.map(seedCount, threads: threads) { index in
      let split = split(seed: firstSeed + UInt32(index))
      return subsets.map { self.correct(split, keeping: $0) }
    }
    // Splits are by class: these are the same for every seed.
    let labels = split(seed: firstSeed).validation.map { dataset.labels[$0] }
    let validationCount = labels.count
    let guessing = ConfusionMatrix(
      truth: labels, predicted: labels, classCount: dataset.classCount
    ).guessing
    var effects = SourceEffects(self, validationCount: validationCount)
    for counts in correct {
      let shares = counts.map { Double($0) / Double(validationCount) }
      // Without one source: set 2^G − 1 − 2^g of all, which begin with set 1; else g + 1.
      effects.add(
        all: shares[withShapley ? shares.count - 1 : 0],
        without: (0..<count).map { shares[withShapley ? shares.count - 1 - (1 << $0) : $0 + 1] })
      if withShapley { effects.add(shapley: shapley(shares, guessing: guessing)) }
    }
    effects.judge()
    return effects
  }

  /// All sources, then all but each.
  private static func largestSets(of count: Int) -> [[Bool]] {
    let all = [Bool](repeating: true, count: count)
    return [all]
      + all.indices.map { left in
        var set = all
        set[left] = false
        return set
      }
  }

  /// Every set of sources but the empty one: set s, at s − 1, holds source g where bit g of s is 1.
  private static func allSets(of count: Int) -> [[Bool]] {
    (1..<1 << count).map { set in (0..<count).map { set >> $0 & 1 == 1 } }
  }

  /// Shapley values of the sources for one seed.
  ///
  ///     φ_g = Σ over sets S without g of |S|!·(G − |S| − 1)!/G! · (v(S ∪ g) − v(S))
  ///
  /// v is accuracy; without any row that of always saying the commonest class of the validation rows.
  ///
  /// Source: Shapley, "A value for n-person games", Contributions to the theory of games II (1953).
  private func shapley(_ shares: [Double], guessing: Double) -> [Double] {
    let count = sources.count
    let value = { (set: Int) in set == 0 ? guessing : shares[set - 1] }
    // |S|!·(G − |S| − 1)!/G! = 1 / (G · binomial(G − 1, |S|)).
    var binomial = [1.0]
    for size in 1..<count {
      binomial.append(binomial[size - 1] * Double(count - size) / Double(size))
    }
    var values = [Double](repeating: 0, count: count)
    for set in 0..<1 << count {
      let weight = 1 / (Double(count) * binomial[min(set.nonzeroBitCount, count - 1)])
      for g in 0..<count where set >> g & 1 == 0 {
        values[g] += weight * (value(set | 1 << g) - value(set))
      }
    }
    return values
  }
}

/// A study of sources that cannot be run as asked.
package enum SourceStudyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// All rows come from one source.
  case oneSource(String)

  /// The trusted source is none of those there are.
  case unknownSource(String, names: [String])

  /// The rows cannot be divided so.
  case dataset(DatasetsError)

  /// Shapley values take a fit for each set of sources.
  case tooManySources(Int, limit: Int)

  /// What is wrong and what would be accepted, in one line.
  package var description: String {
    switch self {
    case .oneSource(let name):
      "All rows come from \(name.quotedExcerpt); there must be at least two sources to compare"
    case .unknownSource(let name, let names):
      "There is no source \(name.quotedExcerpt)"
        + Suggestion.clause(for: name, among: names)
        + " sources: \(names.prefix(12).joined(separator: ", "))"
    case .dataset(let error): "\(error)"
    case .tooManySources(let count, let limit):
      "Shapley values of \(count) sources take 2^\(count) fits a seed; at most \(limit) sources are "
        + "accepted"
    }
  }
}

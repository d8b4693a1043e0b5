import Documents
public import LinAlg
public import Poisoning
import Statistics
public import Store
public import Sweeps

/// Mean accuracy over numbers of clean and of poisoned rows, on all seeds and on resamples of them.
public struct AccuracySurface: Sendable {
  /// The cells.
  public let cells: [StudyCell]

  /// Mean accuracy of each cell.
  public let means: [Double]

  /// The standard error of each, by the bootstrap.
  public let standardErrors: [Double]

  /// Number of seeds.
  public let seedCount: Int

  /// The number of rows n that answers are about.
  public let base: Int

  private let counts: SeedCounts

  /// Mean accuracies on resamples, one row each.
  private let replicates: Matrix<Double>

  private let threads: Int

  private struct Place: Hashable {
    let attack: String
    let level: PoisonLevel
    let defense: String
    let rows: TrainingRows
    let model: String
  }

  private let places: [Place: Int]

  /// Resamples the seeds of all cells.
  ///
  /// Nil for a study that has no `base`, or without seeds.
  public init?(
    _ cells: [StudyCell], _ counts: SeedCounts, resamples: Int = 2_000,
    key: RandomKey = .standard, threads: Int = 1
  ) {
    guard let base = Self.base(of: cells), counts.seedCount > 1 else { return nil }
    self.base = base
    self.cells = cells
    self.counts = counts
    self.threads = threads
    means = counts.means
    seedCount = counts.seedCount
    replicates = counts.resampled(resamples, key: key, threads: threads)
    var places: [Place: Int] = [:]
    for (index, cell) in cells.enumerated() {
      places[
        Place(
          attack: cell.attackName, level: cell.level, defense: cell.defenseName, rows: cell.rows,
          model: cell.modelName)] = index
    }
    self.places = places
    let replicates = replicates
    standardErrors = means.indices.map { cell in
      var moments = RunningMoments()
      for row in 0..<replicates.rows { moments.add(replicates[row, cell]) }
      return moments.standardDeviation ?? .nan
    }
  }

  /// The number of attacked rows that most cells with added rows have; nil where none has, which is a study
  /// without curves.
  package static func base(of cells: [StudyCell]) -> Int? {
    var frequency: [Int: Int] = [:]
    for cell in cells where cell.rows.added > 0 { frequency[cell.rows.attacked, default: 0] += 1 }
    return frequency.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The cell of an attack on the first rows, clean ones added; nil where there is none.
  public func cell(
    _ attack: String, _ level: PoisonLevel, defense: String = "none", rows: TrainingRows,
    model: String
  ) -> Int? {
    places[
      Place(
        attack: level == .clean ? "none" : attack, level: level, defense: defense, rows: rows,
        model: model)
    ].flatMap { means[$0].isNaN ? nil : $0 }
  }

  /// The clean cell of a size.
  public func cleanCell(_ size: Int, model: String) -> Int? {
    cell("none", .clean, rows: TrainingRows(attacked: size), model: model)
  }

  /// The cell without the rows that an attack would have poisoned.
  func controlCell(_ attack: String, _ level: PoisonLevel, model: String) -> Int? {
    let attack = Specification(attack)
    guard attack["flow"] == nil else { return nil }
    return cells.indices.first { index in
      let cell = cells[index]
      let control = Specification(cell.attackName)
      return control["flow"] == Flow.delete.rawValue && control.with("flow", nil) == attack
        && cell.level == level && cell.rows == TrainingRows(attacked: base)
        && cell.modelName == model && cell.defenseName == "none"
    }
  }

  /// The cells of all sizes without poison, ascending.
  public func cleanCells(model: String) -> [(size: Int, cell: Int)] {
    cells.indices.filter {
      cells[$0].level == .clean && cells[$0].defenseName == "none"
        && cells[$0].modelName == model && !means[$0].isNaN
    }.map { (cells[$0].rows.count, $0) }.eachSizeOnce
  }

  /// The cells of the base under an attack with clean rows added, fewest first.
  public func recoveryCells(
    _ attack: String, _ level: PoisonLevel, defense: String, model: String
  ) -> [(added: Int, cell: Int)] {
    cells.indices.filter {
      let cell = cells[$0]
      return cell.attackName == attack && cell.level == level && cell.defenseName == defense
        && cell.modelName == model && cell.rows.attacked == base && !means[$0].isNaN
    }.map { (cells[$0].rows.added, $0) }.eachSizeOnce
  }

  /// The cells of all sizes of which a level is poisoned, ascending.
  public func replaceCells(
    _ attack: String, _ level: PoisonLevel, model: String
  ) -> [(size: Int, cell: Int)] {
    cells.indices.filter {
      let cell = cells[$0]
      return cell.attackName == attack && cell.level == level && cell.defenseName == "none"
        && cell.modelName == model && cell.rows.added == 0 && !means[$0].isNaN
    }.map { (cells[$0].rows.attacked, $0) }.eachSizeOnce
  }

  /// The names of models, attacks and defences in their order, and levels above 0, ascending.
  public var models: [String] { distinct(cells.map(\.modelName)) }

  /// The attacks that have cells with added rows.
  public var attacks: [String] {
    distinct(cells.filter { $0.level != .clean && $0.rows.added > 0 }.map(\.attackName))
  }

  /// The defences, `none` first.
  public var defenses: [String] {
    distinct(["none"] + cells.filter { $0.rows.added > 0 }.map(\.defenseName))
  }

  /// The levels above 0.
  public var levels: [PoisonLevel] {
    Set(cells.map(\.level)).subtracting([.clean]).sorted()
  }

  private func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A number that depends on the means of cells; nil where it is not a number.
  ///
  /// `statistic` is given all means, of all seeds or of a resample.
  func estimate(_ statistic: @Sendable ([Double]) -> Double) -> Estimate? {
    estimates { [statistic($0)] }[0]
  }

  /// Numbers that depend on the means of cells, found together.
  ///
  /// `statistic` always gives as many; `limit` is for one that takes long, the largest number of resamples.
  func estimates(
    limit: Int = .max, _ statistic: @Sendable ([Double]) -> [Double]
  ) -> [Estimate?] {
    let (replicates, columns) = (replicates, replicates.columns)
    let count = min(limit, replicates.rows)
    let chunk = max(1, min(250, (count + threads - 1) / threads))
    let values = Parallel.map((count + chunk - 1) / chunk, threads: threads) { part in
      (part * chunk..<min((part + 1) * chunk, count)).map { row in
        statistic(Array(replicates.elements[row * columns..<(row + 1) * columns]))
      }
    }.flatMap { $0 }
    return statistic(means).enumerated().map { index, value in
      Estimate(value, values.map { $0[index] })
    }
  }

  /// Mean accuracy of a cell with its interval.
  public func accuracy(_ cell: Int) -> Estimate? { estimate { $0[cell] } }

  /// The accuracy of a cell less that of another, under the same seeds.
  func difference(_ a: Int, _ b: Int) -> RunningMoments { counts.difference(a, b) }

  /// Whether a curve never falls, as far as seeds can tell: no step down from one size to the next that is
  /// below 0 at 5 %, shared out among the steps by Bonferroni.
  func rises(_ path: [Int]) -> Bool {
    let steps = zip(path, path.dropFirst())
    let confidence = 1 - 0.1 / Double(max(path.count - 1, 1))
    return steps.allSatisfy { a, b in
      var differences: [Double] = []
      for row in 0..<replicates.rows { differences.append(replicates[row, b] - replicates[row, a]) }
      return Estimate(0, differences, confidence: confidence).map { $0.interval.upper >= 0 } ?? true
    }
  }
}

extension [(Int, Int)] {
  /// The cells by ascending size, the first of each: a model may be named twice.
  fileprivate var eachSizeOnce: [(Int, Int)] {
    var sizes: Set<Int> = []
    return filter { sizes.insert($0.0).inserted }.sorted { $0.0 < $1.0 }
  }
}

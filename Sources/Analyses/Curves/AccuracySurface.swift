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

  /// Resamples the seeds of all cells.
  ///
  /// Nil for a study that has no `base`, or without seeds.
  public init?(
    _ cells: [StudyCell], _ counts: SeedCounts, resamples: Int = 2_000,
    key: RandomKey = .standard, threads: Int = 1
  ) {
    guard let base = Self.base(of: cells), counts.seedCount > 1 else { return nil }
    (self.base, self.cells) = (base, cells)
    (self.counts, self.threads) = (counts, threads)
    (means, seedCount) = (counts.means, counts.seedCount)
    replicates = counts.resampled(resamples, key: key, threads: threads)
    let replicates = replicates
    standardErrors = means.indices.map { cell in
      var moments = RunningMoments()
      for row in 0..<replicates.rows { moments.add(replicates[row, cell]) }
      return moments.standardDeviation ?? .nan
    }
  }

  /// The number of attacked rows that most cells with added rows have; nil for a study without curves.
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
    path(level == .clean ? "none" : attack, level, defense: defense, model: model) {
      $0 == rows ? $0.count : nil
    }.first?.cell
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
    path("none", .clean, model: model) { $0.count }
  }

  /// The cells of the base under an attack with clean rows added, fewest first.
  public func recoveryCells(
    _ attack: String, _ level: PoisonLevel, defense: String, model: String
  ) -> [(added: Int, cell: Int)] {
    path(attack, level, defense: defense, model: model) { $0.attacked == base ? $0.added : nil }
      .map { ($0.size, $0.cell) }
  }

  /// The cells of all sizes of which a level is poisoned, ascending.
  public func replaceCells(
    _ attack: String, _ level: PoisonLevel, model: String
  ) -> [(size: Int, cell: Int)] {
    path(attack, level, model: model) { $0.added == 0 ? $0.attacked : nil }
  }

  /// Cells by ascending size, the first of each; `size` is nil for rows that are not on the path.
  private func path(
    _ attack: String, _ level: PoisonLevel, defense: String = "none", model: String,
    by size: (TrainingRows) -> Int?
  ) -> [(size: Int, cell: Int)] {
    cells.indices.compactMap { index in
      let cell = cells[index]
      guard cell.attackName == attack, cell.level == level, cell.defenseName == defense,
        cell.modelName == model, !means[index].isNaN
      else { return nil }
      return size(cell.rows).map { (size: $0, cell: index) }
    }.distinct(by: \.size).sorted { $0.size < $1.size }
  }

  /// The points of cells on a curve, with means of all seeds or of a resample.
  func points(_ path: [(size: Int, cell: Int)], _ means: [Double]) -> [CurvePoint] {
    path.map { point($0.cell, rows: $0.size, means) }
  }

  /// The point of a cell; where accuracy is the same under every seed, it hardly has an error.
  func point(_ cell: Int, rows: Int, level: Double = 0, _ means: [Double]) -> CurvePoint {
    CurvePoint(
      rows: Double(rows), level: level, accuracy: means[cell],
      standardError: max(standardErrors[cell], 1e-6))
  }

  /// The names of models in their order.
  public var models: [String] { cells.map(\.modelName).distinct }

  /// The attacks that have cells with added rows.
  public var attacks: [String] {
    cells.filter { $0.level != .clean && $0.rows.added > 0 }.map(\.attackName).distinct
  }

  /// The defences, `none` first.
  public var defenses: [String] {
    (["none"] + cells.filter { $0.rows.added > 0 }.map(\.defenseName)).distinct
  }

  /// The levels above 0, ascending.
  public var levels: [PoisonLevel] {
    Set(cells.map(\.level)).subtracting([.clean]).sorted()
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

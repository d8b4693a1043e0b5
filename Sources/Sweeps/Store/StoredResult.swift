import Foundation
import GRDB
import Models
import Statistics

/// A row of the table `result`, without its key: one cell under the seeds of one block.
struct StoredResult {
  /// The columns of the sums, in the order of `values`.
  static let sumColumns =
    ["seed_count", "correct_sum", "correct_square_sum", "paired_count", "drop_sum"]
    + ["drop_square_sum", "defended_count", "gain_sum", "gain_square_sum"] + moments("macro_f1")
    + moments("macro_f1_drop") + moments("log_loss")
    + moments("success") + moments("success_gain") + moments("collateral")
    + DetectionSummary.measures.flatMap { moments($0.name) }
    + ["converged", "iteration_limit", "overflow", "constant", "iterations", "confusion"]

  /// All columns; the last has the counts by seed.
  static let columns = sumColumns + ["correct"]

  /// The values of all columns.
  ///
  /// Two are equal when they have the same bits, except that SQLite has neither −0, which our sums
  /// never are, nor NaN, for which we store NULL.
  let values: [DatabaseValue]

  /// The row of a cell.
  init(_ cell: SeedBlock.Cell, width: CountWidth) {
    let tally = cell.tally
    let k = tally.confusion.classCount
    let confusion = (0..<k).map { truth in (0..<k).map { tally.confusion[truth, $0] } }
    var values = [tally.seedCount, tally.correctSum, tally.correctSquareSum].map(\.databaseValue)
    values += [tally.pairedCount, tally.dropSum, tally.dropSquareSum].map(\.databaseValue)
    values += [tally.defendedCount, tally.gainSum, tally.gainSquareSum].map(\.databaseValue)
    let moments = [
      tally.macroF1, tally.macroF1Drop, tally.logLoss, tally.success, tally.successGain,
      tally.collateral,
    ]
    let detection = DetectionSummary.measures.map { tally.detection[keyPath: $0.path] }
    for moments in moments + detection {
      values += [moments.count.databaseValue, Self.stored(moments.mean)]
      values.append(Self.stored(moments.squares))
    }
    values += tally.outcomeCounts.map(\.databaseValue)
    values += [tally.iterationSum.databaseValue, "\(confusion)".databaseValue]
    values.append(width.packed(cell.correct).databaseValue)
    self.values = values
  }

  /// Reads the sums from a row with `sumColumns`.
  ///
  /// - Throws: `FieldReader.Mismatch` for a value of another type, or sums at odds with each other.
  static func tally(
    from fields: inout FieldReader, plan: StoredPlan
  ) throws(FieldReader.Mismatch) -> CellTally {
    var tally = CellTally(classCount: plan.classNames.count)
    tally.seedCount = try fields.integer()
    tally.correctSum = try fields.integer()
    tally.correctSquareSum = try fields.integer()
    tally.pairedCount = try fields.integer()
    tally.dropSum = try fields.integer()
    tally.dropSquareSum = try fields.integer()
    tally.defendedCount = try fields.integer()
    tally.gainSum = try fields.integer()
    tally.gainSquareSum = try fields.integer()
    tally.macroF1 = try moments(from: &fields)
    tally.macroF1Drop = try moments(from: &fields)
    tally.logLoss = try moments(from: &fields)
    tally.success = try moments(from: &fields)
    tally.successGain = try moments(from: &fields)
    tally.collateral = try moments(from: &fields)
    for measure in DetectionSummary.measures {
      tally.detection[keyPath: measure.path] = try moments(from: &fields)
    }
    for index in tally.outcomeCounts.indices { tally.outcomeCounts[index] = try fields.integer() }
    tally.iterationSum = try fields.integer()
    let confusion = try fields.json([[Int]].self)

    let k = tally.confusion.classCount
    guard confusion.count == k, confusion.allSatisfy({ $0.count == k }) else {
      throw FieldReader.Mismatch(column: "confusion")
    }
    for truth in 0..<k {
      for predicted in 0..<k { tally.confusion[truth, predicted] = confusion[truth][predicted] }
    }
    guard tally.outcomeCounts.reduce(0, +) == tally.seedCount else {
      throw FieldReader.Mismatch(column: "converged")
    }
    return tally
  }

  /// Reads a whole cell from a row with `columns`.
  ///
  /// - Throws: `FieldReader.Mismatch` for a value of another type, or sums at odds with each other.
  static func cell(
    from row: Row, plan: StoredPlan
  ) throws(FieldReader.Mismatch) -> SeedBlock.Cell {
    var fields = FieldReader(row)
    let tally = try tally(from: &fields, plan: plan)
    let correct = plan.countWidth.unpacked(try fields.bytes()) ?? []
    let counts = correct.map { Int($0) }
    guard counts.count == tally.seedCount,
      counts.allSatisfy({ $0 <= plan.validationCount }),
      counts.reduce(0, +) == tally.correctSum,
      counts.reduce(0, { $0 + $1 * $1 }) == tally.correctSquareSum
    else { throw FieldReader.Mismatch(column: "correct") }
    return SeedBlock.Cell(correct: correct, tally: tally)
  }

  private static func moments(_ name: String) -> [String] {
    ["count", "mean", "squares"].map { "\(name)_\($0)" }
  }

  private static func moments(
    from fields: inout FieldReader
  ) throws(FieldReader.Mismatch) -> RunningMoments {
    RunningMoments(
      count: try fields.integer(), mean: try fields.number(), squares: try fields.number())
  }

  private static func stored(_ value: Double) -> DatabaseValue {
    value.isNaN ? .null : value.databaseValue
  }
}

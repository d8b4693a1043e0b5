import Foundation
import GRDB
import Models
import Statistics
package import Sweeps

/// A row of the table `result`, without its key: one cell under the seeds of one block.
struct StoredResult {
  /// The columns of the sums, in the order of `values`.
  static let sumColumns =
    Measure.storedColumns
    + ["converged", "iteration_limit", "overflow", "constant", "iterations", "confusion"]

  /// All columns; the last has the counts by seed.
  static let columns = sumColumns + ["correct"]

  /// The values of all columns.
  ///
  /// Two are equal when they have the same bits, except that SQLite has neither −0, which our sums
  /// never are, nor NaN, for which we store NULL.
  let values: [DatabaseValue]

  init(_ cell: SeedBlock.Cell, width: CountWidth) {
    let tally = cell.tally
    let k = tally.confusion.classCount
    let confusion = (0..<k).map { truth in (0..<k).map { tally.confusion[truth, $0] } }
    var values = tally.sums.flatMap { sum -> [DatabaseValue] in
      switch sum {
      case .counts(let sums):
        [sums.count.databaseValue, sums.sum.databaseValue, sums.squareSum.databaseValue]
      case .moments(let moments):
        [
          moments.count.databaseValue, Self.stored(moments.mean), Self.stored(moments.squares),
        ]
      }
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
    for index in tally.sums.indices {
      let count: Int = try fields.value()
      switch tally.sums[index] {
      case .counts:
        tally.sums[index] = .counts(
          CountSums(
            count: count, sum: try fields.value(), squareSum: try fields.value()))
      case .moments:
        tally.sums[index] = .moments(
          RunningMoments(count: count, mean: try fields.number(), squares: try fields.number()))
      }
    }
    for index in tally.outcomeCounts.indices { tally.outcomeCounts[index] = try fields.value() }
    tally.iterationSum = try fields.value()
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
  static func cell(
    from row: Row, plan: StoredPlan, outcomes: Data? = nil
  ) throws(FieldReader.Mismatch) -> SeedBlock.Cell {
    var fields = FieldReader(row)
    let tally = try tally(from: &fields, plan: plan)
    let correct = plan.countWidth.unpacked(try fields.value()) ?? []
    let counts = correct.map { Int($0) }
    guard counts.count == tally.seedCount,
      counts.allSatisfy({ $0 <= plan.validationCount }),
      counts.reduce(0, +) == tally[counts: .accuracy].sum,
      counts.reduce(0, { $0 + $1 * $1 }) == tally[counts: .accuracy].squareSum
    else { throw FieldReader.Mismatch(column: "correct") }
    let cases = FitReport.Outcome.allCases
    let ends = outcomes.map { $0.compactMap { $0 < cases.count ? cases[Int($0)] : nil } }
    if let ends {
      let counted = cases.map { end in ends.count { $0 == end } }
      guard ends.count == tally.seedCount, counted == tally.outcomeCounts else {
        throw FieldReader.Mismatch(column: "outcomes")
      }
    }
    return SeedBlock.Cell(correct: correct, tally: tally, outcomes: ends)
  }

  private static func stored(_ value: Double) -> DatabaseValue {
    value.isNaN ? .null : value.databaseValue
  }
}

extension Measure {
  /// The columns of the sums of all.
  package static let storedColumns = rows.flatMap(\.storedColumns)
}

extension Measure.Row {
  var storedColumns: [String] {
    guard let counts else { return ["count", "mean", "squares"].map { "\(column)_\($0)" } }
    return [counts.seeds, "\(counts.sums)_sum", "\(counts.sums)_square_sum"]
  }

  /// Their definitions in SQL, the first with what they are.
  var storedDefinitions: String {
    let type = counts == nil ? "REAL" : "INTEGER NOT NULL"
    let columns = storedColumns
    return """
        \(columns[0]) INTEGER NOT NULL, -- \(meaning)
        \(columns[1]) \(type),
        \(columns[2]) \(type),
      """
  }
}

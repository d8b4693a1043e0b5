import Datasets
import GRDB
import Models
import Poisoning
import Sweeps

extension SweepStore {
  /// The columns of the table of fits.
  public static let fitColumns = [
    "seed", "attack", "level", "attacked_rows", "added_rows", "defense", "model", "parameters",
    "correct", "validation_rows", "accuracy", "outcome",
  ]

  /// Writes all fits as CSV, one line a fit, in chunks of up to 1,024 lines.
  ///
  /// The first chunk is the line of column names. Lines are in the order of blocks, then cells, then
  /// seeds.
  /// - Parameter write: Takes each chunk, for instance into a file.
  /// - Throws: `StoreError`, and what `write` throws.
  /// - Complexity: O(fits) time; the memory of one block.
  public func exportFits(_ write: (String) throws -> Void) throws {
    try write(CSVWriter(header: Self.fitColumns).text)
    let rows = String(plan.validationCount)
    for index in try finishedBlocks().keys.sorted() {
      guard let block = try block(index) else { continue }
      let firstSeed = Int(plan.firstSeed) + index * plan.blockCapacity
      for (cell, result) in zip(cells, block.cells) {
        let names = [
          cell.attackName, CSVWriter.field(cell.level.share), "\(cell.rows.attacked)",
          "\(cell.rows.added)", cell.defenseName,
          cell.model, cell.parameters,
        ]
        var writer = CSVWriter()
        for (offset, correct) in result.correct.enumerated() {
          let accuracy = Double(correct) / Double(plan.validationCount)
          writer.append(
            ["\(firstSeed + offset)"] + names + [
              "\(correct)", rows, CSVWriter.field(accuracy),
              result.outcomes?[offset].rawValue ?? "",
            ])
        }
        try write(writer.text)
      }
    }
  }

  /// The view `cell_summary` as CSV; a field without a value is empty.
  public func summaryCSV() throws(StoreError) -> String {
    try read { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM cell_summary ORDER BY cell")
      var writer = CSVWriter(header: rows.columnNames)
      while let row = try rows.next() {
        writer.append(
          row.databaseValues.map { value in
            switch value.storage {
            case .null: ""
            case .double(let number): CSVWriter.field(number)
            case .int64(let number): String(number)
            default: String.fromDatabaseValue(value) ?? ""
            }
          })
      }
      return writer.text
    }
  }
}

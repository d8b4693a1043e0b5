import GRDB
import Models
import Poisoning
import Sweeps

extension StudyCell {
  private init(_ row: Row) throws {
    var fields = FieldReader(row)
    // In the order of the columns.
    self.init(
      attackName: try fields.value(), level: try PoisonLevel(try fields.number()),
      rows: TrainingRows(attacked: try fields.value(), added: try fields.value()),
      defenseName: try fields.value(), model: try fields.value(), parameters: try fields.value())
    guard ModelCatalog.names.contains(model) else { throw FieldReader.Mismatch(column: "model") }
  }

  /// Reads all cells, in order.
  static func all(from database: Database) throws -> [StudyCell] {
    let sql = """
      SELECT attack, level, attacked_rows, added_rows, defense, model, parameters
      FROM cell ORDER BY cell
      """
    return try Row.fetchAll(database, sql: sql).map { row in try StudyCell(row) }
  }

  func insert(into database: Database, at index: Int) throws {
    try database.insert(
      [
        index, attackName, level.share, rows.attacked, rows.added, defenseName, model,
        parameters,
      ], into: "cell")
  }
}

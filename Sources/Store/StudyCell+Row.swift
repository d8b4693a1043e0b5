import GRDB
import Models
import Poisoning
import Sweeps

extension StudyCell {
  private init(_ row: Row) throws {
    var fields = FieldReader(row)
    // In the order of the columns.
    self.init(
      attackName: try fields.text(), level: try PoisonLevel(try fields.number()),
      rows: TrainingRows(attacked: try fields.integer(), added: try fields.integer()),
      defenseName: try fields.text(), model: try fields.text(), parameters: try fields.text())
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

  /// Writes the row.
  func insert(into database: Database, at index: Int) throws {
    let values: [any DatabaseValueConvertible] = [
      index, attackName, level.share, rows.attacked, rows.added, defenseName, model,
      parameters,
    ]
    try database.insert(values, into: "cell")
  }
}

extension Database {
  /// Adds a row with all its values.
  func insert(_ values: [any DatabaseValueConvertible], into table: String) throws {
    let places = values.map { _ in "?" }.joined(separator: ", ")
    let statement = try cachedStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
    try statement.execute(arguments: StatementArguments(values))
  }
}

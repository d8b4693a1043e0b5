import Documents
import GRDB
package import Models
public import Poisoning
public import Sweeps

/// What a store says of a cell, a condition × a model.
public struct StoredCell: Sendable, Hashable {
  /// The attack as it can be asked for; `none` at level 0.
  public let attackName: String

  /// The level.
  public let level: PoisonLevel

  /// The rows that are attacked and those added after them.
  public let rows: TrainingRows

  /// The defences as they can be asked for; `none` where there is none.
  public let defenseName: String

  /// The model in the catalogue.
  public let model: String

  /// Its parameters, such as `C=1, tol=1e-08`.
  public let parameters: String

  /// The cell of a study.
  init(_ condition: Condition, _ model: ModelChoice, of study: Study) {
    attackName = condition.attackName
    level = condition.level
    rows = condition.rows ?? TrainingRows(attacked: study.trainingCount)
    defenseName = condition.defenseName
    self.model = model.model
    parameters = model.specification.list
  }

  /// The model as it can be asked for, with the parameters that differ from their defaults.
  public var modelName: String { choice?.name ?? model }

  /// The model with its parameters; nil where a store is from another version.
  package var choice: ModelChoice? { try? ModelChoice(Specification(model, list: parameters)) }

  private init(_ row: Row) throws {
    var fields = FieldReader(row)
    attackName = try fields.text()
    level = try PoisonLevel(try fields.number())
    rows = TrainingRows(attacked: try fields.integer(), added: try fields.integer())
    defenseName = try fields.text()
    model = try fields.text()
    guard ModelCatalog.names.contains(model) else { throw FieldReader.Mismatch(column: "model") }
    parameters = try fields.text()
  }

  /// Reads all cells, in order.
  static func all(from database: Database) throws -> [StoredCell] {
    let sql = """
      SELECT attack, level, attacked_rows, added_rows, defense, model, parameters
      FROM cell ORDER BY cell
      """
    return try Row.fetchAll(database, sql: sql).map { row in try StoredCell(row) }
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

extension Study {
  /// The cells as a store has them: conditions outermost, models innermost.
  ///
  /// A condition that is there twice has equal cells; a store has one of them.
  package var storedCells: [StoredCell] {
    conditions.flatMap { condition in models.map { StoredCell(condition, $0, of: self) } }
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

extension CellSummary {
  /// A cell of a store, without seeds yet.
  init(_ cell: StoredCell, _ plan: StoredPlan) {
    self.init(
      attackName: cell.attackName, level: cell.level, defenseName: cell.defenseName,
      rows: cell.rows, model: cell.model, modelName: cell.modelName,
      classCount: plan.classNames.count, validationCount: plan.validationCount)
  }
}

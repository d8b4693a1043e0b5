import GRDB

extension DatabaseFile {
  /// Refuses tables of a database that is there, if rows of ours do not fit into them.
  ///
  /// - Throws: `TrackingError.otherSchema`.
  func requireTables(_ database: Database) throws {
    let tables = Set(
      try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
    guard tables.isSuperset(of: ["alembic_version", "experiments", "runs"]) else {
      throw refusal("it belongs to another program; name another file")
    }
    guard tables.contains("logged_models") else {
      throw refusal(
        "MLflow 2 made it; upgrade it by mlflow db upgrade sqlite:///\(name) of MLflow 3, or name "
          + "another file")
    }
    let revision =
      try String.fetchOne(database, sql: "SELECT version_num FROM alembic_version") ?? "none"
    for insertion in Insertion.all {
      try require(insertion, in: database, revision: revision)
    }
  }

  private func require(
    _ insertion: Insertion, in database: Database, revision: String
  ) throws {
    let table = insertion.table
    let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(\(table))")
    let names = Set(columns.compactMap { String.fromDatabaseValue($0["name"]) })
    let unknown =
      "of revision \(revision), which this program does not know; track to an MLflow "
      + "server (http://HOST:PORT), or name another file"
    if let missing = insertion.columns.first(where: { !names.contains($0) }) {
      throw refusal("its table \(table) has no column \(missing): it is \(unknown)")
    }
    for column in columns {
      let name = String.fromDatabaseValue(column["name"]) ?? ""
      let isRequired = Bool.fromDatabaseValue(column["notnull"]) ?? false
      let standard: DatabaseValue = column["dflt_value"]
      if isRequired, standard.isNull, !insertion.columns.contains(name) {
        throw refusal("its table \(table) wants a \(name): it is \(unknown)")
      }
    }
  }

  func refusal(_ reason: String) -> TrackingError {
    .otherSchema(path: name, reason: reason)
  }
}

import GRDB

/// The database of MLflow 3.0, which every later MLflow brings up to its own when it opens it.
///
/// Source: MLflow 3.0, revision 6953534de441 of its database.
enum Schema {
  /// The revision, as MLflow's migrations call it.
  static let revision = "6953534de441"

  /// Makes the tables in an empty database.
  static func create(in database: Database) throws {
    for tables in [trackingTables, modelTables, registryTables, traceTables] {
      try database.execute(sql: tables)
    }
    try database.execute(
      sql: "INSERT INTO alembic_version (version_num) VALUES (?)", arguments: [revision])
  }
}

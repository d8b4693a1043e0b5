/// A table of MLflow's database, as it is made.
struct Table {
  /// A column, NOT NULL unless it is optional.
  struct Column {
    let name: String
    let type: String
    var isOptional = false
    var standard: String?

    /// A text of limited length, which SQLite does not enforce.
    static func text(_ name: String, _ length: Int) -> Column {
      Column(name: name, type: "VARCHAR(\(length))")
    }

    /// A text of any length.
    static func longText(_ name: String) -> Column { Column(name: name, type: "TEXT") }

    /// A whole number, such as an id.
    static func integer(_ name: String) -> Column { Column(name: name, type: "INTEGER") }

    /// A whole number, such as a time or a step.
    static func long(_ name: String, standard: String? = nil) -> Column {
      Column(name: name, type: "BIGINT", standard: standard)
    }

    /// A number.
    static func number(_ name: String) -> Column { Column(name: name, type: "FLOAT") }

    /// 0 or 1.
    static func boolean(_ name: String, standard: String? = nil) -> Column {
      Column(name: name, type: "BOOLEAN", standard: standard)
    }

    /// The same column where NULL may stand.
    var optional: Column {
      var column = self
      column.isOptional = true
      return column
    }

    var sql: String {
      name + " " + type + (standard.map { " DEFAULT '\($0)'" } ?? "")
        + (isOptional ? "" : " NOT NULL")
    }
  }

  /// A reference to the key of another table.
  struct Reference {
    /// How migrations call it, where they do.
    enum Name { case none, standard, other(String) }

    let columns: [String]
    let table: String
    let target: [String]
    var actions = ""
    var name = Name.none

    /// A reference from one column to another.
    static func to(
      _ table: String, _ target: String, from column: String, _ actions: String = "",
      name: Name = .none
    ) -> Reference {
      Reference(
        columns: [column], table: table, target: [target], actions: actions, name: name)
    }

    func sql(in owner: String) -> String {
      let prefix =
        switch name {
        case .none: ""
        case .standard: "CONSTRAINT fk_\(owner)_\(columns.joined(separator: "_")) "
        case .other(let name): "CONSTRAINT \(name) "
        }
      return prefix + "FOREIGN KEY (\(columns.joined(separator: ", "))) REFERENCES \(table) "
        + "(\(target.joined(separator: ", "))) \(actions)"
    }
  }

  /// A list of the values a column may have.
  struct Check {
    var name: String?
    let column: String
    let values: [String]

    var sql: String {
      (name.map { "CONSTRAINT \($0) " } ?? "")
        + "CHECK (\(column) IN (\(values.joined(separator: ", "))))"
    }
  }

  let name: String
  /// The name of the constraint that is the primary key.
  let keyName: String
  let key: [String]
  let columns: [Column]
  var unique: String?
  var references: [Reference] = []
  var checks: [Check] = []
  var indexes: [[String]] = []

  /// The statements that make it.
  var sql: [String] {
    var lines = columns.map(\.sql)
    lines.append("CONSTRAINT \(keyName) PRIMARY KEY (\(key.joined(separator: ", ")))")
    if let unique { lines.append("UNIQUE (\(unique))") }
    lines += checks.map(\.sql)
    lines += references.map { $0.sql(in: name) }
    let table = "CREATE TABLE \(name) (\n  \(lines.joined(separator: ",\n  "))\n)"
    return [table]
      + indexes.map { columns in
        "CREATE INDEX index_\(name)_\(columns.joined(separator: "_")) ON \(name) "
          + "(\(columns.joined(separator: ", ")))"
      }
  }
}

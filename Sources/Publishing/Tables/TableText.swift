import Tracking

/// Tables as the texts that MLflow shows.
enum TableText {
  /// A field of a table.
  enum Cell {
    case text(String)
    case number(Double)
    case missing

    init(_ number: Double?) { self = number.map(Cell.number) ?? .missing }

    fileprivate var json: String {
      switch self {
      case .text(let text): text.jsonLiteral
      case .number(let value) where value.isFinite:
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
      case .number, .missing: "null"
      }
    }
  }

  /// A table for `mlflow.load_table`: JSON in the orientation that pandas calls `split`.
  static func json(_ columns: [String], _ rows: [[Cell]]) -> String {
    let lines = rows.map { row in "[\(row.map(\.json).joined(separator: ", "))]" }
    return "{\"columns\": [\(columns.map(\.jsonLiteral).joined(separator: ", "))],\n\"data\": [\n"
      + lines.joined(separator: ",\n") + "\n]}\n"
  }

  /// A table in Markdown; of rows that would make it longer than `limit` characters, the number.
  static func markdown(_ columns: [String], _ rows: [[String]], limit: Int) -> String {
    let line = { (fields: [String]) in
      "| " + fields.map { $0.map { $0 == "|" ? "\\|" : "\($0)" }.joined() }.joined(separator: " | ")
        + " |\n"
    }
    var text = line(columns) + "|" + columns.map { _ in " --- |" }.joined() + "\n"
    for (index, row) in rows.enumerated() {
      let next = line(row)
      guard text.count + next.count + 80 <= limit else {
        return text + "\n… and \(rows.count - index) more rows, in the table among the artifacts\n"
      }
      text += next
    }
    return text
  }
}

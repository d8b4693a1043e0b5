import Datasets
import Documents
import Foundation

/// How findings are worded.
enum CheckWords {
  /// Rows and the first value among them, such as `3 rows have no number, such as "x" in line 7`.
  static func count(
    _ rows: [Int], _ what: (one: String, many: String), _ table: CSVTable, column: Int? = nil
  ) -> String {
    let first = rows.first.map { row in
      let example = column.map { table.columns[$0][row].text.quotedExcerpt + " in " } ?? ""
      return "\(example)line \(table.lines[row])"
    }
    return (rows.count == 1 ? "1 row \(what.one): " : "\(rows.count) rows \(what.many), as ")
      + (first ?? "")
  }

  /// A number, such as `1.5` or `120`.
  static func number(_ value: Double) -> String {
    value.rounded() == value && abs(value) < 1e15 ? "\(Int(value))" : String(format: "%.6g", value)
  }

  /// An end of the range of a column, a date where it has dates.
  static func end(_ value: Double, of column: ColumnSchema) -> String {
    column.kind == .date
      ? ISODate.text(days: value, hasTime: value.rounded() != value) : number(value)
  }

  /// A number with so many decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  static func percent(_ share: Double) -> String {
    String(format: "%.3g %%", share * 100)
  }
}

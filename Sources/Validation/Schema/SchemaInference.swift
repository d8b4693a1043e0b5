package import Datasets
import Foundation

/// A schema such that a table keeps it, for a person to edit.
///
/// A column of numbers, but for at most 5 % of its values, is one of numbers, and likewise of dates: the others are
/// what the schema is for. Ranges are those of the values, widened by a tenth on either side but not across 0.
/// Texts of at most 20 kinds are the only ones allowed. Of two columns of numbers, the one that is
/// never above the other may not be, unless pairs from different rows would say so too.
package struct SchemaInference {
  /// The schema.
  package let schema: Schema

  /// The share of values that may be of another kind than the column's.
  private static let strays = 0.05

  /// Texts of more kinds are not listed.
  private static let listedValues = 20

  /// Looks at all rows of a table, whose classes are in the column `target`.
  ///
  /// - Complexity: O(n·(d log n + d²)).
  package init(of table: CSVTable, target: Int? = nil) {
    let missingTexts = Set(Schema.usualMissingTexts)
    let columns = table.names.indices.map { index in
      Self.column(
        table.names[index],
        table.columns[index].filter {
          !Schema.isMissing($0, texts: index == target ? [] : missingTexts)
        },
        rowCount: table.rowCount, isTarget: index == target)
    }
    var schema = Schema(columns: columns)
    let copies = TableRows(table).copies.count
    schema.copies = Self.roundedUp(1.5 * Double(copies) / Double(table.rowCount))
    if let target {
      schema.target = table.names[target]
      schema.classShares = Self.classShares(table.columns[target])
    }
    schema.rules = ColumnOrder.rules(of: table, columns: columns)
    self.schema = schema
  }

  private static func column(
    _ name: String, _ cells: [CSVTable.Cell], rowCount: Int, isTarget: Bool
  ) -> ColumnSchema {
    let numbers = cells.compactMap { $0.number }.filter { $0.isFinite }
    let isNumeric =
      !cells.isEmpty && !isTarget
      && Double(cells.count - numbers.count) <= strays * Double(cells.count)
    let isWhole = numbers.allSatisfy { $0.rounded() == $0 && abs($0) < 0x1p53 }
    let dates = isNumeric || isTarget ? [] : cells.compactMap { ISODate.read($0.text)?.days }
    let areDates =
      !dates.isEmpty && Double(cells.count - dates.count) <= strays * Double(cells.count)
    var column = ColumnSchema(
      name: name, kind: areDates ? .date : isNumeric ? isWhole ? .integer : .number : .text)
    column.missing = roundedUp(1.5 * (1 - Double(cells.count) / Double(rowCount)))
    let distinct = Set(cells.map(\.text))
    column.isUnique =
      column.kind != .number && cells.count >= 20 && distinct.count == cells.count && !isTarget
    if areDates {
      // Later files go on where this one ends, so only the beginning is known.
      column.minimum = dates.min().map { $0.rounded(.down) }
    } else if isNumeric {
      if !column.isUnique { setRange(of: &column, numbers) }
    } else if distinct.count <= listedValues || isTarget {
      column.values = distinct.sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
    }
    return column
  }

  private static func setRange(of column: inout ColumnSchema, _ numbers: [Double]) {
    let sorted = numbers.sorted()
    guard let low = sorted.first, let high = sorted.last else { return }
    let margin = 0.1 * (high - low)
    // Rounded outward to a tenth of the margin's order, so that people can read the ends.
    let unit = column.kind == .integer || margin == 0 ? 1 : pow(10, log10(margin).rounded(.down))
    let (least, most) =
      margin == 0
      ? (low, high)
      : (
        ((low - margin) / unit).rounded(.down) * unit, ((high + margin) / unit).rounded(.up) * unit
      )
    column.minimum = tidy(low >= 0 ? max(0, least) : least)
    column.maximum = tidy(high <= 0 ? min(0, most) : most)
    if let fences = Fences(sorted: sorted) {
      let beyond = sorted.count { !fences.range.contains($0) }
      if beyond > 0 {
        column.remark =
          "\(beyond) of \(sorted.count) values are far from the others, beyond "
          + "\(tidy(fences.range.lowerBound)) … \(tidy(fences.range.upperBound)); can they be?"
      }
    }
  }

  private static func classShares(
    _ cells: [CSVTable.Cell]
  ) -> [Schema.ClassShare] {
    var counts: [String: Int] = [:]
    for cell in cells where !Schema.isMissing(cell, texts: []) {
      counts[cell.text, default: 0] += 1
    }
    let labels = counts.keys.sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    return labels.map { label in
      let share = Double(counts[label, default: 0]) / Double(cells.count)
      // A class that has lost half its rows, or all others theirs, is not there by chance.
      return Schema.ClassShare(
        label: label, minimum: (500 * share).rounded(.down) / 1000,
        maximum: (1000 - (500 * (1 - share)).rounded(.down)) / 1000)
    }
  }

  private static func roundedUp(_ share: Double) -> Double {
    min(1, (share * 1000 - 1e-9).rounded(.up) / 1000)
  }

  /// The number without the noise of a division in its last digits.
  private static func tidy(_ value: Double) -> Double {
    Double(String(format: "%.12g", value)) ?? value
  }
}

import Documents
import LinAlg

/// The rows of a CSV file after its header, as far as they were read.
struct CSVBody {
  let columns: CSVColumns
  let allowsNonFinite: Bool
  private(set) var features: [Double] = []
  private(set) var labels = CSVLabels()

  /// Takes the next field of a row; the fields must come in order.
  ///
  /// - Throws: `DatasetsError.raggedRow` and the errors of values, `notANumber` to `emptyLabel`.
  mutating func append(
    _ field: CSVField, of scanner: inout CSVScanner
  ) throws(DatasetsError) {
    guard field.column <= columns.count, field.endsRow == (field.column == columns.count) else {
      throw try scanner.raggedRow(through: field, expected: columns.count)
    }
    switch columns.roles[field.column - 1] {
    case .feature:
      features.append(try number(field, of: scanner))
    case .target:
      guard !field.range.isEmpty else {
        throw .emptyLabel(at: scanner.location(of: field), column: columns.names[columns.target])
      }
      labels.append(scanner.content(of: field))
    case .ignored:
      break
    }
  }

  mutating func reserve(features count: Int, rows: Int) {
    features.reserveCapacity(count)
    labels.reserve(rows)
  }

  /// Takes the rows of a chunk, which follow those before.
  mutating func append(_ chunk: CSVChunk) {
    features += chunk.features
    labels.append(chunk.labels, of: chunk.names)
  }

  /// The data set of all rows.
  func dataset(name: String, file: String) throws(DatasetsError) -> Dataset {
    guard labels.count > 0 else { throw .noRows(file: file) }
    let (classNames, labels) = labels.ordered()
    let targetName = columns.names[columns.target]
    guard classNames.count > 1 else {
      throw .singleClass(file: file, label: classNames[0], column: targetName)
    }
    let featureNames = columns.featureNames
    return try Dataset(
      name: name,
      features: Matrix(rows: labels.count, columns: featureNames.count, elements: features),
      labels: labels, classNames: classNames, featureNames: featureNames, targetName: targetName)
  }

  private func number(
    _ field: CSVField, of scanner: CSVScanner
  ) throws(DatasetsError) -> Double {
    let parsed = scanner.number(in: field)
    if case .finite(let value) = parsed, abs(value) <= Scaler.largestMagnitude { return value }
    if case .nonFinite(let value) = parsed, allowsNonFinite { return value }
    let location = scanner.location(of: field)
    let column = columns.names[field.column - 1]
    switch parsed {
    case .nonFinite:
      throw .nonFiniteNumber(at: location, text: scanner.text(of: field), column: column)
    case .finite, .outOfRange:
      throw .numberOutOfRange(at: location, text: scanner.text(of: field), column: column)
    case .empty:
      throw .emptyNumber(at: location, column: column)
    case .text:
      throw .notANumber(at: location, text: scanner.text(of: field), column: column)
    }
  }
}

/// What takes the fields of a file, row by row and in order.
protocol FieldSink: Sendable {
  /// Takes the content of the field of a column, from 0.
  ///
  /// - Returns: What is wrong with it; nil where nothing is.
  mutating func take(_ field: Span<UInt8>, column: Int) -> FieldFault?

  /// A row begins.
  mutating func beginRow()

  /// The row has ended; all its fields were taken.
  mutating func endRow()
}

/// Why a field is refused.
enum FieldFault {
  /// It is no number, or no date, where one must be.
  case text
  /// It is empty, or stands for nothing, where something must be.
  case gap
  /// It is infinite, or no number at all by its own words.
  case nonFinite
  /// It is too large.
  case size
}

extension CSVScanner {
  /// The error that a field is refused for.
  func refusal(
    _ fault: FieldFault, of field: CSVField, _ columns: CSVColumns, _ kind: ColumnReading.Kind
  ) -> DatasetsError {
    let place = location(of: field)
    let name = columns.names[field.column - 1]
    guard columns.roles[field.column - 1] == .feature else {
      return .emptyLabel(at: place, column: name)
    }
    return switch fault {
    case .text:
      kind.accepted.map {
        .unexpectedText(at: place, text: text(of: field), column: name, accepted: $0)
      } ?? .notANumber(at: place, text: text(of: field), column: name)
    case .gap: .emptyNumber(at: place, column: name)
    case .nonFinite: .nonFiniteNumber(at: place, text: text(of: field), column: name)
    case .size: .numberOutOfRange(at: place, text: text(of: field), column: name)
    }
  }
}

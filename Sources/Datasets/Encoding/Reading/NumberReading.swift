/// How the fields of a file are read as numbers.
struct NumberReading: Sendable {
  private let marks: NumberMarks
  private let separator: UInt8

  init(_ dialect: CSVDialect) { (marks, separator) = (dialect.marks, dialect.separator) }

  /// The number in a field.
  @inline(__always)
  func number(_ field: Span<UInt8>) -> PlainDecimal {
    var position = 0
    if let fast = CSVNumber(
      field, from: &position, to: field.count, separator: separator, decimal: marks.decimal),
      position == field.count
    {
      return .finite(fast.value)
    }
    return marks.number(field)
  }
}

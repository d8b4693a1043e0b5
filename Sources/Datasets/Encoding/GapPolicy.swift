/// What becomes of rows that have no value in a column.
public enum GapPolicy: String, Sendable, Hashable, Codable, CaseIterable {
  /// A number takes the median of the training rows; among categories a gap is one of its own.
  case median

  /// As `median`, and one more column says of each row whether a number is missing.
  case indicator

  /// Rows with a gap are left out when the file is read.
  case drop

  /// A gap is a fault.
  case error
}

import Documents

/// Why rows of one set cannot stand beside those of another: columns or classes that only one of them has.
public struct RowsMismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the other rows are called.
  public let name: String

  /// The columns that they lack.
  public let missingColumns: [String]

  /// The columns that they alone have.
  public let unknownColumns: [String]

  /// The classes that they alone have.
  public let unknownClasses: [String]

  /// Says what does not fit; nil where all does.
  init?(
    _ name: String, missingColumns: [String] = [], unknownColumns: [String] = [],
    unknownClasses: [String] = []
  ) {
    guard !(missingColumns.isEmpty && unknownColumns.isEmpty && unknownClasses.isEmpty) else {
      return nil
    }
    self.name = name
    (self.missingColumns, self.unknownColumns) = (missingColumns, unknownColumns)
    self.unknownClasses = unknownClasses
  }

  /// What does not fit and what would, in one line.
  public var description: String {
    let list = { (names: [String]) in names.map(\.quotedExcerpt).joined(separator: ", ") }
    let parts = [
      missingColumns.isEmpty ? nil : "lacks the columns \(list(missingColumns))",
      unknownColumns.isEmpty
        ? nil : "has the columns \(list(unknownColumns)), which the data have not",
      unknownClasses.isEmpty
        ? nil : "has the classes \(list(unknownClasses)), of which the data have no row",
    ].compactMap { $0 }
    return
      "\(name) \(parts.joined(separator: ", and ")); accepted: the columns of the data, in any "
      + "order, and classes among theirs"
  }
}

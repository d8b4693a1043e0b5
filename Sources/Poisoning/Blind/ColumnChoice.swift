import Documents
import LinAlg

/// Which features of a row an error falls on.
public enum ColumnChoice: String, Sendable, CaseIterable {
  /// One of them, drawn at random for each row.
  case one
  /// Every one.
  case all

  static let parameter = Parameter("columns", "one or all", default: "one")

  /// The features of a row that are changed, of `count`.
  func columns(of count: Int, _ stream: inout RandomStream) -> Range<Int> {
    switch self {
    case .one:
      let column = stream.integer(below: count)
      return column..<column + 1
    case .all: return 0..<count
    }
  }
}

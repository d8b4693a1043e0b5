import Datasets

/// Two sides and how they must stand to each other.
package enum Comparison: Sendable, Equatable {
  /// How the sides must stand to each other.
  package enum Relation: String, CaseIterable, Sendable {
    // Longer signs before those they begin with, as they are looked for in this order.
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case below = "<"
    case above = ">"
  }

  /// Numbers.
  case numbers(Expression, Relation, Expression)

  /// The text of a column, and whether it must be the other text.
  case text(column: String, isEqual: Bool, to: String)

  var columns: [String] {
    switch self {
    case .numbers(let a, _, let b): a.columns + b.columns
    case .text(let column, _, _): [column]
    }
  }

  /// Whether it holds in a row, whose cells `cell` tells; nil where a value it needs is missing.
  ///
  /// What is not a number, as 0/0, stands in no relation but inequality to anything.
  func holds(_ cell: (String) -> CSVTable.Cell?) -> Bool? {
    switch self {
    case .text(let column, let isEqual, let text):
      return cell(column).map { ($0.text == text) == isEqual }
    case .numbers(let left, let relation, let right):
      let number = { (name: String) in cell(name)?.number }
      guard let a = left.value(number), let b = right.value(number) else { return nil }
      return switch relation {
      case .atMost: a <= b
      case .atLeast: a >= b
      case .equal: a == b
      case .unequal: a != b
      case .below: a < b
      case .above: a > b
      }
    }
  }
}

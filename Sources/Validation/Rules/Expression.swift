/// Arithmetic over the numbers of a row.
package indirect enum Expression: Sendable, Equatable {
  case number(Double)
  case column(String)
  case negation(Expression)
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  case product(Expression, Expression)
  case quotient(Expression, Expression)

  /// The names of the columns, in order, each as often as it is written.
  var columns: [String] {
    switch self {
    case .number: []
    case .column(let name): [name]
    case .negation(let a): a.columns
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      a.columns + b.columns
    }
  }

  /// The value in a row, whose numbers `number` tells; nil where one is missing.
  func value(_ number: (String) -> Double?) -> Double? {
    func both(_ a: Expression, _ b: Expression, _ combine: (Double, Double) -> Double) -> Double? {
      guard let a = a.value(number), let b = b.value(number) else { return nil }
      return combine(a, b)
    }
    return switch self {
    case .number(let value): value
    case .column(let name): number(name)
    case .negation(let a): a.value(number).map { -$0 }
    case .sum(let a, let b): both(a, b, +)
    case .difference(let a, let b): both(a, b, -)
    case .product(let a, let b): both(a, b, *)
    case .quotient(let a, let b): both(a, b, /)
    }
  }
}

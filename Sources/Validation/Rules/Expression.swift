/// Arithmetic over the numbers of a row.
package indirect enum Expression: Sendable, Equatable {
  /// What is done with two numbers.
  package enum Operation: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
  }

  case number(Double)
  case column(String)
  case negation(Expression)
  case combination(Expression, Operation, Expression)

  /// The names of the columns, in order, each as often as it is written.
  var columns: [String] {
    switch self {
    case .number: []
    case .column(let name): [name]
    case .negation(let a): a.columns
    case .combination(let a, _, let b): a.columns + b.columns
    }
  }

  /// The value in a row, whose numbers `number` tells; nil where one is missing.
  func value(_ number: (String) -> Double?) -> Double? {
    switch self {
    case .number(let value): return value
    case .column(let name): return number(name)
    case .negation(let a): return a.value(number).map { -$0 }
    case .combination(let a, let operation, let b):
      guard let a = a.value(number), let b = b.value(number) else { return nil }
      return switch operation {
      case .plus: a + b
      case .minus: a - b
      case .times: a * b
      case .over: a / b
      }
    }
  }
}

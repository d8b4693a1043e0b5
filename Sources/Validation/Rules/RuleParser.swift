import Datasets
import Documents

/// Reads a rule by recursive descent.
struct RuleParser {
  private let tokens: [RuleToken]
  private var position = 0
  private var depth = 0

  /// Parentheses and signs that may be open at once.
  private static let depthLimit = 100

  init(_ text: String) throws(RuleError) {
    tokens = try RuleToken.all(of: text)
  }

  private var current: RuleToken { tokens[position] }

  /// Takes the whole text.
  mutating func rule() throws(RuleError) -> (conditions: [Comparison], requirements: [Comparison]) {
    var conditions: [Comparison] = []
    if take(.word("if")) {
      conditions = try comparisons()
      guard take(.word("then")) else { throw refusal("\"and\" or \"then\"") }
    }
    let requirements = try comparisons()
    guard current.kind == .end else { throw refusal("\"and\", an operator, or the end") }
    return (conditions, requirements)
  }

  private mutating func comparisons() throws(RuleError) -> [Comparison] {
    var comparisons = [try comparison()]
    while take(.word("and")) { comparisons.append(try comparison()) }
    return comparisons
  }

  private mutating func comparison() throws(RuleError) -> Comparison {
    if case .text(let text) = current.kind {
      position += 1
      let isEqual = try equality()
      guard case .column(let name) = try expression() else {
        throw refusal("the name of a column beside a text", at: position - 1)
      }
      return .text(column: name, isEqual: isEqual, to: text)
    }
    let left = try expression()
    guard case .sign(let sign) = current.kind, let relation = Comparison.Relation(rawValue: sign)
    else { throw refusal("an operator, or one of <=, <, ==, !=, >, >=") }
    let place = position
    position += 1
    guard case .text(let text) = current.kind else {
      return .numbers(left, relation, try expression())
    }
    guard case .column(let name) = left, relation == .equal || relation == .unequal else {
      throw refusal("numbers; a text is compared with one column, by == or !=", at: place)
    }
    position += 1
    return .text(column: name, isEqual: relation == .equal, to: text)
  }

  private mutating func equality() throws(RuleError) -> Bool {
    if take(.sign("==")) { return true }
    guard take(.sign("!=")) else { throw refusal("== or != after a text") }
    return false
  }

  private mutating func expression() throws(RuleError) -> Expression {
    try chain([.plus, .minus]) { parser throws(RuleError) in
      try parser.chain([.times, .over]) { parser throws(RuleError) in try parser.factor() }
    }
  }

  /// Operands with some operations between them, done from the left.
  private mutating func chain(
    _ operations: [Expression.Operation],
    of operand: (inout RuleParser) throws(RuleError) -> Expression
  ) throws(RuleError) -> Expression {
    var result = try operand(&self)
    while let operation = operations.first(where: { current.kind == .sign($0.rawValue) }) {
      position += 1
      result = .combination(result, operation, try operand(&self))
    }
    return result
  }

  private mutating func factor() throws(RuleError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw refusal("at most \(Self.depthLimit) parentheses and signs within each other")
    }
    if take(.sign("-")) { return .negation(try factor()) }
    if take(.sign("(")) {
      let inner = try expression()
      guard take(.sign(")")) else { throw refusal("an operator or \")\"") }
      return inner
    }
    switch current.kind {
    case .number(let value):
      position += 1
      return .number(value)
    case .word(let name) where !RuleToken.keywords.contains(name), .name(let name):
      position += 1
      return .column(name)
    default:
      throw refusal("a number, the name of a column, \"-\" or \"(\"")
    }
  }

  private mutating func take(_ kind: RuleToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    position += 1
    return true
  }

  private func refusal(_ accepted: String, at index: Int? = nil) -> RuleError {
    let token = tokens[index ?? position]
    let found = token.kind == .end ? "the end" : token.written.quotedExcerpt
    return RuleError(character: token.character, problem: "\(found); accepted: \(accepted)")
  }
}

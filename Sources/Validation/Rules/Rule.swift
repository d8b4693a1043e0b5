import Datasets

/// What must hold in each row, such as `minimum <= maximum` or `if kind == 'child' then age < 18`.
///
///     rule        = conditions | "if" conditions "then" conditions
///     conditions  = comparison { "and" comparison }
///     comparison  = expression relation expression | name ("==" | "!=") text
///     relation    = "<=" | ">=" | "==" | "!=" | "<" | ">"
///     expression  = term { ("+" | "-") term }
///     term        = factor { ("*" | "/") factor }
///     factor      = number | name | "-" factor | "(" expression ")"
///     name        = letters, digits, "_" and "." with no digit first, or anything in backquotes
///     text        = anything in quotation marks, single or double
package struct Rule: Sendable, Equatable {
  /// The rule as it is written.
  package let text: String

  /// Where it must hold: in rows in which all of these do.
  let conditions: [Comparison]

  /// What must hold.
  let requirements: [Comparison]

  /// Reads a rule.
  package init(_ text: String) throws(RuleError) {
    var parser = try RuleParser(text)
    (conditions, requirements) = try parser.rule()
    self.text = text
  }

  /// The names of the columns, each once, in the order of their first use.
  package var columns: [String] {
    var seen: Set<String> = []
    return (conditions + requirements).flatMap(\.columns).filter { seen.insert($0).inserted }
  }

  /// Whether the row, whose cells `cell` tells, keeps the rule; one that lacks a value it needs does.
  func allows(_ cell: (String) -> CSVTable.Cell?) -> Bool {
    guard conditions.allSatisfy({ $0.holds(cell) == true }) else { return true }
    return requirements.allSatisfy { $0.holds(cell) != false }
  }
}

/// What keeps a text from being a rule.
package struct RuleError: Error, Equatable {
  /// The character, from 1.
  package let character: Int

  /// What was found there and what would be accepted.
  package let problem: String
}

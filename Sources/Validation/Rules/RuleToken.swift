import Datasets
import Documents
import Foundation

/// A word, number or sign of a rule.
struct RuleToken {
  enum Kind: Equatable {
    case word(String)
    /// A name in backquotes.
    case name(String)
    case text(String)
    case number(Double)
    case sign(String)
    case end
  }

  let kind: Kind
  let written: String

  /// The character it begins with, from 1.
  let character: Int

  /// The words that are no names unless in backquotes.
  static let keywords: Set<String> = ["if", "then", "and"]

  private static let signs =
    Comparison.Relation.allCases.map(\.rawValue) + ["+", "-", "*", "/", "(", ")"]

  /// The tokens of a text, the end being the last.
  static func all(of text: String) throws(RuleError) -> [RuleToken] {
    let characters = Array(text)
    var tokens: [RuleToken] = []
    var start = 0
    while start < characters.count {
      let first = characters[start]
      if first.isWhitespace {
        start += 1
        continue
      }
      var end = start
      let kind: Kind
      if "'\"`".contains(first) {
        guard let close = characters[(start + 1)...].firstIndex(of: first) else {
          throw RuleError(
            character: start + 1,
            problem: "\(first) opens what nothing closes; add another \(first)")
        }
        end = close + 1
        let content = String(characters[start + 1..<close])
        kind = first == "`" ? .name(content) : .text(content)
      } else if isDigit(first) || first == "." {
        end = endOfNumber(characters, start)
        guard let value = Double(String(characters[start..<end])), value.isFinite else {
          throw refusal(String(characters[start..<end]), start, "a number such as 1.5")
        }
        kind = .number(value)
      } else if isPartOfName(first) {
        while end < characters.count,
          isPartOfName(characters[end]) || isDigit(characters[end])
            || characters[end] == "."
        { end += 1 }
        kind = .word(String(characters[start..<end]))
      } else if let sign = signs.first(where: { characters[start...].starts(with: $0) }) {
        end = start + sign.count
        kind = .sign(sign)
      } else {
        throw refusal(
          String(first), start,
          "names, numbers, texts in quotation marks, \(signs.joined(separator: " "))")
      }
      tokens.append(
        RuleToken(kind: kind, written: String(characters[start..<end]), character: start + 1))
      start = end
    }
    tokens.append(RuleToken(kind: .end, written: "", character: characters.count + 1))
    return tokens
  }

  /// Whether a name can be written without backquotes.
  static func isPlainName(_ name: String) -> Bool {
    guard let first = name.first, isPartOfName(first), !keywords.contains(name) else {
      return false
    }
    return name.allSatisfy { isPartOfName($0) || isDigit($0) || $0 == "." }
  }

  /// Digits with at most one exponent, whose sign belongs to it.
  private static func endOfNumber(_ characters: [Character], _ start: Int) -> Int {
    var end = start
    while end < characters.count, isDigit(characters[end]) || characters[end] == "." { end += 1 }
    guard end < characters.count, "eE".contains(characters[end]) else { return end }
    var exponent = end + 1
    if exponent < characters.count, "+-".contains(characters[exponent]) { exponent += 1 }
    guard exponent < characters.count, isDigit(characters[exponent]) else { return end }
    while exponent < characters.count, isDigit(characters[exponent]) { exponent += 1 }
    return exponent
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  private static func isPartOfName(_ character: Character) -> Bool {
    character.isLetter || character == "_"
  }

  private static func refusal(_ found: String, _ start: Int, _ accepted: String) -> RuleError {
    RuleError(character: start + 1, problem: "\(found.quotedExcerpt); accepted: \(accepted)")
  }
}

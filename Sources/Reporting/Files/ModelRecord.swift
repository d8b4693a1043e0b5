import Documents
import Models

/// A model and its parameters as records name them.
struct ModelRecord: Encodable {
  /// A parameter: a number, or a word such as `scale`.
  enum Value: Encodable {
    case number(Double)
    case word(String)

    init(_ text: String) {
      self = Double(text).map(Value.number) ?? .word(text)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .word(let word): try container.encode(word)
      }
    }
  }

  let name: String
  let parameters: [String: Value]

  init(_ choice: ModelChoice) {
    name = choice.model
    parameters = Dictionary(
      uniqueKeysWithValues: choice.specification.parameters.map { ($0.name, Value($0.value)) })
  }
}

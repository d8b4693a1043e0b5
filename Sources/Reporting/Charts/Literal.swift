extension Chart {
  /// A value of the grammar that may be one of several kinds.
  enum Literal: Encodable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String)
    case texts([String])
    case number(Double)
    case numbers([Double])
    /// So many points for each value.
    case step(Int)
    /// Nothing, where leaving it out would stand for something.
    case none

    init(stringLiteral text: String) { self = text.isEmpty ? .none : .text(text) }

    init(integerLiteral number: Int) { self = .number(Double(number)) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .texts(let texts): try container.encode(texts)
      case .number(let number): try container.encode(number)
      case .numbers(let numbers): try container.encode(numbers)
      case .step(let points): try container.encode(["step": points])
      case .none: try container.encodeNil()
      }
    }
  }
}

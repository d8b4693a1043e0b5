/// How somebody wants a column to become numbers.
public enum EncodingChoice: Sendable, Hashable, CustomStringConvertible {
  /// A column of 0 and 1 for each text.
  case onehot
  /// The place of each text among all, in their order.
  case ordinal
  /// Columns of 0 and 1, as many as given, of which the hash of the text chooses one.
  case hash(Int)
  /// Days since the beginning of 1970.
  case date
  /// A number.
  case number
  /// Not at all: the column is left out.
  case ignore

  /// The most columns that texts are hashed to.
  static let mostBuckets = 65_536

  /// Takes the word for it, such as `hash:32`; nil where it is none.
  public init?(_ text: String) {
    switch text {
    case "onehot": self = .onehot
    case "ordinal": self = .ordinal
    case "date": self = .date
    case "number": self = .number
    case "ignore": self = .ignore
    default:
      guard text.hasPrefix("hash:"), let count = Int(text.dropFirst("hash:".count)),
        (2...Self.mostBuckets).contains(count)
      else { return nil }
      self = .hash(count)
    }
  }

  /// The word for it.
  public var description: String {
    switch self {
    case .onehot: "onehot"
    case .ordinal: "ordinal"
    case .hash(let count): "hash:\(count)"
    case .date: "date"
    case .number: "number"
    case .ignore: "ignore"
    }
  }
}

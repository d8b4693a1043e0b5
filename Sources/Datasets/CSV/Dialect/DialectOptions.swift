/// What somebody says of how a CSV file is written; what is nil shows in the file.
public struct DialectOptions: Sendable, Hashable {
  /// What parts fields.
  public enum Separator: Sendable, Hashable {
    /// One byte of ASCII.
    case byte(UInt8)
    /// Any number of blanks and tabs.
    case blanks
  }

  /// What parts fields.
  public var separator: Separator?

  /// What stands before the fraction of a number.
  public var decimal: UInt8?

  /// What parts the thousands of a number.
  public var thousands: Choice?

  /// What stands around fields.
  public var quote: Choice?

  /// What comment lines begin with, up to two bytes of ASCII; empty where there are none.
  public var comment: [UInt8]?

  /// How many lines come before the first row.
  public var skippedLineCount: Int?

  /// What the bytes of the file stand for.
  public var encoding: TextEncoding?

  /// A byte of ASCII, or the word that there is none.
  public enum Choice: Sendable, Hashable {
    /// The byte.
    case byte(UInt8)
    /// There is none.
    case none

    var byte: UInt8? {
      if case .byte(let byte) = self { byte } else { nil }
    }
  }

  /// Nothing is said.
  public init() {}

  /// Whether nothing is said.
  public var isEmpty: Bool { self == DialectOptions() }
}

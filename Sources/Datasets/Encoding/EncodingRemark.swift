/// What was made of the columns of a file, for those who want to know what was taken for granted.
public struct EncodingRemark: Sendable, Equatable {
  /// Why a column was left out.
  public enum Absence: Sendable, Equatable {
    /// It has that many different texts, nearly as many as rows.
    case texts(Int)
    /// It has that many different dates, nearly as many as rows.
    case dates(Int)
    /// All rows have the same text.
    case oneText(String)
    /// No row has a value.
    case noValue
    /// Somebody wants it so.
    case asked
  }

  /// What was made of a column.
  public enum Outcome: Sendable, Equatable {
    /// Numbers.
    case number
    /// 0 and 1 for two words.
    case boolean
    /// So many columns.
    case categories(Int)
    /// The places of so many texts.
    case ordinal(Int)
    /// So many columns for so many different texts.
    case hash(texts: Int, columns: Int)
    /// Days.
    case dates
    /// Nothing.
    case leftOut(Absence)
  }

  /// A column, and what was made of it.
  public struct Column: Sendable, Equatable {
    /// The name.
    public let name: String

    /// What was made of it.
    public let outcome: Outcome

    /// How many rows have no value there.
    public let gapCount: Int

    /// The first of the texts that stand for none there, besides nothing.
    public let gapTexts: [String]

    /// What becomes of gaps.
    public let policy: GapPolicy

    /// Whether somebody has said what is to be made of the column.
    public let isSaid: Bool

    /// Whether somebody has said what is to become of gaps.
    public let isPolicySaid: Bool
  }

  /// The columns of which something is to be said.
  public let columns: [Column]

  /// How many rows the file has.
  public let rowCount: Int

  /// How many of them were left out for a gap.
  public let droppedRowCount: Int
}

extension EncodingRemark {
  /// The columns of which nothing was made.
  public var columnsLeftOut: [String] {
    columns.filter { if case .leftOut = $0.outcome { true } else { false } }.map(\.name)
  }
}

/// How one column of a file becomes columns of numbers.
public struct ColumnEncoding: Sendable, Hashable, Codable {
  /// What the column holds, or what is made of it.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// Numbers, which stay as they are.
    case number
    /// Two words, 0 and 1.
    case boolean
    /// Texts, each with a column of 0 and 1.
    case onehot
    /// Texts in an order, by their place in it.
    case ordinal
    /// Texts, whose hash chooses one of some columns of 0 and 1.
    case hash
    /// Dates of ISO 8601, as days since the beginning of 1970.
    case date
    /// Nothing is made of it.
    case ignored
  }

  /// The gaps of a column.
  public struct Gap: Sendable, Hashable, Codable {
    /// How the first one is written in the file.
    public let text: String

    /// Whether one more column says where they are.
    public let isIndicated: Bool

    /// Gaps written in some way.
    public init(text: String, isIndicated: Bool) {
      (self.text, self.isIndicated) = (text, isIndicated)
    }
  }

  /// The name of the column.
  public let name: String

  /// What is made of it.
  public let kind: Kind

  /// The texts: of a boolean no and yes, of categories each in its order, of a hash for each column one
  /// text of the file that chooses it, empty where none does; otherwise none.
  public let values: [String]

  /// Whether dates have times of day.
  public let hasTimes: Bool

  /// The gaps that the file has in the column; nil where there are none, or rows with them are left out.
  public let gap: Gap?

  /// Puts the encoding of a column together.
  public init(
    name: String, kind: Kind, values: [String] = [], hasTimes: Bool = false, gap: Gap? = nil
  ) {
    (self.name, self.kind, self.values) = (name, kind, values)
    (self.hasTimes, self.gap) = (hasTimes, gap)
  }

  /// What a gap is called among categories.
  static let gapName = "(missing)"

  /// Whether exactly one of its columns is 1 in a row of a file.
  public var isGroup: Bool { kind == .onehot || kind == .hash }

  /// Whether a row may have no value before gaps are filled.
  var hasOpenGaps: Bool { gap != nil && !isGroup && kind != .ignored }

  /// Number of columns that it becomes.
  public var width: Int {
    if kind == .ignored { return 0 }
    if isGroup { return values.count + (gap == nil ? 0 : 1) }
    return gap?.isIndicated == true ? 2 : 1
  }

  /// What the columns are called that it becomes, were it alone.
  var featureNames: [String] {
    switch kind {
    case .ignored: []
    case .onehot: values.map { "\(name)=\($0)" } + gapNames
    case .hash: values.indices.map { "\(name)#\($0)" } + gapNames
    case .number, .boolean, .ordinal, .date:
      gap?.isIndicated == true ? [name, "\(name) is missing"] : [name]
    }
  }

  private var gapNames: [String] { gap == nil ? [] : ["\(name)=\(Self.gapName)"] }
}

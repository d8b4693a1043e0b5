public import Datasets

/// Where data come from.
public struct DataSource: Sendable, Equatable {
  /// The name of a built-in set, or the path of a file.
  public var text = EmbeddedDataset.iris.rawValue

  /// The column of a file that holds the classes, or what else a format has them in.
  public var target: String?

  /// Columns of a file to leave out.
  public var ignoredColumns: [String] = []

  /// The column of a file that says which rows belong together.
  public var group: String?

  /// The column of a file that says how much each row counts in fits.
  public var weights: String?

  /// Whether the first line of a CSV file has the column names; nil where the file is to show it.
  public var hasHeader: Bool?

  /// What is said of how a CSV file is written.
  public var dialect = DialectOptions()

  /// What is said of how columns become numbers.
  public var encoding = EncodingOptions()

  /// How many rows are taken; nil for all.
  public var sample: Int?

  /// Iris.
  public init() {}

  /// Whether the data have a name of their own, and so are no file of the user's.
  public var isNamed: Bool { NamedDataset(text) != nil }

  /// Whether the data are read from a file, whoever has put it there.
  var isFile: Bool { NamedDataset(text).map { $0.path != nil } ?? true }
}

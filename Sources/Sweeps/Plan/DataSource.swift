import Datasets

/// Where data come from.
public struct DataSource: Sendable, Equatable {
  /// The name of a built-in set, or the path of a CSV file.
  public var text = EmbeddedDataset.iris.rawValue

  /// The column of a CSV file that holds the classes.
  public var target: String?

  /// Columns of a CSV file to leave out.
  public var ignoredColumns: [String] = []

  /// Whether the first line of a CSV file has the column names.
  public var hasHeader = true

  /// Iris.
  public init() {}

  init(embedded name: String) { text = name }

  /// Whether the data are built in.
  public var isEmbedded: Bool { EmbeddedDataset(rawValue: text) != nil }
}

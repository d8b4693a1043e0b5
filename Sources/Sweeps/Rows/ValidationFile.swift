import Datasets

/// Rows of another file than the data, on which models are judged: neither attacks nor defences change them,
/// and no scaler is fitted to them.
public struct ValidationFile: Sendable, Hashable, Codable {
  /// What the file is called.
  public let name: String

  /// The SHA-256 of its content, as `Dataset.digest` has it.
  public let digest: String

  /// Number of its rows.
  public let rows: Int

  /// The file of a data set.
  init(_ dataset: Dataset) {
    (name, digest, rows) = (dataset.name, dataset.digest, dataset.sampleCount)
  }
}

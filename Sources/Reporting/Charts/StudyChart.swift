/// A chart of a study: a Vega-Lite specification with its data inside.
public struct StudyChart: Sendable {
  /// What its files are called.
  public let name: String

  /// The specification, as JSON.
  public let specification: String
}

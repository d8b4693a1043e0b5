/// A file among the artifacts of a run or of a model.
public struct Artifact: Sendable, Equatable {
  /// Its path below the run or model, with `/` between folders, such as `tables/cells.json`.
  public var path: String

  /// Its content.
  public var content: [UInt8]

  /// Makes a file of bytes.
  public init(_ path: String, content: [UInt8]) {
    (self.path, self.content) = (path, content)
  }

  /// Makes a file of text.
  public init(_ path: String, text: String) {
    self.init(path, content: Array(text.utf8))
  }
}

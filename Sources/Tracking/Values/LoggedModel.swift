/// A model of a back end, with files of its own.
public struct LoggedModel: Sendable, Equatable {
  /// Where its files are.
  public enum Place: Sendable, Equatable {
    /// In a place of its own: MLflow 3.
    case own
    /// In a folder among the artifacts of its run: servers before MLflow 3, which know no models.
    case artifacts(folder: String)
  }

  /// Its id, `m-` and 32 hexadecimal digits.
  public let id: String

  /// Its name.
  public let name: String

  /// Whether all its files are there.
  public let isReady: Bool

  /// The URI below which its files are.
  public let artifactURI: String

  /// Where its files are.
  public let place: Place

  /// Describes a model.
  public init(
    id: String, name: String, isReady: Bool, artifactURI: String, place: Place = .own
  ) {
    (self.id, self.name, self.isReady) = (id, name, isReady)
    (self.artifactURI, self.place) = (artifactURI, place)
  }
}

/// A model that is to be made.
public struct NewLoggedModel: Sendable, Equatable {
  /// Its name, by which a run tells its models apart.
  public var name: String

  /// Its type, such as `onnx`.
  public var type: String

  /// Its parameters.
  public var parameters: [String: String]

  /// Its tags.
  public var tags: [String: String]

  /// Describes a model.
  public init(
    name: String, type: String, parameters: [String: String] = [:], tags: [String: String] = [:]
  ) {
    (self.name, self.type, self.parameters, self.tags) = (name, type, parameters, tags)
  }
}

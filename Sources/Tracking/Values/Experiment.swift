/// An experiment of a back end, which runs belong to.
public struct Experiment: Sendable, Equatable {
  /// Its id, digits.
  public let id: String

  /// Its name.
  public let name: String

  /// The URI below which its artifacts are.
  public let artifactLocation: String

  /// Describes an experiment.
  public init(id: String, name: String, artifactLocation: String) {
    (self.id, self.name, self.artifactLocation) = (id, name, artifactLocation)
  }
}

/// A run of a back end.
public struct Run: Sendable, Equatable {
  /// Its id, 32 hexadecimal digits.
  public let id: String

  /// The id of its experiment.
  public let experimentID: String

  /// Its name.
  public let name: String

  /// Its status.
  public let status: RunStatus

  /// When it began, in milliseconds since 1970.
  public let startTime: Int

  /// The URI below which its artifacts are.
  public let artifactURI: String

  /// Its tags.
  public let tags: [String: String]

  /// Describes a run.
  public init(
    id: String, experimentID: String, name: String, status: RunStatus, startTime: Int,
    artifactURI: String, tags: [String: String]
  ) {
    (self.id, self.experimentID, self.name, self.status) = (id, experimentID, name, status)
    (self.startTime, self.artifactURI, self.tags) = (startTime, artifactURI, tags)
  }
}

/// Where a run stands.
public enum RunStatus: String, Sendable, CaseIterable {
  /// It is at work.
  case running = "RUNNING"
  /// It is to begin.
  case scheduled = "SCHEDULED"
  /// It ended with its result.
  case finished = "FINISHED"
  /// It ended without.
  case failed = "FAILED"
  /// It was stopped.
  case killed = "KILLED"
}

/// A run that is to be made.
public struct NewRun: Sendable, Equatable {
  /// Its name.
  public var name: String

  /// When it began, in milliseconds since 1970.
  public var startTime: Int

  /// Its first tags.
  ///
  /// One of them should tell it from all other runs, so that it is found when an answer is lost.
  public var tags: [String: String]

  /// Describes a run.
  public init(name: String, startTime: Int, tags: [String: String]) {
    (self.name, self.startTime, self.tags) = (name, startTime, tags)
  }
}

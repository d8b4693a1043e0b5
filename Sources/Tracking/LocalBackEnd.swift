/// A back end that writes to this machine itself, artifacts too.
protocol LocalBackEnd: BackEnd {
  var artifacts: LocalArtifacts { get }
}

extension LocalBackEnd {
  func upload(_ file: Artifact, to run: Run) throws(TrackingError) {
    try artifacts.put(file, below: run.artifactURI)
  }

  func upload(_ file: Artifact, to model: LoggedModel) throws(TrackingError) {
    try artifacts.put(file, below: model.artifactURI)
  }

  func refusal(_ call: String, _ reason: String) -> TrackingError {
    .refused(backEnd: name, call: call, reason: reason)
  }

  /// The tags a run is made with, cut where MLflow cuts them, its name among them.
  func tags(of run: NewRun) throws(TrackingError) -> [String: String] {
    try KeyName.require(run.tags)
    var tags = run.tags.mapValues { $0.cut(at: Limits.tag) }
    tags["mlflow.runName"] = run.name.cut(at: Limits.key)
    return tags
  }
}

extension LoggedModel {
  // MLflow's numbers: 1 is pending, 3 a failed upload.
  static let pending = 1
  static let ready = 2
}

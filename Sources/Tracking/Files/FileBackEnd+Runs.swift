import Files
import Foundation

extension FileBackEnd {
  func runs(
    of experiment: Experiment, tagged tags: [String: String]
  ) throws(TrackingError) -> [Run] {
    let folder = store.experiment(experiment.id)
    var runs: [Run] = []
    for id in StoreFolder.names(in: folder) {
      let tagFolder = "\(folder)/\(id)/tags"
      var hasAll = true
      for (key, value) in tags where hasAll {
        hasAll = try AtomicFile.text(at: "\(tagFolder)/\(key)") == value.cut(at: Limits.tag)
      }
      guard hasAll, let meta = try MetaFile(reading: "\(folder)/\(id)/meta.yaml"),
        meta.text("run_id") == id, meta.text("lifecycle_stage") == "active"
      else { continue }
      runs.append(
        Run(
          id: id, experimentID: experiment.id, name: meta.text("run_name") ?? "",
          status: RunStatus(fileStore: meta.integer("status")),
          startTime: meta.integer("start_time") ?? 0,
          artifactURI: meta.text("artifact_uri") ?? "", tags: try self.tags(in: tagFolder)))
    }
    return runs.sorted { ($0.startTime, $0.id) < ($1.startTime, $1.id) }
  }

  private func tags(in folder: String) throws(TrackingError) -> [String: String] {
    var tags: [String: String] = [:]
    for key in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(key)"
      if !DurableFile.isFolder(path) { tags[key] = try AtomicFile.text(at: path) }
    }
    return tags
  }

  func create(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run {
    let tags = try tags(of: run)
    guard let owner = try MetaFile(reading: store.experiment(experiment.id) + "/meta.yaml"),
      owner.text("lifecycle_stage") == "active"
    else { throw .deletedExperiment(backEnd: name, name: experiment.name) }
    let id = Identifier.unique()
    let runName = run.name.cut(at: Limits.key)
    let made = Run(
      id: id, experimentID: experiment.id, name: runName, status: .running,
      startTime: run.startTime,
      artifactURI: ArtifactLocation.run(
        id, of: experiment.artifactLocation), tags: tags)
    let folder = store.run(made)
    for name in ["metrics", "params", "artifacts"] {
      try AtomicFile.makeFolder("\(folder)/\(name)")
    }
    try write(tags, to: folder + "/tags")
    // Last: without it there is no run for MLflow.
    var meta = MetaFile(new: folder + "/meta.yaml")
    meta.set("artifact_uri", made.artifactURI)
    meta.set("end_time", nil as Int?)
    meta.set("experiment_id", experiment.id)
    meta.set("lifecycle_stage", "active")
    meta.set("run_id", id)
    meta.set("run_uuid", id)
    meta.set("run_name", runName)
    meta.set("start_time", run.startTime)
    meta.set("status", RunStatus.running.fileStore)
    meta.set("user_id", tags["mlflow.user"] ?? "")
    try meta.write()
    return made
  }

  func update(_ run: Run, status: RunStatus, endTime: Int?) throws(TrackingError) {
    var meta = try requireActive(run, for: "update run")
    meta.set("status", status.fileStore)
    meta.set("end_time", status == .running ? nil : endTime ?? currentMilliseconds())
    try meta.write()
  }
}

extension RunStatus {
  private static let numbers: [RunStatus] = [.running, .scheduled, .finished, .failed, .killed]

  /// The status of a number in a file store, which begin with 1.
  fileprivate init(fileStore number: Int?) {
    let index = (number ?? 1) - 1
    self = Self.numbers.indices.contains(index) ? Self.numbers[index] : .running
  }

  fileprivate var fileStore: Int { (Self.numbers.firstIndex(of: self) ?? 0) + 1 }
}

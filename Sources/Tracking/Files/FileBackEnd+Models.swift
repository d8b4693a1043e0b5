extension FileBackEnd {
  func models(of run: Run) throws(TrackingError) -> [LoggedModel] {
    var models: [(time: Int, model: LoggedModel)] = []
    for id in StoreFolder.names(in: store.experiment(run.experimentID) + "/models") {
      guard let meta = try MetaFile(reading: metaPath(id, run)),
        meta.text("source_run_id") == run.id, meta.text("lifecycle_stage") == "active"
      else { continue }
      let model = LoggedModel(
        id: id, name: meta.text("name") ?? "", isReady: meta.integer("status") == LoggedModel.ready,
        artifactURI: meta.text("artifact_location") ?? "")
      models.append((meta.integer("creation_timestamp") ?? 0, model))
    }
    return models.sorted { ($0.time, $0.model.id) < ($1.time, $1.model.id) }.map(\.model)
  }

  func create(_ model: NewLoggedModel, of run: Run) throws(TrackingError) -> LoggedModel {
    try KeyName.require(model)
    _ = try requireActive(run, for: "create model")
    let owner = try MetaFile(reading: store.experiment(run.experimentID) + "/meta.yaml")
    let id = Identifier.model()
    let artifacts = ArtifactLocation.model(id, of: owner?.text("artifact_location") ?? "")
    let folder = store.model(id, of: run.experimentID)
    for name in ["metrics", "params", "tags"] { try AtomicFile.makeFolder("\(folder)/\(name)") }
    try write(model.parameters.mapValues { $0.cut(at: Limits.parameter) }, to: folder + "/params")
    try write(model.tags.mapValues { $0.cut(at: Limits.tag) }, to: folder + "/tags")
    let now = currentMilliseconds()
    var meta = MetaFile(new: metaPath(id, run))
    meta.set("artifact_location", artifacts)
    meta.set("creation_timestamp", now)
    meta.set("experiment_id", run.experimentID)
    meta.set("last_updated_timestamp", now)
    meta.set("lifecycle_stage", "active")
    meta.set("model_id", id)
    meta.set("model_type", model.type)
    meta.set("name", model.name)
    meta.set("source_run_id", run.id)
    meta.set("status", LoggedModel.pending)
    meta.set("status_message", nil as String?)
    try meta.write()
    return LoggedModel(id: id, name: model.name, isReady: false, artifactURI: artifacts)
  }

  func finish(_ model: LoggedModel, of run: Run) throws(TrackingError) {
    guard var meta = try MetaFile(reading: metaPath(model.id, run)) else {
      throw refusal("finish model", "there is no model \(model.id)")
    }
    meta.set("status", LoggedModel.ready)
    meta.set("last_updated_timestamp", currentMilliseconds())
    try meta.write()
    var output = MetaFile(new: "\(store.run(run))/outputs/\(model.id)/meta.yaml")
    output.set("destination_id", model.id)
    output.set("destination_type", "MODEL_OUTPUT")
    output.set("source_id", run.id)
    output.set("source_type", "RUN_OUTPUT")
    output.set("step", 0)
    output.set("tags", [:])
    try output.write()
  }

  private func metaPath(_ model: String, _ run: Run) -> String {
    store.model(model, of: run.experimentID) + "/meta.yaml"
  }
}

extension FileBackEnd {
  func experiment(
    named name: String, tags: [String: String]
  ) throws(TrackingError) -> Experiment {
    try KeyName.requireExperiment(name)
    try KeyName.require(tags)
    if let known = try known(name) { return known }
    let experiment = try make(name)
    try write(
      tags.mapValues { $0.cut(at: Limits.experimentTag) },
      to: store.experiment(experiment.id) + "/tags")
    return experiment
  }

  private func known(_ name: String) throws(TrackingError) -> Experiment? {
    // Experiments that are deleted are moved to the trash.
    for folder in [store.path, store.path + "/.trash"] {
      for id in StoreFolder.names(in: folder) where id.allSatisfy({ $0.isASCII && $0.isNumber }) {
        guard let meta = try MetaFile(reading: "\(folder)/\(id)/meta.yaml"),
          meta.text("name") == name
        else { continue }
        guard folder == store.path, meta.text("lifecycle_stage") == "active" else {
          throw .deletedExperiment(backEnd: self.name, name: name)
        }
        return Experiment(
          id: id, name: name, artifactLocation: meta.text("artifact_location") ?? "")
      }
    }
    return nil
  }

  private func make(_ name: String) throws(TrackingError) -> Experiment {
    let standard = "Default"
    // As MLflow has it, which makes its own only with the folder.
    let isNew = StoreFolder.names(in: store.path).isEmpty
    if isNew, name != standard { _ = try make(standard, id: "0") }
    return try make(name, id: isNew && name == standard ? "0" : Identifier.experiment())
  }

  private func make(_ name: String, id: String) throws(TrackingError) -> Experiment {
    let location = ArtifactLocation.experiment(id, below: artifactLocation)
    let now = currentMilliseconds()
    var meta = MetaFile(new: store.experiment(id) + "/meta.yaml")
    meta.set("artifact_location", location)
    meta.set("creation_time", now)
    meta.set("experiment_id", id)
    meta.set("last_update_time", now)
    meta.set("lifecycle_stage", "active")
    meta.set("name", name)
    try meta.write()
    return Experiment(id: id, name: name, artifactLocation: location)
  }
}

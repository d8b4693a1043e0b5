extension FileBackEnd {
  func log(_ data: RunData, to run: Run) throws(TrackingError) {
    try KeyName.require(data)
    var meta = try requireActive(run, for: "log")
    let folder = store.run(run)
    let parameters = data.parameters.mapValues { $0.cut(at: Limits.parameter) }
    for (key, value) in parameters.sorted(by: { $0.key < $1.key }) {
      if let known = try AtomicFile.text(at: "\(folder)/params/\(key)"), known != value {
        throw refusal(
          "log", "parameter \(key) of run \(run.id) is \"\(known)\" and cannot become \"\(value)\"")
      }
    }
    try write(parameters, to: folder + "/params")
    try write(data.tags.mapValues { $0.cut(at: Limits.tag) }, to: folder + "/tags")
    if let name = data.tags["mlflow.runName"] {
      meta.set("run_name", name.cut(at: Limits.key))
      try meta.write()
    }
    try append(data.metrics, of: run, to: folder + "/metrics")
    let ofModels = Dictionary(grouping: data.metrics.filter { $0.modelID != nil }) {
      $0.modelID ?? ""
    }
    for (model, metrics) in ofModels.sorted(by: { $0.key < $1.key }) {
      let folder = store.model(model, of: run.experimentID)
      guard try MetaFile(reading: folder + "/meta.yaml") != nil else {
        throw refusal("log", "there is no model \(model)")
      }
      try append(metrics, of: run, to: folder + "/metrics", ending: " " + run.id)
    }
  }

  /// Adds lines to the files of metrics, none of them twice.
  private func append(
    _ metrics: [Metric], of run: Run, to folder: String, ending: String = ""
  ) throws(TrackingError) {
    for (key, points) in Dictionary(grouping: metrics, by: \.key).sorted(by: { $0.key < $1.key }) {
      let path = "\(folder)/\(key)"
      var text = try AtomicFile.text(at: path) ?? ""
      var lines = Set(text.split(separator: "\n").map(String.init))
      for point in points {
        let time = point.timestamp ?? run.startTime
        let line = "\(time) \(point.value) \(point.step)\(ending)"
        if lines.insert(line).inserted { text += line + "\n" }
      }
      try AtomicFile.write(text, to: path)
    }
  }

  func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError) {
    for dataset in datasets { try KeyName.require(dataset) }
    _ = try requireActive(run, for: "log data sets")
    for dataset in datasets {
      let id = StoreFolder.name(of: [dataset.name, dataset.digest])
      let path = "\(store.experiment(run.experimentID))/datasets/\(id)/meta.yaml"
      if try MetaFile(reading: path) == nil {
        var meta = MetaFile(new: path)
        meta.set("digest", dataset.digest)
        meta.set("name", dataset.name)
        meta.set("profile", dataset.profile)
        meta.set("schema", dataset.schema)
        meta.set("source", dataset.source)
        meta.set("source_type", dataset.sourceType)
        try meta.write()
      }
      let input = StoreFolder.name(of: [id, dataset.context])
      var meta = MetaFile(new: "\(store.run(run))/inputs/\(input)/meta.yaml")
      meta.set("destination_id", run.id)
      meta.set("destination_type", "RUN")
      meta.set("source_id", id)
      meta.set("source_type", "DATASET")
      meta.set("tags", ["mlflow.data.context": dataset.context])
      try meta.write()
    }
  }
}

import Files

/// Brings runs into an experiment so that nothing is there twice, however often it is tried.
///
/// A run is found again by the tags of its identity. One that is `FINISHED` is complete and left as
/// it is; of any other, whatever is missing is added.
public struct Publisher: Sendable {
  /// Where runs are brought.
  public let backEnd: any BackEnd

  /// The experiment they belong to.
  public let experiment: Experiment

  /// Finds the experiment, or makes it with these tags.
  ///
  /// - Throws: `TrackingError`, also when no server is there at all.
  public init(
    _ backEnd: any BackEnd, experiment name: String, tags: [String: String]
  ) throws(TrackingError) {
    self.backEnd = backEnd
    experiment = try backEnd.experiment(named: name, tags: tags)
  }

  /// The run of an identity, unless it is not there.
  public func run(_ identity: [String: String]) throws(TrackingError) -> Run? {
    try backEnd.runs(of: experiment, tagged: identity).first
  }

  /// Makes a run that is at work, or takes up an unfinished one of the identity that lacks a tag.
  public func begin(
    _ identity: [String: String], name: String, tags: [String: String], startTime: Int,
    lacking tag: String? = nil
  ) throws(TrackingError) -> Run {
    let known = try backEnd.runs(of: experiment, tagged: identity)
    let open = known.first { run in
      run.status != .finished && tag.flatMap { run.tags[$0] } == nil
    }
    if let run = open {
      try backEnd.update(run, status: .running, endTime: nil)
      return run
    }
    return try backEnd.create(
      NewRun(name: name, startTime: startTime, tags: tags.merging(identity) { $1 }),
      in: experiment)
  }

  /// Ends a run without its result, saying why.
  public func end(
    _ run: Run, as status: RunStatus, error: String, time: Int
  ) throws(TrackingError) {
    try backEnd.log(RunData(tags: ["error": error]), to: run)
    try backEnd.update(run, status: status, endTime: time)
  }

  /// Brings a run with all that is in it, as a child of `parent` or as `run`, and finishes it.
  ///
  /// A parent is finished by `finish`, after its children.
  @discardableResult
  public func publish(
    _ document: RunDocument, as known: Run? = nil, childOf parent: Run? = nil,
    finishing isLast: Bool = true
  ) throws(TrackingError) -> Run {
    var identity = document.identity
    if let parent { identity["mlflow.parentRunId"] = parent.id }
    var tags = document.tags.merging(identity) { $1 }
    let run =
      if let known {
        known
      } else if let found = try self.run(identity) {
        found
      } else {
        try backEnd.create(
          NewRun(name: document.name, startTime: document.startTime, tags: tags), in: experiment)
      }
    guard run.status != .finished else { return run }
    if !document.tables.isEmpty {
      let entries = document.tables.map { "{\"path\": \($0.jsonLiteral), \"type\": \"table\"}" }
      tags["mlflow.loggedArtifacts"] = "[\(entries.joined(separator: ", "))]"
    }
    // A point is logged once: those of models come with the model.
    let ofModels = Set(document.models.flatMap { $0.metrics.map(\.key) })
    let metrics = document.metrics.filter { !ofModels.contains($0.key) }
    try backEnd.log(
      RunData(parameters: document.parameters, tags: tags, metrics: metrics), to: run)
    if !document.datasets.isEmpty { try backEnd.log(document.datasets, to: run) }
    for artifact in document.artifacts { try backEnd.upload(artifact, to: run) }
    for model in document.models { try publish(model, of: run) }
    if isLast { try finish(run, time: document.endTime) }
    return run
  }

  /// Ends a run with its result.
  public func finish(_ run: Run, time: Int) throws(TrackingError) {
    try backEnd.update(run, status: .finished, endTime: time)
  }

  private func publish(_ document: ModelDocument, of run: Run) throws(TrackingError) {
    let model: LoggedModel
    if let known = try backEnd.models(of: run).first(where: { $0.name == document.model.name }) {
      model = known
    } else {
      model = try backEnd.create(document.model, of: run)
    }
    if !model.isReady {
      let id: String? = if case .own = model.place { model.id } else { nil }
      let files = document.package.files(id: id, run: run, time: run.startTime)
      for file in files { try backEnd.upload(file, to: model) }
      try backEnd.finish(model, of: run)
    }
    var metrics = document.metrics
    if model.place == .own { for index in metrics.indices { metrics[index].modelID = model.id } }
    if !metrics.isEmpty { try backEnd.log(RunData(metrics: metrics), to: run) }
    if let registration = document.registration {
      _ = try backEnd.register(
        model, of: run, as: registration.name, alias: registration.alias)
    }
  }
}

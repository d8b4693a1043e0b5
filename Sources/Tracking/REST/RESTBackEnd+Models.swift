import Files
import Foundation

extension RESTBackEnd {
  /// Of those that are a folder of the run only the ones that are ready.
  func models(of run: Run) throws(TrackingError) -> [LoggedModel] {
    let own = try searchedModels(of: run)
    if own != nil, isProxied(run) { return own ?? [] }
    let current: RunAnswer = try client.send(client.call(get: "runs/get", ["run_id": run.id]))
    return (own ?? []) + RunModel.finished(of: current.run.run)
  }

  /// A server before MLflow 3 knows none, and one that serves no artifacts puts files among those
  /// of runs only: there it is a folder of the run.
  func create(_ model: NewLoggedModel, of run: Run) throws(TrackingError) -> LoggedModel {
    let inRun = RunModel(run: run, name: model.name, isReady: false).model
    guard isProxied(run) else { return inRun }
    if let found = try find(model.name, of: run) { return found }
    let call = try client.call(
      post: "logged-models",
      [
        "experiment_id": run.experimentID, "name": model.name, "model_type": model.type,
        "source_run_id": run.id,
        "params": model.parameters.mapValues { $0.cut(at: Limits.parameter) }.pairs,
        "tags": model.tags.mapValues { $0.cut(at: Limits.tag) }.pairs,
      ])
    return try client.send(
      call, unlessDone: { () throws(TrackingError) in try self.find(model.name, of: run) },
      read: { (answer) throws(TrackingError) in
        if answer.isUnknownPath { return inRun }
        return try self.client.read(answer, to: call, as: LoggedModelAnswer.self).model.model
      })
  }

  func finish(_ model: LoggedModel, of run: Run) throws(TrackingError) {
    switch model.place {
    case .own:
      try client.send(
        client.call(
          post: "logged-models/\(model.id.percentEncoded)", by: "PATCH",
          ["model_id": model.id, "status": "LOGGED_MODEL_READY"]))
      try addOutput(model, to: run)
    case .artifacts(let folder):
      guard try !models(of: run).contains(where: { $0.id == model.id }) else { return }
      try client.send(
        client.call(
          post: "runs/log-model",
          ["run_id": run.id, "model_json": Self.entry(model, folder: folder, of: run)]))
    }
  }

  /// Makes a model an output of its run, once: MLflow refuses an output that is there.
  private func addOutput(_ model: LoggedModel, to run: Run) throws(TrackingError) {
    if try hasOutput(model, of: run) != nil { return }
    let call = try client.call(
      post: "runs/outputs",
      ["run_id": run.id, "models": [["model_id": model.id, "step": 0] as CallBody]])
    _ = try client.send(
      call, unlessDone: { () throws(TrackingError) in try self.hasOutput(model, of: run) },
      read: { (answer) throws(TrackingError) in try self.client.read(answer, to: call) })
  }

  private func hasOutput(_ model: LoggedModel, of run: Run) throws(TrackingError) -> EmptyAnswer? {
    let answer: RunAnswer = try client.send(client.call(get: "runs/get", ["run_id": run.id]))
    let outputs = answer.run.outputs?.modelOutputs ?? []
    return outputs.contains { $0.modelId == model.id } ? EmptyAnswer() : nil
  }

  /// The unfinished or finished model of this name that an earlier try has left.
  private func find(_ name: String, of run: Run) throws(TrackingError) -> LoggedModel? {
    try searchedModels(of: run)?.first { $0.name == name }
  }

  /// The models that have the run for their source; nil where the server knows no models.
  private func searchedModels(of run: Run) throws(TrackingError) -> [LoggedModel]? {
    var models: [LoggedModel] = []
    var token: String?
    repeat {
      let call = try client.call(
        post: "logged-models/search",
        [
          "experiment_ids": [run.experimentID], "filter": "source_run_id = '\(run.id)'",
          "max_results": 100,
          "order_by": [["field_name": "creation_timestamp", "ascending": true] as CallBody],
          "page_token": token,
        ])
      let page = try client.send(call) { (answer) throws(TrackingError) -> LoggedModelPage? in
        if answer.isUnknownPath { return nil }
        return try self.client.read(answer, to: call)
      }
      guard let page else { return nil }
      models += (page.models ?? []).filter { $0.info.sourceRunId == run.id }.map(\.model)
      token = nextToken(page.nextPageToken, after: token)
    } while token != nil
    return models
  }

  private func isProxied(_ run: Run) -> Bool {
    ArtifactPlace(run.artifactURI, root: client.root) != .storage
  }

  private static func entry(_ model: LoggedModel, folder: String, of run: Run) -> String {
    let time = Date().formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt).year().month().day()
        .time(includingFractionalSeconds: true).timeSeparator(.colon))
    return "{\"artifact_path\": \(folder.jsonLiteral), \"run_id\": \(run.id.jsonLiteral), "
      + "\"utc_time_created\": \(time.jsonLiteral), "
      + "\"model_uuid\": \(model.id.dropFirst(2).description.jsonLiteral), "
      + "\"flavors\": {\"python_function\": {\"loader_module\": \"mlflow.onnx\"}}}"
  }
}

extension HTTPAnswer {
  /// Whether the server does not know the call: a 404 that is not MLflow's.
  fileprivate var isUnknownPath: Bool {
    status == 404 && (failure == nil || failure?.errorCode == "ENDPOINT_NOT_FOUND")
  }
}

extension RESTBackEnd {
  func experiment(
    named name: String, tags: [String: String]
  ) throws(TrackingError) -> Experiment {
    if let record = try find(experiment: name) { return record.experiment }
    let call = try client.call(
      post: "experiments/create", ["name": name, "tags": tags.pairs])
    try client.send(call) { (answer) throws(TrackingError) in
      // Another process was faster, or the answer to a first try was lost.
      if answer.failure?.errorCode == ServerFailure.alreadyExists { return }
      try self.client.check(answer, to: call)
    }
    guard let record = try find(experiment: name) else {
      throw .badAnswer(
        backEnd: client.name, call: "experiments/get-by-name",
        excerpt: "no experiment \"\(name)\" after it was made")
    }
    return record.experiment
  }

  private func find(experiment name: String) throws(TrackingError) -> ExperimentRecord? {
    let call = client.call(get: "experiments/get-by-name", ["experiment_name": name])
    let record = try client.send(call) { (answer) throws(TrackingError) -> ExperimentRecord? in
      if answer.failure?.errorCode == ServerFailure.missing { return nil }
      return try self.client.read(answer, to: call, as: ExperimentAnswer.self).experiment
    }
    guard record?.lifecycleStage != "deleted" else {
      throw .deletedExperiment(backEnd: client.name, name: name)
    }
    return record
  }
}

private struct ExperimentAnswer: Decodable {
  let experiment: ExperimentRecord
}

private struct ExperimentRecord: Decodable {
  let experimentId: String
  let name: String
  let artifactLocation: String?
  let lifecycleStage: String?

  var experiment: Experiment {
    Experiment(id: experimentId, name: name, artifactLocation: artifactLocation ?? "")
  }
}

import Synchronization

extension RESTBackEnd {
  func runs(
    of experiment: Experiment, tagged tags: [String: String]
  ) throws(TrackingError) -> [Run] {
    var runs: [Run] = []
    var token: String?
    repeat {
      let page: RunPage = try client.send(
        client.call(
          post: "runs/search",
          [
            "experiment_ids": [experiment.id], "filter": Self.filter(tags),
            "run_view_type": "ACTIVE_ONLY", "max_results": 200,
            "order_by": ["attributes.start_time ASC"], "page_token": token,
          ]))
      runs += (page.runs ?? []).filter { $0.info.lifecycleStage != "deleted" }.map(\.run)
      token = nextToken(page.nextPageToken, after: token)
    } while token != nil
    return runs.filter { run in tags.allSatisfy { run.tags[$0.key] == $0.value } }
  }

  /// Where an answer was lost, a run of the same name, start and tags is taken for this one.
  func create(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run {
    if hasLostRun.withLock(\.self), let found = try find(run, in: experiment) {
      hasLostRun.withLock { $0 = false }
      return found
    }
    let call = try client.call(
      post: "runs/create",
      [
        "experiment_id": experiment.id, "run_name": run.name, "start_time": run.startTime,
        "tags": run.tags.mapValues { $0.cut(at: Limits.tag) }.pairs,
      ])
    hasLostRun.withLock { $0 = true }
    let made = try client.send(
      call, unlessDone: { () throws(TrackingError) in try self.find(run, in: experiment) },
      read: { (answer) throws(TrackingError) in
        try self.client.read(answer, to: call, as: RunAnswer.self).run.run
      })
    hasLostRun.withLock { $0 = false }
    return made
  }

  func update(_ run: Run, status: RunStatus, endTime: Int?) throws(TrackingError) {
    try client.send(
      client.call(
        post: "runs/update",
        [
          "run_id": run.id, "status": status.rawValue,
          "end_time": status == .running ? nil : endTime,
        ]))
  }

  func log(_ data: RunData, to run: Run) throws(TrackingError) {
    for batch in Batch.batches(of: data, of: run) {
      try client.send(client.call(post: "runs/log-batch", batch.body))
    }
  }

  func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError) {
    guard !datasets.isEmpty else { return }
    let inputs = datasets.map { input -> CallBody in
      let dataset: CallBody = [
        "name": input.name, "digest": input.digest, "source_type": input.sourceType,
        "source": input.source, "schema": input.schema, "profile": input.profile,
      ]
      return ["tags": [Pair(key: "mlflow.data.context", value: input.context)], "dataset": dataset]
    }
    try client.send(client.call(post: "runs/log-inputs", ["run_id": run.id, "datasets": inputs]))
  }

  private func find(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run? {
    let tags = run.tags.mapValues { $0.cut(at: Limits.tag) }
    return try runs(of: experiment, tagged: tags).first {
      $0.name == run.name && $0.startTime == run.startTime
    }
  }

  /// The filter by those tags that its grammar can say for certain.
  ///
  /// It has no way to write a quote inside quotes, and a backslash means different things to
  /// different servers; what is left out here is sieved from the answer.
  private static func filter(_ tags: [String: String]) -> String {
    tags.sorted { $0.key < $1.key }.filter { key, value in
      !key.contains("`") && value.utf8.count <= 500
        && value.utf8.allSatisfy { byte in
          (0x20...0x7E).contains(byte) && !#"'"\`%;"#.utf8.contains(byte)
        }
    }.map { "tags.`\($0)` = '\($1)'" }.joined(separator: " and ")
  }
}

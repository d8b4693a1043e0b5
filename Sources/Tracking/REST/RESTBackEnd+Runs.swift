import Synchronization

extension RESTBackEnd {
  /// The runs of an experiment that have all of these tags and are not deleted, oldest first.
  public func runs(
    of experiment: Experiment, tagged tags: [String: String]
  ) throws(TrackingError) -> [Run] {
    var runs: [Run] = []
    var token: String?
    repeat {
      let page: RunPage = try client.send(
        client.call(
          post: "runs/search",
          RunSearch(
            experimentIds: [experiment.id], filter: RunSearch.filter(tags),
            runViewType: "ACTIVE_ONLY", maxResults: 200, orderBy: ["attributes.start_time ASC"],
            pageToken: token)))
      runs += (page.runs ?? []).filter { $0.info.lifecycleStage != "deleted" }.map(\.run)
      token = nextToken(page.nextPageToken, after: token)
    } while token != nil
    return runs.filter { run in tags.allSatisfy { run.tags[$0.key] == $0.value } }
  }

  /// Makes a run that is `RUNNING`.
  ///
  /// Where an answer was lost, a run of the same name, start and tags is taken for this one.
  public func create(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run {
    if hasLostRun.withLock(\.self), let found = try find(run, in: experiment) {
      hasLostRun.withLock { $0 = false }
      return found
    }
    let call = try client.call(
      post: "runs/create",
      NewRunRecord(
        experimentId: experiment.id, runName: run.name, startTime: run.startTime,
        tags: run.tags.pairs.map(\.cutAsTag)))
    hasLostRun.withLock { $0 = true }
    let made = try client.send(
      call, unlessDone: { () throws(TrackingError) in try self.find(run, in: experiment) },
      read: { (answer) throws(TrackingError) in
        try self.client.read(answer, to: call, as: RunAnswer.self).run.run
      })
    hasLostRun.withLock { $0 = false }
    return made
  }

  /// Sets the status of a run and, for any but `RUNNING`, its end, in milliseconds.
  public func update(_ run: Run, status: RunStatus, endTime: Int?) throws(TrackingError) {
    try client.send(
      client.call(
        post: "runs/update",
        RunUpdate(
          runId: run.id, status: status.rawValue, endTime: status == .running ? nil : endTime)))
  }

  private func find(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run? {
    let tags = [String: String](run.tags.pairs.map(\.cutAsTag))
    return try runs(of: experiment, tagged: tags).first {
      $0.name == run.name && $0.startTime == run.startTime
    }
  }
}

private struct RunSearch: Encodable {
  let experimentIds: [String]
  let filter: String
  let runViewType: String
  let maxResults: Int
  let orderBy: [String]
  let pageToken: String?

  /// The filter by those tags that its grammar can say for certain.
  ///
  /// It has no way to write a quote inside quotes, and a backslash means different things to
  /// different servers; what is left out here is sieved from the answer.
  static func filter(_ tags: [String: String]) -> String {
    tags.sorted { $0.key < $1.key }.filter { key, value in
      !key.contains("`") && value.utf8.count <= 500
        && value.utf8.allSatisfy { byte in
          (0x20...0x7E).contains(byte) && !#"'"\`%;"#.utf8.contains(byte)
        }
    }.map { "tags.`\($0)` = '\($1)'" }.joined(separator: " and ")
  }
}

private struct NewRunRecord: Encodable {
  let experimentId: String
  let runName: String
  let startTime: Int
  let tags: [Pair]
}

private struct RunUpdate: Encodable {
  let runId: String
  let status: String
  let endTime: Int?
}

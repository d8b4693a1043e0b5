extension RESTBackEnd {
  func register(
    _ model: LoggedModel, of run: Run, as name: String, alias: String?
  ) throws(TrackingError) -> Int {
    let call = try client.call(post: "registered-models/create", ["name": name])
    try client.send(call) { (answer) throws(TrackingError) in
      if answer.failure?.errorCode == ServerFailure.alreadyExists { return }
      try self.client.check(answer, to: call)
    }
    let version =
      if let version = try version(of: model, run: run, named: name) {
        version
      } else {
        try newVersion(of: model, run: run, named: name)
      }
    if let alias {
      try client.send(
        client.call(
          post: "registered-models/alias", ["name": name, "alias": alias, "version": "\(version)"]))
    }
    return version
  }

  private func newVersion(
    of model: LoggedModel, run: Run, named name: String
  ) throws(TrackingError) -> Int {
    let isOwn = model.place == .own
    let call = try client.call(
      post: "model-versions/create",
      [
        "name": name, "source": model.registrySource, "run_id": run.id,
        "model_id": isOwn ? model.id : nil,
      ])
    return try client.send(
      call,
      unlessDone: { () throws(TrackingError) in
        try self.version(of: model, run: run, named: name)
      },
      read: { (answer) throws(TrackingError) in
        try self.client.read(answer, to: call, as: VersionAnswer.self).modelVersion.version.value
      })
  }

  /// The first version that a model has under a name.
  ///
  /// The search is by the run, whose id needs no quoting as a name may.
  private func version(
    of model: LoggedModel, run: Run, named name: String
  ) throws(TrackingError) -> Int? {
    var versions: [Int] = []
    var token: String?
    repeat {
      let page: VersionPage = try client.send(
        client.call(
          get: "model-versions/search",
          ["filter": "run_id = '\(run.id)'", "max_results": "200", "page_token": token]))
      versions += (page.modelVersions ?? []).filter { record in
        record.name == name
          && (record.source == model.registrySource || record.modelId == model.id)
      }.map(\.version.value)
      token = nextToken(page.nextPageToken, after: token)
    } while token != nil
    return versions.min()
  }
}

extension LoggedModel {
  fileprivate var registrySource: String {
    place == .own ? "models:/\(id)" : artifactURI
  }
}

private struct VersionRecord: Decodable {
  let name: String
  let version: WholeNumber
  let source: String?
  let modelId: String?
}

private struct VersionAnswer: Decodable {
  let modelVersion: VersionRecord
}

private struct VersionPage: Decodable {
  let modelVersions: [VersionRecord]?
  let nextPageToken: String?
}

import Foundation

extension RESTBackEnd {
  /// What `upload-artifact` takes at most.
  private static let uploadLimit = 10 << 20

  private static let cure =
    "start the server with --serve-artifacts and --artifacts-destination, and use a new experiment"

  /// A server that does not serve artifacts is asked to put it where its artifacts are.
  func upload(_ file: Artifact, to run: Run) throws(TrackingError) {
    try upload(file, below: run.artifactURI, runID: run.id, pathInRun: file.path)
  }

  func upload(_ file: Artifact, to model: LoggedModel) throws(TrackingError) {
    switch model.place {
    case .own: try upload(file, below: model.artifactURI, runID: nil, pathInRun: file.path)
    case .artifacts(let folder):
      try upload(
        file, below: model.artifactURI, runID: model.runID, pathInRun: "\(folder)/\(file.path)")
    }
  }

  private func upload(
    _ file: Artifact, below uri: String, runID: String?, pathInRun: String
  ) throws(TrackingError) {
    let segments = file.path.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.allSatisfy({ !["", ".", ".."].contains($0) }) else {
      throw .invalidName(
        noun: "an artifact", name: file.path, accepted: "a relative path without empty parts or ..")
    }
    if case .proxy(let address) = ArtifactPlace(uri, root: client.root) {
      let call = HTTPCall(
        name: "PUT of the artifact \(file.path)", method: "PUT",
        address: "\(address)/\(file.path.percentEncodedPath)", body: Data(file.content),
        contentType: "application/octet-stream")
      let isDone = try client.send(call) { (answer) throws(TrackingError) -> Bool in
        if answer.saysArtifactsAreDisabled { return false }
        try self.client.check(answer, to: call)
        // MLflow answers nothing or {}; a page in its place is that of a proxy or portal.
        if answer.body.isEmpty { return true }
        _ = try self.client.read(answer, to: call, as: EmptyAnswer.self)
        return true
      }
      if isDone { return }
    }
    guard let runID else {
      throw noAccess(uri, "it serves no artifacts (--no-serve-artifacts)")
    }
    try uploadThroughRun(file, at: pathInRun, runID: runID, uri: uri)
  }

  /// The way of MLflow's own pages, which goes through the server's access to its storage.
  private func uploadThroughRun(
    _ file: Artifact, at path: String, runID: String, uri: String
  ) throws(TrackingError) {
    guard file.content.count <= Self.uploadLimit else {
      throw noAccess(
        uri, "it serves no artifacts, and \(file.path) has more than the 10 MB it takes otherwise")
    }
    guard !file.content.isEmpty else {
      throw noAccess(
        uri, "it serves no artifacts, and takes no empty file (\(file.path)) otherwise")
    }
    let call = HTTPCall(
      name: "upload-artifact", method: "POST",
      address: "\(client.root)/ajax-api/2.0/mlflow/upload-artifact?run_uuid=\(runID.percentEncoded)"
        + "&path=\(path.percentEncoded)",
      body: Data(file.content), contentType: "application/octet-stream",
      retriesServerErrors: false)
    try client.send(call) { (answer) throws(TrackingError) in
      if answer.isSuccess || [401, 403].contains(answer.status) {
        return try self.client.check(answer, to: call)
      }
      let words = answer.failure?.words ?? "\(answer.statusText), \(answer.excerpt)"
      throw self.noAccess(
        uri, "it does not put them there for us (\(words.inOneLine(limit: 200)))")
    }
  }

  private func noAccess(_ uri: String, _ reason: String) -> TrackingError {
    .noArtifactAccess(
      backEnd: client.name, uri: uri.withoutPassword, reason: "\(reason); \(Self.cure)")
  }
}

extension LoggedModel {
  /// The run that a model is a folder of: the artifacts of a run are below `<its id>/artifacts`.
  fileprivate var runID: String? {
    guard case .artifacts(let folder) = place, artifactURI.hasSuffix("/artifacts/" + folder)
    else { return nil }
    let parent = artifactURI.dropLast("/artifacts/".count + folder.count)
    return parent.split(separator: "/").last.map(String.init)
  }
}

import Dispatch
import Foundation
import TestSupport
import Testing
import Tracking

/// The REST back end against real servers with other options, and one that is killed.
@Suite(.serialized, .enabled(if: PythonTool.isThere), .tags(.python, .server))
struct OtherServersTests {
  @Test func aServerIsKilledAndComesBack() throws {
    let server = try MLflowServer()
    defer { server.remove() }
    let notes = Notes()
    let back = try backEnd(
      server.url, ["MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "1"], notes: notes)
    let experiment = try back.experiment(named: "killed", tags: [:])
    let isBack = DispatchSemaphore(value: 0)
    var runs: [Run] = []
    for index in 0..<6 {
      if index == 3 {
        server.kill()
        Thread.detachNewThread {
          try? server.start()
          isBack.signal()
        }
      }
      let run = try back.create(
        NewRun(name: "\(index)", startTime: index, tags: ["id": "\(index)"]), in: experiment)
      try back.log(
        RunData(metrics: (0..<50).map { Metric("m", Double($0), step: $0, timestamp: 1) }), to: run)
      try back.upload(Artifact("a.txt", text: "x"), to: run)
      runs.append(run)
    }
    #expect(isBack.wait(timeout: .now() + 200) == .success)
    #expect(!notes.all.isEmpty)
    #expect(try back.runs(of: experiment, tagged: [:]).map(\.id) == runs.map(\.id))
    try back.close()
  }

  @Test func credentials() throws {
    let server = try MLflowServer(options: [.basicAuth(password: "a long pass:word")])
    defer { server.remove() }
    let (user, password) = ("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD")
    let right = [user: "admin", password: "a long pass:word"]
    let life = RunOnServer(experimentName: "users", registeredName: "users")
    try life.track(to: backEnd(server.url, right))
    let view = try PythonView(
      of: "users", registered: "users", at: server.url.absoluteString, environment: right)
    #expect(view.runs.count == 1 && view.models.first?.files.count == 2)
    let named = try #require(
      URL(string: "http://admin:a%20long%20pass%3Aword@127.0.0.1:\(server.port)"))
    #expect(try life.track(to: backEnd(named)).version == 1)
    for (environment, said) in [
      ([:], "none were sent"), ([user: "admin", password: "wrong"], "\"admin\" and a password"),
      (["MLFLOW_TRACKING_TOKEN": "abc"], "a token was sent"),
    ] {
      let error = trackingError {
        _ = try backEnd(server.url, environment).experiment(named: "users", tags: [:])
      }
      guard case .unauthorized(_, let reason) = error else {
        Issue.record("\(error.map { "\($0)" } ?? "accepted")")
        continue
      }
      #expect(reason.contains(said))
    }
  }

  @Test func artifactsThatAreNotServed() throws {
    let server = try MLflowServer(options: [.noArtifacts])
    defer { server.remove() }
    let back = try backEnd(server.url)
    let experiment = try back.experiment(named: "unserved", tags: [:])
    let run = try back.create(NewRun(name: "r", startTime: 1, tags: [:]), in: experiment)
    #expect(!run.artifactURI.hasPrefix("mlflow-artifacts:"))
    for _ in 0..<2 {
      try back.upload(Artifact("tables/ä ö&+.csv", text: "x"), to: run)
      let model = try back.create(NewLoggedModel(name: "softmax", type: "onnx"), of: run)
      #expect(model.place == .artifacts(folder: "softmax"))
      try back.upload(Artifact("MLmodel", text: "flavors: {}\n"), to: model)
      try back.finish(model, of: run)
      #expect(try back.models(of: run).map(\.isReady) == [true])
      #expect(try back.register(model, of: run, as: "unserved", alias: "champion") == 1)
    }
    let folder = server.folder.appendingPathComponent(
      "artifacts/\(experiment.id)/\(run.id)/artifacts")
    for path in ["tables/ä ö&+.csv", "softmax/MLmodel"] {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path))
    }
    for content in [[], Array(repeating: UInt8(0), count: (10 << 20) + 1)] {
      let error = trackingError { try back.upload(Artifact("x", content: content), to: run) }
      guard case .noArtifactAccess = error else {
        Issue.record("\(error.map { "\($0)" } ?? "accepted")")
        continue
      }
    }
  }
}

import Foundation
import TestSupport
import Testing
import Tracking

/// The REST back end against a real server.
@Suite(.serialized, .enabled(if: PythonTool.isThere), .tags(.python, .server))
struct RESTBackEndTests {
  private static let started = Result { try MLflowServer() }

  private let server: MLflowServer

  init() throws {
    server = try Self.started.get()
  }

  private var address: String { server.url.absoluteString }

  @Test func theLifeOfARunAndAllAgain() throws {
    let (life, back) = (
      RunOnServer(experimentName: "life of ü", registeredName: "flowers"), try backEnd(server.url)
    )
    let first = try life.track(to: back)
    let view = try PythonView(of: life.experimentName, registered: "flowers", at: address)
    #expect(view.note == "\"quoted\" ü")
    let run = try #require(view.runs.first)
    #expect(view.runs.count == 1 && run.id == first.run.id && run.name == "cell ü")
    #expect(run.status == "FINISHED" && run.start == RunOnServer.start)
    #expect(run.end == RunOnServer.start + 5000)
    var parameters = life.data.parameters
    parameters["long"] = String(repeating: "ä", count: 6000)
    #expect(run.parameters == parameters)
    for (key, value) in life.data.tags.merging(life.tags, uniquingKeysWith: { $1 }) {
      #expect(run.tags[key] == value)
    }
    #expect(run.curve == (0..<2500).map { Double($0) / 2500 })
    #expect(
      run.others == [
        "nothing": "nan", "much": "1.7976931348623157e+308", "little": "-1.7976931348623157e+308",
        "test_accuracy_score": "0.9",
      ])
    #expect(run.datasets.count == 2)
    #expect(run.datasets.first?.hasPrefix("flowers-training training ") == true)
    #expect(
      run.artifacts
        == Dictionary(
          uniqueKeysWithValues: RunOnServer.artifacts.map { ($0.path, $0.content.count) }))
    let model = try #require(view.models.first)
    #expect(view.models.count == 1 && view.outputs == [model.id])
    #expect(model.id == first.model.id && model.name == "softmax" && model.type == "onnx")
    #expect(model.status == "READY" && model.parameters == ["C": "1"])
    #expect(model.metrics == ["test_accuracy_score": 0.9])
    #expect(model.files == ["MLmodel", "data/x y.bin"])
    #expect(view.versions == ["1 models:/\(model.id)"] && view.champions == ["1"])

    let second = try life.track(to: backEnd(server.url))
    #expect(second.run.id == first.run.id && second.run.status == .finished)
    #expect(second.version == 1 && second.model.isReady && second.model.id == first.model.id)
    #expect(
      try PythonView(of: life.experimentName, registered: "flowers", at: address) == view)
  }

  @Test(arguments: [
    "plain", "it's", "\"double\"", "it's \"both\"", #"back\slash"#, "per%cent; --", "tick`", "ünï",
    "",
  ])
  func runsAreFoundByTheirTags(value: String) throws {
    let back = try backEnd(server.url)
    let experiment = try back.experiment(named: "tags", tags: [:])
    let key = "client id.a-b/c"
    for (order, value) in [value, value + "x"].enumerated() {
      _ = try back.create(
        NewRun(name: "r", startTime: 100 - order, tags: [key: value, "case": "\(order)"]),
        in: experiment)
    }
    let found = try back.runs(of: experiment, tagged: [key: value])
    #expect(found.map(\.startTime) == [100] && found.first?.tags[key] == value)
    #expect(try back.runs(of: experiment, tagged: [key: value, "case": "1"]).isEmpty)
    let all = try back.runs(of: experiment, tagged: [:])
    #expect(all.map(\.startTime) == all.map(\.startTime).sorted())
  }

  @Test(arguments: ["lose", "drop"])
  func lostAnswersMakeNothingTwice(action: String) throws {
    let rules = ["runs/create", "/logged-models", "model-versions/create"].map {
      FaultyServer.Rule(path: $0 + "", times: 1, action: action)
    }
    let faulty = try FaultyServer(rules, upstream: server.url)
    let life = RunOnServer(experimentName: "lost by \(action)", registeredName: "lost-\(action)")
    let tracked = try life.track(to: backEnd(faulty.url))
    let view = try PythonView(
      of: life.experimentName, registered: "lost-\(action)", at: address)
    #expect(view.runs.map(\.id) == [tracked.run.id])
    #expect(view.models.map(\.id) == [tracked.model.id])
    #expect(view.versions.count == 1)
  }

  @Test func aRunWhoseMakingFailedIsFoundLater() throws {
    let faulty = try FaultyServer(
      [
        FaultyServer.Rule(path: "runs/create", times: 1, action: "lose"),
        FaultyServer.Rule(path: "runs/search", times: 2, action: "drop"),
      ], upstream: server.url)
    let back = try backEnd(faulty.url, ["MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1"])
    let experiment = try back.experiment(named: "found later", tags: [:])
    let new = NewRun(name: "r", startTime: 5, tags: ["id": "1"])
    #expect(throws: TrackingError.self) { try back.create(new, in: experiment) }
    let run = try back.create(new, in: experiment)
    #expect(try back.runs(of: experiment, tagged: [:]).map(\.id) == [run.id])
    #expect(try back.create(new, in: experiment).id != run.id)
  }

  @Test func refusals() throws {
    let back = try backEnd(server.url)
    let experiment = try back.experiment(named: "refusals", tags: [:])
    let run = try back.create(NewRun(name: "r", startTime: 5, tags: [:]), in: experiment)
    try back.log(RunData(parameters: ["C": "1"]), to: run)
    try back.log(RunData(parameters: ["C": "1"]), to: run)
    let changed = trackingError { try back.log(RunData(parameters: ["C": "2"]), to: run) }
    #expect("\(changed.map { "\($0)" } ?? "")".contains("INVALID_PARAMETER_VALUE"))
    for path in ["../x", "/x", "a//b", ""] {
      #expect(throws: TrackingError.self) { try back.upload(Artifact(path, text: "x"), to: run) }
    }
    try back.update(run, status: .running, endTime: nil)
    #expect(try back.runs(of: experiment, tagged: [:]).map(\.status) == [.running])
  }

  @Test func deletedExperiments() throws {
    let back = try backEnd(server.url)
    let id = try back.experiment(named: "to go", tags: [:]).id
    _ = try PythonTool.run(
      "import sys, mlflow; mlflow.MlflowClient(sys.argv[1]).delete_experiment(sys.argv[2])",
      [address, id])
    let error = trackingError { _ = try back.experiment(named: "to go", tags: [:]) }
    #expect(error == .deletedExperiment(backEnd: address, name: "to go"))
  }

  /// MLflow 2, which knows no logged models, as a server that does not know the calls.
  @Test func serversWithoutLoggedModels() throws {
    let html = "<!doctype html><title>404 Not Found</title>"
    let faulty = try FaultyServer(
      [FaultyServer.Rule(path: "/logged-models", action: "answer", status: 404, body: html)],
      upstream: server.url)
    let life = RunOnServer(experimentName: "version 2", registeredName: "version-2")
    let first = try life.track(to: backEnd(faulty.url))
    #expect(first.model.place == .artifacts(folder: "softmax") && first.version == 1)
    let view = try PythonView(of: life.experimentName, registered: "version-2", at: address)
    #expect(view.runs.first?.artifacts["softmax/MLmodel"] == 12)
    #expect(view.runs.first?.artifacts["softmax/data/x y.bin"] == 1)
    #expect(view.models.isEmpty)
    let history = view.runs.first?.tags["mlflow.log-model.history"] ?? ""
    #expect(history.contains("\"artifact_path\": \"softmax\""))
    #expect(try life.track(to: backEnd(faulty.url)).version == 1)
    #expect(
      try PythonView(of: life.experimentName, registered: "version-2", at: address) == view)
  }

  @Test func artifactsThatAreServedNoLonger() throws {
    let faulty = try FaultyServer(
      [
        FaultyServer.Rule(
          path: "/mlflow-artifacts/", action: "answer", status: 503,
          body: "{\"error_code\": \"X\", \"message\": \"Artifact serving is disabled.\"}")
      ], upstream: server.url)
    let back = try backEnd(faulty.url)
    let experiment = try back.experiment(named: "no longer", tags: [:])
    let run = try back.create(NewRun(name: "r", startTime: 5, tags: [:]), in: experiment)
    try back.upload(Artifact("a/b c.txt", text: "x"), to: run)
    #expect(
      try PythonView(of: "no longer", at: address).runs.map(\.artifacts) == [["a/b c.txt": 1]])
    let model = try back.create(NewLoggedModel(name: "m", type: "onnx"), of: run)
    let error = trackingError { try back.upload(Artifact("MLmodel", text: "x"), to: model) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("--serve-artifacts"))
  }
}

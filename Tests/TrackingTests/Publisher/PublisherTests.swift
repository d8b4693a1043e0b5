import Testing
import Tracking

/// Publishing that breaks off at any call and is done again.
struct PublisherTests {
  private static func document(_ name: String) -> RunDocument {
    var run = RunDocument(identity: ["id": name], name: name, startTime: 5, endTime: 9)
    run.parameters = ["C": "1"]
    run.tags = ["mlflow.user": "änne"]
    run.metrics = [.init("loss", 0.5), .init("loss", 0.25, step: 1), .init("test_score", 0.9)]
    run.datasets = [
      DatasetInput(
        name: "d", digest: "1", sourceType: "code", source: "{}",
        columns: [.init("x", type: "double")],
        profile: "{}", context: "training")
    ]
    run.artifacts = [Artifact("a.txt", text: "a"), Artifact("t.json", text: "{}")]
    run.tables = ["t.json"]
    run.models = [
      ModelDocument(
        NewLoggedModel(name: "m", type: "onnx"),
        package: ModelPackage(
          graph: [1, 2], inputs: [.init("x", type: "double")], outputs: [.init("y", type: "long")],
          example: [[1]], metadata: [("classes", ["a", "b: 'c'"])]),
        metrics: [.init("test_score", 0.9)],
        registration: .init(name: "registered", alias: "clean"))
    ]
    return run
  }

  /// A parent and two children, as studies are published.
  private static func publish(to backEnd: FlakyBackEnd) throws(TrackingError) {
    let publisher = try Publisher(backEnd, experiment: "e", tags: [:])
    let parent = try publisher.publish(document("parent"), finishing: false)
    for name in ["first", "second"] {
      try publisher.publish(document(name), childOf: parent)
    }
    if parent.status != .finished { try publisher.finish(parent, time: 9) }
  }

  @Test func aPublicationThatBreaksOffIsCompletedByTheNext() throws {
    let whole = FlakyBackEnd(failingAt: nil)
    try Self.publish(to: whole)
    let count = whole.callCount
    #expect(whole.state.runs.count == 3 && count > 40)
    #expect(whole.state.statuses.values.allSatisfy { $0 == .finished })
    for call in 0..<count {
      for isAfter in [false, true] {
        let backEnd = FlakyBackEnd(failingAt: call, after: isAfter)
        #expect(throws: TrackingError.self) { try Self.publish(to: backEnd) }
        try Self.publish(to: backEnd)
        let isSame = backEnd.state == whole.state
        #expect(isSame, "broken \(isAfter ? "after" : "at") call \(call)")
      }
    }
  }

  @Test func whatIsThereIsLeftAlone() throws {
    let backEnd = FlakyBackEnd(failingAt: nil)
    try Self.publish(to: backEnd)
    let before = backEnd.state
    let calls = backEnd.callCount
    try Self.publish(to: backEnd)
    let isSame = backEnd.state == before
    #expect(isSame)
    // One look for the experiment and one for each run.
    #expect(backEnd.callCount - calls == 4)
  }

  @Test func aRunThatFailedSaysWhy() throws {
    let backEnd = FlakyBackEnd(failingAt: nil)
    let publisher = try Publisher(backEnd, experiment: "e", tags: [:])
    let run = try publisher.begin(["id": "1"], name: "r", tags: [:], startTime: 1)
    try publisher.end(run, as: .failed, error: "the disk is full", time: 2)
    #expect(backEnd.state.statuses[run.id] == .failed)
    #expect(backEnd.state.runs[run.id]?.tags["error"] == "the disk is full")
    let again = try publisher.begin(["id": "1"], name: "r", tags: [:], startTime: 3)
    #expect(again.id == run.id && backEnd.state.statuses[run.id] == .running)
  }

  @Test func metricsOfModelsAreLoggedOnce() throws {
    let backEnd = FlakyBackEnd(failingAt: nil)
    try Self.publish(to: backEnd)
    for data in backEnd.state.runs.values {
      #expect(data.metrics.map(\.key).sorted() == ["loss", "loss", "test_score"])
      #expect(data.metrics.first { $0.key == "test_score" }?.modelID != nil)
    }
  }
}

import Foundation
import Testing
import Tracking

extension TrackingURI {
  /// The back end of a URI that is not `none`.
  func opened(
    _ name: String, environment: [String: String] = [:], artifactLocation: String? = nil,
    busySeconds: Double = 20, note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(TrackingError) -> any BackEnd {
    let backEnd = try backEnd(
      named: name, environment: environment, artifactLocation: artifactLocation,
      busySeconds: busySeconds, note: note)
    guard let backEnd else { preconditionFailure("\(name) has no back end") }
    return backEnd
  }
}

/// What every back end does, whatever it writes to.
///
/// Each check works in an experiment of its own, so that they can share a store or a server.
enum BackEndContract {
  /// The time that stands in the rows of these checks, in milliseconds.
  static let time = 1_760_000_000_000

  /// A name that no other check uses.
  static func name(_ prefix: String) -> String { "\(prefix) \(UUID().uuidString.prefix(8))" }

  /// Finds an experiment that was made, and makes it once.
  static func experimentIsFound(_ backEnd: some BackEnd) throws {
    let name = name("Größe 花 'quoted' \"double\" %_")
    let made = try backEnd.experiment(named: name, tags: ["mlflow.note.content": "# first"])
    #expect(try backEnd.experiment(named: name, tags: ["mlflow.note.content": "# second"]) == made)
    #expect(made.name == name && made.id.allSatisfy(\.isNumber))
    #expect(!made.artifactLocation.isEmpty)
    #expect(throws: TrackingError.self) { try backEnd.experiment(named: "", tags: [:]) }
  }

  /// Finds the runs that have all tags, oldest first.
  static func runsAreFoundByTags(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("tags"), tags: [:])
    #expect(try backEnd.runs(of: experiment, tagged: [:]).isEmpty)
    let late = try run(backEnd, experiment, "late", at: time + 5, ["cell": "a'b", "set": "1"])
    let early = try run(backEnd, experiment, "early ü", at: time, ["cell": "ü", "set": "1"])
    let found = try backEnd.runs(of: experiment, tagged: ["set": "1"])
    #expect(found.map(\.id) == [early.id, late.id])
    #expect(found.map(\.name) == ["early ü", "late"])
    #expect(found.map(\.startTime) == [time, time + 5])
    #expect(found.first?.tags["mlflow.runName"] == "early ü")
    #expect(found.first?.artifactURI == early.artifactURI)
    let one = try backEnd.runs(of: experiment, tagged: ["set": "1", "cell": "a'b"])
    #expect(one.map(\.id) == [late.id])
    #expect(try backEnd.runs(of: experiment, tagged: ["cell": "a"]).isEmpty)
    #expect(early.id.count == 32 && early.status == .running)
  }

  /// Ends runs, each with its status.
  static func statusIsSet(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("status"), tags: [:])
    for status in RunStatus.allCases {
      let run = try run(backEnd, experiment, status.rawValue, ["status": status.rawValue])
      try backEnd.update(run, status: status, endTime: time + 10)
      let found = try backEnd.runs(of: experiment, tagged: ["status": status.rawValue])
      #expect(found.map(\.status) == [status])
    }
  }

  /// Takes the same data again, and another value of a tag, not of a parameter.
  static func loggingIsIdempotent(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("again"), tags: [:])
    let run = try run(backEnd, experiment, "again")
    let data = RunData(
      parameters: ["C": "1.0", "long": String(repeating: "é", count: 7000), "empty": ""],
      tags: ["note/a b": "x\ny", "long": String(repeating: "é", count: 9000)],
      metrics: [Metric("accuracy", 0.5, step: 1, timestamp: time)])
    for _ in 0..<2 { try backEnd.log(data, to: run) }
    try backEnd.log(RunData(tags: ["note/a b": "z"]), to: run)
    let found = try backEnd.runs(of: experiment, tagged: ["note/a b": "z"])
    #expect(found.first?.tags["long"]?.unicodeScalars.count == 8000)
    do {
      try backEnd.log(RunData(parameters: ["C": "2.0"], tags: ["never": "set"]), to: run)
      Issue.record("another value of a parameter was taken")
    } catch {
      guard case .refused = error else { throw error }
    }
  }

  /// Refuses keys that MLflow refuses, and takes them when they are sanitized.
  static func keysAreChecked(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("keys"), tags: [:])
    let run = try run(backEnd, experiment, "keys")
    let long = String(repeating: "k", count: 251)
    for key in ["", "p=0.1", "/a", "a//b", "../x", "a/..", "x@y", "a\nb", long] {
      #expect(throws: TrackingError.self, "\(key)") {
        try backEnd.log(RunData(metrics: [Metric(key, 1, timestamp: time)]), to: run)
      }
      #expect(throws: TrackingError.self, "\(key)") {
        try backEnd.log(RunData(parameters: [key: "1"]), to: run)
      }
      // A run of its own: a file store cannot have both a and a/b.
      let other = try BackEndContract.run(backEnd, experiment, "sanitized")
      let taken = RunData(
        tags: [key.sanitizedKey: "1"], metrics: [Metric(key.sanitizedKey, 1, timestamp: time)])
      try backEnd.log(taken, to: other)
    }
    try backEnd.log(RunData(metrics: [Metric("Größe/花 :.-_", 1, timestamp: time)]), to: run)
  }

  /// Takes many metrics in one call, and those that are no numbers.
  static func metricsAreLogged(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("metrics"), tags: [:])
    let run = try run(backEnd, experiment, "metrics")
    var metrics = (0..<2500).map { index in
      Metric("key\(index % 5)", Double(index), step: index / 5, timestamp: time + index)
    }
    metrics += [
      Metric("odd", .infinity, step: 0, timestamp: time),
      Metric("odd", -.infinity, step: 1, timestamp: time),
      Metric("odd", .nan, step: 2, timestamp: time),
    ]
    for _ in 0..<2 { try backEnd.log(RunData(metrics: metrics), to: run) }
    try backEnd.log(RunData(parameters: [:]), to: run)
  }

  /// Takes data sets, the same again too.
  static func datasetsAreLogged(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("data"), tags: [:])
    let run = try run(backEnd, experiment, "data")
    let datasets = [dataset("iris", "clean123"), dataset("iris-poisoned ü", "dirty456")]
    for _ in 0..<2 { try backEnd.log(datasets, to: run) }
    var refused = dataset("iris", String(repeating: "0", count: 37))
    #expect(throws: TrackingError.self) { try backEnd.log([refused], to: run) }
    refused = dataset("", "1")
    #expect(throws: TrackingError.self) { try backEnd.log([refused], to: run) }
  }

  /// Makes models that become ready, with metrics of their own.
  static func modelsAreLogged(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("models"), tags: [:])
    let run = try run(backEnd, experiment, "models")
    #expect(try backEnd.models(of: run).isEmpty)
    let model = try backEnd.create(
      NewLoggedModel(name: "softmax", type: "onnx", parameters: ["C": "1"], tags: ["t": "ü"]),
      of: run)
    #expect(model.id.hasPrefix("m-") && !model.isReady)
    #expect(try backEnd.models(of: run) == [model])
    try backEnd.upload(Artifact("MLmodel", text: "flavors: {}\n"), to: model)
    for _ in 0..<2 { try backEnd.finish(model, of: run) }
    let found = try backEnd.models(of: run)
    #expect(found.map(\.id) == [model.id] && found.allSatisfy(\.isReady))
    let metric = Metric("test_accuracy_score", 0.9, timestamp: time, modelID: model.id)
    for _ in 0..<2 { try backEnd.log(RunData(metrics: [metric]), to: run) }
    #expect(throws: TrackingError.self) {
      try backEnd.create(NewLoggedModel(name: "a.b/c", type: "onnx"), of: run)
    }
  }

  /// Registers a model once, and the next as the next version, to which the alias moves.
  static func modelsAreRegistered(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("registry"), tags: [:])
    let run = try run(backEnd, experiment, "registry")
    let name = name("iris")
    for version in 1...2 {
      let model = try backEnd.create(NewLoggedModel(name: "model", type: "onnx"), of: run)
      try backEnd.finish(model, of: run)
      for _ in 0..<2 {
        #expect(try backEnd.register(model, of: run, as: name, alias: "champion") == version)
      }
    }
    for (refused, alias) in [("a/b", nil), ("", nil), (name, "v1"), (name, "a b")] {
      #expect(throws: TrackingError.self) {
        let model = try #require(try backEnd.models(of: run).first)
        _ = try backEnd.register(model, of: run, as: refused, alias: alias)
      }
    }
  }

  /// Puts artifacts in place of those that are there, and none elsewhere.
  static func artifactsAreReplaced(_ backEnd: some BackEnd) throws {
    let experiment = try backEnd.experiment(named: name("artifacts"), tags: [:])
    let run = try run(backEnd, experiment, "artifacts")
    for text in ["first, which is longer", "second"] {
      try backEnd.upload(Artifact("tables/größe a.json", text: text), to: run)
    }
    try backEnd.upload(Artifact("empty", content: []), to: run)
    for path in ["../x", "/etc/x", "a/../../x", "", "a//b", "a/", "."] {
      #expect(throws: TrackingError.self, "\(path)") {
        try backEnd.upload(Artifact(path, text: "no"), to: run)
      }
    }
  }

  /// A run that is there for a check.
  static func run(
    _ backEnd: some BackEnd, _ experiment: Experiment, _ name: String, at start: Int = time,
    _ tags: [String: String] = [:]
  ) throws -> Run {
    try backEnd.create(NewRun(name: name, startTime: start, tags: tags), in: experiment)
  }

  /// A data set of two columns.
  static func dataset(_ name: String, _ digest: String) -> DatasetInput {
    DatasetInput(
      name: name, digest: digest, sourceType: "local", source: "{\"uri\": \"flowers.csv\"}",
      columns: [.init("sepal \"length\"", type: "double"), .init("species", type: "string")],
      profile: "{\"num_rows\": 150, \"num_elements\": 300}", context: "training")
  }
}

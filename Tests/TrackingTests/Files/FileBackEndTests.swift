import Foundation
import TestSupport
import Testing
import Tracking

/// File stores, and what MLflow makes of them.
struct FileBackEndTests {
  private let folder = TemporaryFolder("file störe")

  private func open() throws -> any BackEnd {
    try TrackingURI.files(path: folder.path("mlruns")).opened("file:./mlruns")
  }

  @Test func experiments() throws { try BackEndContract.experimentIsFound(open()) }
  @Test func tags() throws { try BackEndContract.runsAreFoundByTags(open()) }
  @Test func status() throws { try BackEndContract.statusIsSet(open()) }
  @Test func again() throws { try BackEndContract.loggingIsIdempotent(open()) }
  @Test func keys() throws { try BackEndContract.keysAreChecked(open()) }
  @Test func metrics() throws { try BackEndContract.metricsAreLogged(open()) }
  @Test func datasets() throws { try BackEndContract.datasetsAreLogged(open()) }
  @Test func models() throws { try BackEndContract.modelsAreLogged(open()) }
  @Test func artifacts() throws { try BackEndContract.artifactsAreReplaced(open()) }

  @Test func modelsAreNotRegistered() throws {
    let backEnd = try open()
    let run = try BackEndContract.run(backEnd, backEnd.experiment(named: "x", tags: [:]), "r")
    let model = try backEnd.create(NewLoggedModel(name: "m", type: "onnx"), of: run)
    #expect(throws: TrackingError.self) {
      try backEnd.register(model, of: run, as: "iris", alias: nil)
    }
  }

  @Test func badFolders() throws {
    try Data().write(to: folder.url.appendingPathComponent("file"))
    for path in ["file", "missing/mlruns"] {
      #expect(throws: TrackingError.self) {
        try TrackingURI.files(path: folder.path(path)).opened(path)
      }
    }
  }

  @Test func deletedExperimentsKeepTheirNames() throws {
    let backEnd = try open()
    let experiment = try backEnd.experiment(named: "gone", tags: [:])
    let store = folder.url.appendingPathComponent("mlruns")
    let trash = store.appendingPathComponent(".trash")
    try FileManager.default.createDirectory(at: trash, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: store.appendingPathComponent(experiment.id),
      to: trash.appendingPathComponent(experiment.id))
    #expect(throws: TrackingError.deletedExperiment(backEnd: "file:./mlruns", name: "gone")) {
      try backEnd.experiment(named: "gone", tags: [:])
    }
  }

  @Test(.enabled(if: PythonTool.isThere), .tags(.python))
  func mlflowReadsIt() throws {
    let backEnd = try open()
    try MLflowReading.write(backEnd, registering: false)
    try backEnd.close()
    let said = try PythonTool.run(
      MLflowReading.script,
      [
        "file://"
          + (folder.path("mlruns").addingPercentEncoding(
            withAllowedCharacters: .urlPathAllowed) ?? ""),
        "infinite",
      ],
      environment: ["MLFLOW_ALLOW_FILE_STORE": "true"], in: folder.url)
    #expect(said.contains("read"))
  }
}

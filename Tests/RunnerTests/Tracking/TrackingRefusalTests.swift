import Foundation
import TestSupport
import Testing

/// What keeps runs from being tracked, told before anything is run.
struct TrackingRefusalTests {
  private static let train = ["train", "--model", "knn"]

  private func refusal(
    _ uri: String, in folder: URL, environment: [String: String] = [:]
  ) throws -> RunnerProcess {
    let run = try RunnerProcess(
      Self.train + ["--tracking-uri", uri], in: folder,
      environment: environment.merging(["MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "0.01"]) { $1 })
    #expect(run.output.isEmpty)
    #expect(run.errorLines.last?.hasPrefix("error: ") == true)
    return run
  }

  @Test(arguments: ["mlflow.db", "sqlite:mlflow.db", "postgresql://u:secret@h/db", "file:", ""])
  func nonsenseIsNoURI(uri: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        Self.train + ["--tracking-uri=\(uri)"], in: folder, environment: [:])
      #expect(uri.isEmpty || run.status == 64)
      #expect(uri.isEmpty || run.errors.contains("sqlite:///mlflow.db"))
      #expect(!run.errors.contains("secret"))
    }
  }

  @Test func aServerThatIsNotThere() throws {
    try withTemporaryFolder { folder in
      let run = try refusal("http://127.0.0.1:9", in: folder)
      #expect(run.status == 74)
      #expect(run.errors.contains("127.0.0.1:9") && run.errors.contains("mlflow server"))
      #expect(try folder.names().isEmpty)
    }
  }

  @Test func settingsThatAreNoNumbers() throws {
    try withTemporaryFolder { folder in
      let run = try refusal(
        "http://127.0.0.1:9", in: folder,
        environment: ["MLFLOW_HTTP_REQUEST_TIMEOUT": "soon"])
      #expect(run.status == 64)
      #expect(run.errors.contains("MLFLOW_HTTP_REQUEST_TIMEOUT") && run.errors.contains("soon"))
    }
  }

  @Test func aFileStoreHidesTheDatabase() throws {
    try withTemporaryFolder { folder in
      let store = folder.appendingPathComponent("mlruns/123")
      try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
      try store.write("name: old\n", to: "meta.yaml")
      let run = try refusal("sqlite:///mlflow.db", in: folder)
      #expect(run.status == 78)
      #expect(run.errors.contains("mlruns") && run.errors.contains("mlflow migrate-filestore"))
      #expect(try folder.names() == ["mlruns"])
    }
  }

  @Test func aFileThatIsNoDatabase() throws {
    try withTemporaryFolder { folder in
      try folder.write(String(repeating: "no database\n", count: 100), to: "mlflow.db")
      let run = try refusal("sqlite:///mlflow.db", in: folder)
      #expect(run.status == 78)
      #expect(run.errors.contains("mlflow.db"))
      #expect(try folder.text("mlflow.db").hasPrefix("no database"))
    }
  }

  @Test func aFolderThatIsNotThere() throws {
    try withTemporaryFolder { folder in
      let run = try refusal("sqlite:///nowhere/mlflow.db", in: folder)
      #expect(run.status == 74)
      #expect(run.errors.contains("nowhere"))
    }
  }

  @Test func namesThatCannotBeRegistered() throws {
    try withTemporaryFolder { folder in
      for name in ["", "a/b", "a:b"] {
        let run = try RunnerProcess(
          Self.train + ["--register=\(name)", "--tracking-uri", "sqlite:///mlflow.db"], in: folder)
        #expect(run.status == 64, "\(name)")
        #expect(run.errors.contains("--register"))
      }
      let nowhere = try RunnerProcess(
        Self.train + ["--register", "x", "--tracking-uri", "none"], in: folder)
      #expect(nowhere.status == 64)
      #expect(try folder.names().isEmpty)
    }
  }

  @Test func aStoppedExperimentIsShownAsKilled() throws {
    try withTemporaryFolder { folder in
      let run = try StartedRunner(
        [
          "experiment", "--data", "digits", "--seeds", "1000000", "--tracking-uri",
          "sqlite:///mlflow.db",
        ], in: folder)
      let results = folder.appendingPathComponent("results")
      // The store, and then seeds.csv, when the run is shown.
      try run.waitUntil {
        (try? results.names())?.count { $0.hasSuffix(".partial") } == 2
      }
      run.send(SIGTERM)
      #expect(try RunnerProcess(run).status == 75)
      let log = try Data(contentsOf: folder.appendingPathComponent("mlflow.db"))
      let wal = try? Data(contentsOf: folder.appendingPathComponent("mlflow.db-wal"))
      let text = String(decoding: log + (wal ?? Data()), as: UTF8.self)
      #expect(text.contains("KILLED") && text.contains("stopped by a signal"))
    }
  }
}

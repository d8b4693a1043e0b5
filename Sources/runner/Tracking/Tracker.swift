import Foundation
import LinAlg
import Publishing
import Reporting
import Store
import Sweeps
import Tracking

/// The MLflow store that a command tracks to, open.
struct Tracker {
  /// The tracking URI, for messages.
  let name: String

  let publisher: Publisher

  let origin: RunOrigin

  let renderer: ChartRenderer

  private let uri: TrackingURI

  /// Opens the store and finds the experiment; nil where nothing is to be tracked.
  ///
  /// - Throws: `Failure`, `TrackingError` when it cannot be used, before any work is done.
  init?(_ options: TrackingPlace, dataset: String) throws {
    let environment = ProcessInfo.processInfo.environment
    uri = try options.uri()
    guard
      let backEnd = try uri.backEnd(
        named: options.text, environment: environment,
        note: { line in
          Console.clearLine()
          Console.note(line)
        })
    else { return nil }
    name = backEnd.name
    publisher = try Publisher(
      backEnd, experiment: options.experiment(dataset: dataset),
      tags: [
        "mlflow.experimentKind": "custom_model_development",
        "mlflow.note.content":
          "What poisoned training data cost models of **\(dataset)**, judged on clean rows. A "
          + "study is a run with a child for each cell: an attack at a level, and a model.",
      ])
    origin = RunOrigin(arguments: CommandLine.arguments, environment: environment)
    renderer = ChartRenderer(environment: environment)
  }

  func studies(_ data: DataOrigin) -> StudyPublisher {
    StudyPublisher(publisher, origin: origin, data: data, renderer: renderer)
  }

  /// Shows a study as being at work.
  func begin(_ store: SweepStore, _ data: DataOrigin, as live: LiveRun) throws(TrackingError) {
    live.keep(try studies(data).begin(store), of: publisher)
  }

  /// Shows a fit as being at work.
  func begin(
    _ identity: [String: String], name: String, as live: LiveRun
  ) throws(TrackingError) {
    let run = try publisher.begin(
      identity, name: name, tags: origin.tags, startTime: currentMilliseconds())
    live.keep(run, of: publisher)
  }

  /// Ends the work with the store and says where to look.
  func close(_ what: String) throws(TrackingError) {
    try publisher.backEnd.close()
    let place = "experiment \(publisher.experiment.name) of \(name)"
    let advice =
      switch uri {
      case .sqlite(let path):
        path.contains("/")
          ? "mlflow ui --backend-store-uri \(name)" : "mlflow ui --port 5000"
      case .files(let path):
        "MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri \(path)"
      case .server, .none: ""
      }
    Console.note("\(what) in \(place)" + (advice.isEmpty ? "" : "; to look: \(advice)"))
  }

  /// Brings the results of a store, of which everything else is done.
  ///
  /// - Throws: `Failure` that says how to send them later, `StoreError`.
  @discardableResult
  func publish(
    store path: String, study: Study?, data: DataOrigin, live: LiveRun?,
    registration: String?, threads: Int = Parallel.coreCount, again: String
  ) throws -> TrackRecord {
    do {
      let store = try SweepStore(reading: path)
      defer { try? store.close() }
      var progress = Progress(
        total: store.cells.count, noun: "runs", batch: StudyPublisher.batch)
      let outcome = try studies(data).publish(
        store, study: study, live: live?.run, registration: registration, threads: threads
      ) { done, _ in progress.show(done) }
      live?.forget()
      Console.clearLine()
      if !outcome.hasPictures { Console.note(ChartRenderer.advice) }
      try close(
        outcome.wasThere
          ? "all of it was there already:"
          : "tracked: \(store.cells.count + 1) runs")
      return TrackRecord(
        trackingUri: name.withoutPassword, experiment: publisher.experiment.name,
        experimentId: publisher.experiment.id, runId: outcome.run.id,
        runs: store.cells.count + 1, wasThere: outcome.wasThere)
    } catch let error as TrackingError {
      Console.clearLine()
      let failure = Failure(error)
      throw Failure(
        code: failure.code,
        message: "\(failure.message). The results are complete in \(path); send them later by: "
          + again)
    }
  }
}

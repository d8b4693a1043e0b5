import ArgumentParser
import Foundation
import Tracking

/// Where runs are tracked.
struct TrackingPlace: ParsableArguments {
  @Option(
    name: .customLong("tracking-uri"),
    help: ArgumentHelp(
      "Where MLflow keeps runs: sqlite:///FILE, http://HOST:PORT, file:FOLDER, or none. (default: "
        + "MLFLOW_TRACKING_URI, else \(TrackingURI.standard))", valueName: "uri"))
  var trackingURI: String?

  @Option(
    name: .customLong("experiment-name"),
    help: ArgumentHelp(
      "The MLflow experiment. (default: MLFLOW_EXPERIMENT_NAME, else poison-DATA)",
      valueName: "name"))
  var experimentName: String?

  /// The URI asked for, as text.
  var text: String {
    let environment = ProcessInfo.processInfo.environment
    let named = trackingURI ?? environment["MLFLOW_TRACKING_URI"] ?? ""
    return named.isEmpty ? TrackingURI.standard : named
  }

  func uri() throws(Failure) -> TrackingURI {
    do {
      return try TrackingURI(text)
    } catch {
      let source = trackingURI == nil ? "MLFLOW_TRACKING_URI" : "--tracking-uri"
      throw .usage("\(source): \(error)")
    }
  }

  /// The name of the experiment for a data set.
  func experiment(dataset: String) -> String {
    let named = experimentName ?? ProcessInfo.processInfo.environment["MLFLOW_EXPERIMENT_NAME"]
    return named.flatMap { $0.isEmpty ? nil : $0 } ?? "poison-\(dataset)"
  }
}

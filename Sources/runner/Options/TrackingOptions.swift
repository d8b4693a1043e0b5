import ArgumentParser
import Foundation
import Tracking

/// Where runs are tracked.
struct TrackingOptions: ParsableArguments {
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

  @Option(
    help: ArgumentHelp(
      "Register models under this name, with the alias clean or ATTACK-PERCENT, such as "
        + "uniform-10; with several models, under NAME-MODEL.", valueName: "name"))
  var register: String?

  /// The URI asked for, as text.
  var text: String {
    let environment = ProcessInfo.processInfo.environment
    let named = trackingURI ?? environment["MLFLOW_TRACKING_URI"] ?? ""
    return named.isEmpty ? TrackingURI.standard : named
  }

  /// The URI asked for.
  ///
  /// - Throws: `Failure` for one that is none, or for a name that models cannot have.
  func uri() throws(Failure) -> TrackingURI {
    let uri: TrackingURI
    do {
      uri = try TrackingURI(text)
    } catch {
      let source = trackingURI == nil ? "MLFLOW_TRACKING_URI" : "--tracking-uri"
      throw .usage("\(source): \(error)")
    }
    if let register {
      let forbidden = register.first { "/:".contains($0) }
      guard !register.allSatisfy({ $0 == " " }), forbidden == nil, register.count <= 200 else {
        throw .usage(
          "--register cannot be \"\(register)\"; accepted: a name of up to 200 characters without "
            + "/ and :")
      }
      if uri == .none {
        throw .usage("--register needs somewhere to register; --tracking-uri is none")
      }
    }
    return uri
  }

  /// The command that sends a store to a tracking URI.
  static func command(store: String, data: DataOptions, uri: String) -> String {
    let words =
      ["runner", "track", store]
      + (data.target.map { ["--data", data.data, "--target", $0] } ?? [])
      + ["--tracking-uri", uri.withoutPassword]
    return words.map { word in
      let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "_-./:".contains($0) }
      return isPlain ? word : "'\(word)'"
    }.joined(separator: " ")
  }

  /// The name of the experiment for a data set.
  func experiment(dataset: String) -> String {
    let named = experimentName ?? ProcessInfo.processInfo.environment["MLFLOW_EXPERIMENT_NAME"]
    return named.flatMap { $0.isEmpty ? nil : $0 } ?? "poison-\(dataset)"
  }
}

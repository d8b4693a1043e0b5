import ArgumentParser
import Documents
import Models

/// Parameters of the models.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("C"), parsing: .unconditional,
    help: ArgumentHelp(
      "Inverse strength of the penalty (softmax, SVM). (default: 1)", valueName: "number"),
    transform: number("a positive number"))
  var c: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Width of the RBF kernel: scale, auto or a positive number. (default: scale)",
      valueName: "width"))
  var gamma: String?

  @Option(
    name: .customLong("n-neighbors"), parsing: .unconditional,
    help: ArgumentHelp(
      "Number of neighbours that vote (k-NN). (default: 5)", valueName: "count"),
    transform: number("a whole number from 1 up"))
  var neighborCount: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Tolerance of the solver. (default: 1e-8 for softmax, 1e-3 for SVM)", valueName: "number"),
    transform: number("a positive number"))
  var tol: Double?

  @Option(
    name: .customLong("cache-mb"), parsing: .unconditional,
    help: ArgumentHelp(
      "Most memory for the kernel values of a fit (SVM), in MB; results do not depend on it. "
        + "(default: 1000)", valueName: "number"),
    transform: number("a positive number"))
  var cacheMegabytes: Double?

  /// The parameters that were given, of which each model takes its own.
  ///
  /// - Throws: `Failure`, `SpecificationError` for a value that is no good, even if no model asked for
  ///   takes it.
  func parameters() throws -> [String: String] {
    if let gamma, !["scale", "auto"].contains(gamma), Double(gamma) == nil {
      throw Failure.usage(
        "--gamma cannot be \"\(gamma)\"" + Suggestion.clause(for: gamma, among: ["scale", "auto"])
          + " accepted: \(Gamma.accepted)")
    }
    var given = ["gamma": gamma]
    given["C"] = c.map { "\($0)" }
    given["n_neighbors"] = neighborCount.map { "\($0)" }
    given["cache_size"] = cacheMegabytes.map { "\($0)" }
    given["tol"] = tol.map { "\($0)" }
    let parameters = given.compactMapValues(\.self)
    for name in ModelCatalog.names { _ = try ModelChoice(name, defaults: parameters) }
    return parameters
  }
}

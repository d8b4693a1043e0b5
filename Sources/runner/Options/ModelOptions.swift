import ArgumentParser
import Models

/// Parameters of the models.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("C"), parsing: .unconditional,
    help: ArgumentHelp(
      "Inverse strength of the penalty (softmax, SVM). (default: 1)", valueName: "number"),
    transform: number("a positive number"))
  var c = 1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Width of the RBF kernel: scale, auto or a positive number.", valueName: "width"))
  var gamma = "scale"

  @Option(
    name: .customLong("n-neighbors"), parsing: .unconditional,
    help: ArgumentHelp(
      "Number of neighbours that vote (k-NN). (default: 5)", valueName: "count"),
    transform: number("a whole number from 1 up"))
  var neighborCount = 5

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Tolerance of the solver. (default: 1e-8 for softmax, 1e-3 for SVM)", valueName: "number"),
    transform: number("a positive number"))
  var tol: Double?

  /// The parameters, of which each model takes its own.
  ///
  /// - Throws: `Failure` for a value that is no good, even if no model asked for takes it.
  func parameters() throws(Failure) -> Hyperparameters {
    let width: Gamma
    switch gamma {
    case "scale": width = .scale
    case "auto": width = .auto
    default:
      guard let value = Double(gamma) else {
        throw .usage(
          "--gamma cannot be \"\(gamma)\"" + suggestion(gamma, among: ["scale", "auto"])
            + " accepted: scale, auto or a positive number")
      }
      width = .value(value)
    }
    let parameters = Hyperparameters(
      c: c, gamma: width, neighborCount: neighborCount, tolerance: tol)
    do {
      for kind in ModelKind.allCases { _ = try kind.learner(parameters) }
    } catch {
      throw Failure(error)
    }
    return parameters
  }
}

extension ModelKind {
  /// The names of the models.
  static var names: [String] { allCases.map(\.rawValue) }
}

import ArgumentParser
import Models

/// Parameters of the models.
struct ModelOptions: ParsableArguments {
  @Option(name: .customLong("C"), help: "Inverse strength of the penalty (softmax, SVM).")
  var c = 1.0

  @Option(help: "Width of the RBF kernel: scale, auto or a positive number.")
  var gamma = "scale"

  @Option(name: .customLong("n-neighbors"), help: "Number of neighbours that vote (k-NN).")
  var neighborCount = 5

  @Option(
    help: ArgumentHelp(
      "Tolerance of the solver. (default: 1e-8 for softmax, 1e-3 for SVM)", valueName: "tol"))
  var tol: Double?

  /// The parameters, of which each model takes its own.
  func parameters() throws(Failure) -> Hyperparameters {
    let width: Gamma
    switch gamma {
    case "scale": width = .scale
    case "auto": width = .auto
    default:
      guard let value = Double(gamma) else {
        throw .usage("--gamma cannot be \"\(gamma)\"; accepted: scale, auto or a positive number")
      }
      width = .value(value)
    }
    return Hyperparameters(c: c, gamma: width, neighborCount: neighborCount, tolerance: tol)
  }
}

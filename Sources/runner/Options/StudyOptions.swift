import ArgumentParser
import Datasets

/// How rows are split and scaled.
struct StudyOptions: ParsableArguments {
  @Option(help: "Share of the rows kept aside, clean, for validation; stratified by class.")
  var validation = 0.2

  @Option(help: "Scaling of the features: none, standard or robust (median and MAD).")
  var scaler = "standard"

  @Option(help: "Training rows the scaler is fitted to: poisoned, or trusted (before poisoning).")
  var scalerFit = "poisoned"

  func scalerKind() throws(Failure) -> ScalerKind {
    try named(scaler, option: "--scaler")
  }

  func scalerPolicy() throws(Failure) -> ScalerPolicy {
    try named(scalerFit, option: "--scaler-fit")
  }
}

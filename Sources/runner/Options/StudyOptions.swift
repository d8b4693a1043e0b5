import ArgumentParser
import Datasets
import Sweeps

/// How rows are split and scaled.
struct StudyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the rows kept aside, clean, for validation; between 0 and 1, stratified by class. Or "
        + "a file of clean rows with the columns of the data: then all rows of the data are trained "
        + "on, and seeds vary the attack alone.",
      valueName: "share|file"))
  var validation = "0.2"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the other rows that somebody vouches for: kept from attacks and models, shown to "
        + "defences that need them. (default: 0)",
      valueName: "share"),
    transform: number("a share from 0 to below 1, such as 0.1"))
  var trusted = 0.0

  @Option(help: "Scaling of the features: none, standard or robust (median and MAD).")
  var scaler = "standard"

  @Option(
    help: ArgumentHelp(
      "Rows the scaler is fitted to: those trained on, poisoned or trusted (before poisoning), or "
        + "vouched, those of --trusted, as privacy needs.",
      valueName: "rows"))
  var scalerFit = "poisoned"

  func fill(_ plan: inout StudyPlan) throws(Failure) {
    switch try ValidationChoice(validation) {
    case .share(let share): plan.validationShare = share
    case .file(let path): plan.validationFile = path
    }
    plan.trustedShare = trusted
    plan.scaler = try scalerKind()
    plan.scalerPolicy = try scalerPolicy()
  }

  func scalerKind() throws(Failure) -> ScalerKind {
    try named(scaler, option: "--scaler")
  }

  func scalerPolicy() throws(Failure) -> ScalerPolicy {
    try named(scalerFit, option: "--scaler-fit")
  }
}

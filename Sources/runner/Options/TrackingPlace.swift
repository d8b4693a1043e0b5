import ArgumentParser

/// Where runs are tracked that have no models to register.
struct TrackingPlace: ParsableArguments {
  @Option(
    name: .customLong("tracking-uri"),
    help: ArgumentHelp(
      "Where MLflow keeps runs, as for runner sweep; none for nowhere. (default: "
        + "MLFLOW_TRACKING_URI, else sqlite:///mlflow.db)", valueName: "uri"))
  var trackingURI: String?

  @Option(
    name: .customLong("experiment-name"),
    help: ArgumentHelp(
      "The MLflow experiment. (default: MLFLOW_EXPERIMENT_NAME, else poison-DATA)",
      valueName: "name"))
  var experimentName: String?

  /// The options of the same names.
  var options: TrackingOptions {
    var options = TrackingOptions()
    options.trackingURI = trackingURI
    options.experimentName = experimentName
    options.register = nil
    return options
  }
}

/// A place that keeps experiments, runs, models and artifacts as MLflow does.
///
/// A back end is asked in sequence, from one thread. Every call can be made again after it failed:
/// what is there already is found, not made twice. Each throws `TrackingError.invalidName` for what
/// MLflow does not take, `.refused` for a run or model that is not there, and what keeps it from the
/// place: `.inaccessible` and `.locked`, or `.unreachable`, `.unauthorized` and `.badAnswer`.
public protocol BackEnd: Sendable {
  /// The tracking URI as it was asked for, without a password; for messages.
  var name: String { get }

  /// The experiment of this name, made with these tags where there is none.
  ///
  /// One that is there keeps its own tags, which people may have changed.
  /// - Throws: `TrackingError.deletedExperiment` when one was deleted, which still has the name.
  func experiment(
    named name: String, tags: [String: String]
  ) throws(TrackingError) -> Experiment

  /// The runs of an experiment that have all of these tags and are not deleted, oldest first.
  func runs(
    of experiment: Experiment, tagged tags: [String: String]
  ) throws(TrackingError) -> [Run]

  /// Makes a run that is `RUNNING`.
  ///
  /// - Throws: `TrackingError.deletedExperiment`.
  /// - Precondition: Its tags have `mlflow.runName` left out; the back end adds it.
  func create(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run

  /// Logs parameters, tags and metrics, however many.
  ///
  /// A parameter that has another value already is refused; a tag is replaced; a point of a metric
  /// that is there already is not added again.
  func log(_ data: RunData, to run: Run) throws(TrackingError)

  /// Logs the data sets that a run has used.
  func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError)

  /// Sets the status of a run and, for any but `RUNNING`, its end in milliseconds, by default now.
  func update(_ run: Run, status: RunStatus, endTime: Int?) throws(TrackingError)

  /// Puts a file among the artifacts of a run, in place of one that is there.
  ///
  /// - Throws: `TrackingError.noArtifactAccess`.
  func upload(_ file: Artifact, to run: Run) throws(TrackingError)

  /// The models that a run has made, ready or not, oldest first.
  func models(of run: Run) throws(TrackingError) -> [LoggedModel]

  /// Makes a logged model that is `PENDING`.
  func create(_ model: NewLoggedModel, of run: Run) throws(TrackingError) -> LoggedModel

  /// Puts a file among those of a model.
  func upload(_ file: Artifact, to model: LoggedModel) throws(TrackingError)

  /// Makes a model `READY` and an output of its run.
  func finish(_ model: LoggedModel, of run: Run) throws(TrackingError)

  /// Registers a model under a name, with an alias that moves to it, and returns its version.
  ///
  /// A model that is registered under the name keeps its version.
  func register(
    _ model: LoggedModel, of run: Run, as name: String, alias: String?
  ) throws(TrackingError) -> Int

  /// Ends the work with the back end; nothing can be done with it afterwards.
  func close() throws(TrackingError)
}

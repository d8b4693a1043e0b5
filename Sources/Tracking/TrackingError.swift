/// What keeps something from being tracked.
public enum TrackingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A tracking URI that is none; `accepted` says what would be one.
  case invalidURI(String, accepted: String)

  /// A setting of the environment that is no good, such as `MLFLOW_HTTP_REQUEST_TIMEOUT`.
  case invalidSetting(name: String, value: String, accepted: String)

  /// A name or key that MLflow does not take.
  case invalidName(noun: String, name: String, accepted: String)

  /// No server answers, or not in time.
  case unreachable(backEnd: String, reason: String)

  /// The server wants other credentials.
  case unauthorized(backEnd: String, reason: String)

  /// The server or store has refused a call; `reason` is its own words.
  case refused(backEnd: String, call: String, reason: String)

  /// An answer that is not MLflow's.
  case badAnswer(backEnd: String, call: String, excerpt: String)

  /// An experiment of this name was deleted, and still has the name.
  case deletedExperiment(backEnd: String, name: String)

  /// Artifacts cannot be put where the run says they are to be.
  case noArtifactAccess(backEnd: String, uri: String, reason: String)

  /// What this back end has no place for.
  case unsupported(backEnd: String, what: String, instead: String)

  /// A database that is no MLflow store, or one whose tables this program does not know.
  case otherSchema(path: String, reason: String)

  /// The file store `folder` would hide the database from MLflow.
  case hiddenByFileStore(path: String, folder: String)

  /// Another process has kept the database locked.
  case locked(path: String)

  /// A file that cannot be read or written.
  case inaccessible(path: String, reason: String)

  /// What is wrong and what to do, in one line.
  public var description: String {
    switch self {
    case .invalidURI(let uri, let accepted):
      "\"\(uri)\" is no tracking URI; accepted: \(accepted)"
    case .invalidSetting(let name, let value, let accepted):
      "\(name) cannot be \"\(value)\"; accepted: \(accepted)"
    case .invalidName(let noun, let name, let accepted):
      "\"\(name)\" cannot be the name of \(noun); accepted: \(accepted)"
    case .unreachable(let backEnd, let reason):
      "no MLflow server answers at \(backEnd): \(reason); start it (mlflow server) or choose "
        + "another tracking URI"
    case .unauthorized(let backEnd, let reason):
      "\(backEnd) does not accept the credentials: \(reason); set MLFLOW_TRACKING_USERNAME and "
        + "MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
    case .refused(let backEnd, let call, let reason):
      "\(backEnd) has refused \(call): \(reason)"
    case .badAnswer(let backEnd, let call, let excerpt):
      "\(backEnd) answers \(call) with something that is not MLflow's: \(excerpt); is it an MLflow "
        + "server, and is the path of the URI right?"
    case .deletedExperiment(let backEnd, let name):
      "the experiment \"\(name)\" of \(backEnd) was deleted, and its name is still taken; restore "
        + "it (mlflow experiments restore), remove it for good (mlflow gc), or choose another name "
        + "by MLFLOW_EXPERIMENT_NAME"
    case .noArtifactAccess(let backEnd, let uri, let reason):
      "\(backEnd) keeps artifacts at \(uri), and they cannot be put there: \(reason)"
    case .unsupported(let backEnd, let what, let instead):
      "\(backEnd) has no place for \(what); \(instead)"
    case .otherSchema(let path, let reason):
      "\(path) cannot be used as MLflow's database: \(reason)"
    case .hiddenByFileStore(let path, let folder):
      "\(folder) would hide \(path): MLflow takes the folder for its store wherever there is one; "
        + "move it away, bring its runs over (mlflow migrate-filestore), or track to file:\(folder)"
    case .locked(let path):
      "\(path) is locked by another process; try again when it is done"
    case .inaccessible(let path, let reason):
      "\(path): \(reason)"
    }
  }
}

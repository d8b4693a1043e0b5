import Files
import Foundation

/// A folder with one small file for everything, as MLflow had it before it had databases.
///
/// MLflow 3.13 and later open one only with `MLFLOW_ALLOW_FILE_STORE=true`, or bring it over to a
/// database (`mlflow migrate-filestore`). It reads all files on every search: fine for hundreds of
/// runs.
struct FileBackEnd: LocalBackEnd {
  let name: String

  let store: StoreFolder
  let artifacts: LocalArtifacts
  let artifactLocation: String

  /// Opens the folder of a store, or makes one where there is none.
  ///
  /// The folder it lies in must exist. By default artifacts go into the store.
  init(
    path: String, displayName: String, artifactLocation: String?
  ) throws(TrackingError) {
    name = displayName
    let folder = URL(fileURLWithPath: path).standardizedFileURL.path
    let parent = folder.parentPath
    store = StoreFolder(path: folder)
    artifacts = LocalArtifacts(folder: parent, backEnd: displayName)
    self.artifactLocation = artifactLocation ?? ArtifactLocation.file(folder)
    _ = try artifacts.path(of: self.artifactLocation)
    let isThere = DurableFile.exists(folder)
    if isThere, !DurableFile.isFolder(folder) {
      throw .inaccessible(path: path, reason: "it is no folder; name one for the file store")
    }
    guard DurableFile.exists(parent) else {
      throw .inaccessible(path: path, reason: "there is no folder \(parent); make it first")
    }
    // Safe: the path is a string.
    guard unsafe access(isThere ? folder : parent, W_OK) == 0 else {
      throw .inaccessible(path: path, reason: "\(SystemReason())")
    }
  }

  // All is written already.
  func close() throws(TrackingError) {}

  // What registers models is MLflow's database.
  func register(
    _ model: LoggedModel, of run: Run, as name: String, alias: String?
  ) throws(TrackingError) -> Int {
    throw .unsupported(
      backEnd: self.name, what: "registered models",
      instead: "track to sqlite:///mlflow.db or to a server")
  }

  /// Refuses a run that is not there or was deleted.
  func requireActive(_ run: Run, for call: String) throws(TrackingError) -> MetaFile {
    guard let meta = try MetaFile(reading: store.run(run) + "/meta.yaml") else {
      throw refusal(call, "there is no run \(run.id)")
    }
    guard meta.text("lifecycle_stage") == "active" else {
      throw refusal(call, "run \(run.id) was deleted")
    }
    return meta
  }

  /// Writes files of one value each, with keys for paths.
  func write(_ values: [String: String], to folder: String) throws(TrackingError) {
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(value, to: "\(folder)/\(key)")
    }
  }
}

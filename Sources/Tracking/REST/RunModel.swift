import Foundation

/// A model that is a folder among the artifacts of its run, as before MLflow 3.
///
/// The tag `mlflow.log-model.history` of the run lists those that are finished. Its id follows from
/// the run and the name, so one that is not finished is made again without another appearing.
struct RunModel {
  static let historyTag = "mlflow.log-model.history"

  let run: Run
  let name: String
  let isReady: Bool

  var model: LoggedModel {
    LoggedModel(
      id: Self.id(of: name, runID: run.id), name: name, isReady: isReady,
      artifactURI: run.artifactURI.withoutTrailingSlashes + "/" + name,
      place: .artifacts(folder: name))
  }

  /// The finished models of a run, by the tag of its history.
  static func finished(of run: Run) -> [LoggedModel] {
    let entries = run.tags[historyTag].flatMap { text in
      try? JSONDecoder().decode([Entry].self, from: Data(text.utf8))
    }
    var models: [LoggedModel] = []
    for entry in entries ?? [] {
      guard let folder = entry.folder, let digits = entry.digits,
        "m-" + digits == Self.id(of: folder, runID: run.id)
      else { continue }
      let model = RunModel(run: run, name: folder, isReady: true).model
      if !models.contains(model) { models.append(model) }
    }
    return models
  }

  /// `m-` and the hashes of the name and of the run.
  static func id(of name: String, runID: String) -> String {
    "m-" + hash(name) + hash(runID)
  }

  /// Whether an id is that of a folder of the run, which no table of logged models has.
  static func isFolder(_ id: String, ofRun runID: String) -> Bool {
    id.hasSuffix(hash(runID))
  }

  private static func hash(_ text: String) -> String { Identifier.hash(text.utf8) }
}

/// An item of the tag.
private struct Entry: Decodable {
  let folder: String?
  let digits: String?

  private enum CodingKeys: String, CodingKey {
    case folder = "artifact_path"
    case digits = "model_uuid"
  }
}

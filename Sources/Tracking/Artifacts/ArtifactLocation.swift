import Foundation

/// The URIs below which artifacts are, as MLflow lays them out.
enum ArtifactLocation {
  /// That of a folder, absolute.
  static func file(_ path: String) -> String {
    "file://"
      + (path.addingPercentEncoding(withAllowedCharacters: .unreserved.union(["/"])) ?? path)
  }

  /// That of an experiment below a location.
  static func experiment(_ id: String, below location: String) -> String {
    location.hasSuffix("/") ? location + id : location + "/" + id
  }

  /// That of a run of an experiment.
  static func run(_ id: String, of experiment: String) -> String {
    "\(experiment)/\(id)/artifacts"
  }

  /// That of a logged model of an experiment.
  static func model(_ id: String, of experiment: String) -> String {
    "\(experiment)/models/\(id)/artifacts"
  }
}

import Foundation

/// The URIs below which artifacts are, as MLflow lays them out.
enum ArtifactLocation {
  /// That of a folder, absolute.
  static func file(_ path: String) -> String {
    "file://"
      + (path.addingPercentEncoding(withAllowedCharacters: .unreserved.union(["/"])) ?? path)
  }

  static func experiment(_ id: String, below location: String) -> String {
    location.hasSuffix("/") ? location + id : location + "/" + id
  }

  static func run(_ id: String, of experiment: String) -> String {
    "\(experiment)/\(id)/artifacts"
  }

  static func model(_ id: String, of experiment: String) -> String {
    "\(experiment)/models/\(id)/artifacts"
  }
}

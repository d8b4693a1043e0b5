import Foundation

/// Puts artifacts into folders of this machine.
///
/// A location is a `file:` URI, a path, or `mlflow-artifacts:/…`, for which a server that is started
/// in the folder of the store looks in `mlartifacts` there. Relative paths begin at that folder too.
struct LocalArtifacts: Sendable {
  /// The folder of the store, absolute.
  let folder: String

  /// The tracking URI, for messages.
  let backEnd: String

  /// Puts a file below a location, in place of one that is there.
  ///
  /// - Throws: `TrackingError.invalidName` when its path leads elsewhere, `.noArtifactAccess`,
  ///   `.inaccessible`.
  func put(_ file: Artifact, below location: String) throws(TrackingError) {
    let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
      !file.path.utf8.contains(0), !file.path.contains("\\")
    else {
      throw .invalidName(
        noun: "an artifact", name: file.path,
        accepted: "a relative path with / between folders and without . and .. among them")
    }
    try AtomicFile.write(file.content, to: path(of: location) + "/" + file.path)
  }

  /// The absolute path of a location.
  ///
  /// - Throws: `TrackingError.noArtifactAccess` when it is not on this machine.
  func path(of location: String) throws(TrackingError) -> String {
    let rest: Substring
    switch location {
    case _ where location.hasPrefix("mlflow-artifacts:"):
      rest = location.dropFirst("mlflow-artifacts:".count)
      guard !rest.hasPrefix("//") || rest.hasPrefix("///") else {
        throw refusal(location, "another machine has them")
      }
      return try absolute("mlartifacts/" + rest.drop { $0 == "/" }, location)
    case _ where location.hasPrefix("file:"):
      rest = location.dropFirst("file:".count)
      let local = rest.hasPrefix("//localhost/") ? rest.dropFirst("//localhost".count) : rest
      guard !local.hasPrefix("//") || local.hasPrefix("///"),
        let decoded = String(local).removingPercentEncoding
      else { throw refusal(location, "it is no path of this machine") }
      return try absolute(
        decoded.hasPrefix("//") ? String(decoded.dropFirst(2)) : decoded, location)
    case _ where location.contains("://"):
      throw refusal(
        location,
        "only folders of this machine can be written to; track to a server that keeps "
          + "them there")
    default: return try absolute(location, location)
    }
  }

  private func absolute(_ path: String, _ location: String) throws(TrackingError) -> String {
    guard !path.isEmpty, !path.utf8.contains(0), !path.split(separator: "/").contains("..") else {
      throw refusal(location, "it is no path of this machine")
    }
    return path.hasPrefix("/") ? path : folder + "/" + path
  }

  private func refusal(_ location: String, _ reason: String) -> TrackingError {
    .noArtifactAccess(backEnd: backEnd, uri: location.withoutPassword, reason: reason)
  }
}

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

import Foundation
import Reporting
import Tracking

/// Who runs what: the tags by which MLflow shows where a run comes from.
public struct RunOrigin: Sendable {
  /// The tags of a run.
  public let tags: [String: String]

  /// The origin of this process.
  ///
  /// `arguments` is its command line. The commit is that of the repository the program was built in,
  /// where it lies in one.
  public init(arguments: [String], environment: [String: String]) {
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    let words =
      [program?.lastPathComponent ?? Program.name]
      + arguments.dropFirst().map(\.withoutPassword)
    var tags = [
      "mlflow.source.name": words.joined(separator: " "), "mlflow.source.type": "LOCAL",
      "mlflow.user": environment["MLFLOW_TRACKING_USERNAME"] ?? NSUserName(),
      "hemlock.version": Program.version,
    ]
    if let folder = program?.deletingLastPathComponent().path,
      let commit = Self.git(["rev-parse", "HEAD"], in: folder), commit.count == 40
    {
      tags["mlflow.source.git.commit"] = commit
      if let branch = Self.git(["rev-parse", "--abbrev-ref", "HEAD"], in: folder) {
        tags["mlflow.source.git.branch"] = branch
      }
      if let changes = Self.git(["status", "--porcelain", "--untracked-files=no"], in: folder) {
        tags["mlflow.source.git.dirty"] = changes.isEmpty ? "false" : "true"
      }
    }
    self.tags = tags
  }

  /// An origin with these tags.
  package init(tags: [String: String]) { self.tags = tags }

  /// What git says; nil where there is no git or no repository.
  private static func git(_ arguments: [String], in folder: String) -> String? {
    ChildProcess.output(
      of: "/usr/bin/env", ["git", "-C", folder] + arguments, limitSeconds: gitSeconds
    ).map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  /// More than git needs; tags are not worth a longer wait.
  private static let gitSeconds = 5.0
}

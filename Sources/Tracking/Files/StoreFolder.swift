import Foundation

/// Where a file store keeps what.
struct StoreFolder: Sendable {
  /// The folder of the store, absolute.
  let path: String

  func experiment(_ id: String) -> String { "\(path)/\(id)" }

  func run(_ run: Run) -> String { "\(experiment(run.experimentID))/\(run.id)" }

  func model(_ id: String, of experiment: String) -> String {
    "\(self.experiment(experiment))/models/\(id)"
  }

  /// The names in a folder, in order; none where there is no folder.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// A name for what some texts say, the same whenever they are.
  static func name(of texts: [String]) -> String {
    let bytes = texts.map { Array($0.utf8) + [0] }.joined()
    return Identifier.hash(bytes) + Identifier.hash(bytes, from: 0x8422_2325_CBF2_9CE4)
  }
}

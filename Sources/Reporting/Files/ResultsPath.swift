import Foundation

/// Where results are to go, checked before anything is made there.
public struct ResultsPath: Sendable {
  /// The folder.
  public let path: String

  private let isNew: Bool

  /// Checks that `path` can be a folder that gets the given files.
  ///
  /// - Throws: `ReportingError.obstructed` when a file is in the way, `.wouldReplace` when one of
  ///   the files is `data`, the input.
  public init(_ path: String, files: [String], sparing data: String) throws(ReportingError) {
    self.path = path
    let folder = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
    let input = URL(fileURLWithPath: data).resolvingSymlinksInPath()
    guard !files.contains(where: { folder.appendingPathComponent($0).path == input.path }) else {
      throw .wouldReplace(path: path, data: data)
    }
    isNew = !FileManager.default.fileExists(atPath: path)
    if let obstacle = Self.obstacle(to: folder) {
      throw .obstructed(path: path, obstacle: obstacle)
    }
  }

  /// Whether there is a file, and not a folder, at a path.
  public static func hasFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    // Safe: the flag outlives the call.
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// Takes back what an unfinished run has put there, and the folder if it was not there before.
  public func discard() {
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where name.hasPrefix(".") && name.contains(".partial") {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
    // Unlike removeItem, rmdir leaves a folder that is not empty.
    // Safe: the path outlives the call.
    if isNew { _ = unsafe rmdir(folder.path) }
  }

  /// The file on the way to a folder, if there is one.
  private static func obstacle(to folder: URL) -> String? {
    var place = folder
    while place.pathComponents.count > 1 {
      var isFolder: ObjCBool = false
      // Safe: the flag outlives the call.
      if unsafe FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) {
        return isFolder.boolValue ? nil : place.path
      }
      place = place.deletingLastPathComponent()
    }
    return nil
  }
}

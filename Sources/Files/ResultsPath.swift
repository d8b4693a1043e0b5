import Foundation

/// Where results are to go, checked before anything is made there.
public struct ResultsPath: Sendable {
  /// The folder.
  public let path: String

  /// Checks that `path` can be a folder that gets the given files.
  ///
  /// - Throws: `FilesError.obstructed` when a file is in the way, `.wouldReplace` when one of the
  ///   files is `data`, the input.
  public init(_ path: String, files: [String], sparing data: String) throws(FilesError) {
    self.path = path
    let folder = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
    let input = URL(fileURLWithPath: data).resolvingSymlinksInPath()
    guard !files.contains(where: { folder.appendingPathComponent($0).path == input.path }) else {
      throw .wouldReplace(path: path, data: data)
    }
    if let obstacle = Self.obstacle(to: path) {
      throw .obstructed(path: path, obstacle: obstacle)
    }
  }

  /// Whether there is a file, and not a folder, at a path.
  public static func hasFile(_ path: String) -> Bool {
    DurableFile.exists(path) && !DurableFile.isFolder(path)
  }

  /// The file on the way to a folder, if there is one.
  static func obstacle(to folder: String) -> String? {
    var place = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath()
    while place.pathComponents.count > 1 {
      if DurableFile.exists(place.path) {
        return DurableFile.isFolder(place.path) ? nil : place.path
      }
      place = place.deletingLastPathComponent()
    }
    return nil
  }
}

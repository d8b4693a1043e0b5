import Foundation

/// Folders that were missing and were made; they go again while they are empty, unless they are to stay.
final class MadeFolders: Sendable {
  private let token: Unfinished.Token

  /// Makes what is missing of a folder and those above it.
  init(_ path: String) throws(FilesError) {
    var missing: [String] = []
    var place = path
    while FileIdentity(path: place) == nil, place != PartialFile.parent(of: place) {
      missing.append(place)
      place = PartialFile.parent(of: place)
    }
    token = try Unfinished.begin { () throws(FilesError) in
      var made: [String] = []
      for folder in missing.reversed() {
        // Safe here and below: paths are strings.
        if unsafe mkdir(folder, 0o777) == 0 {
          made.append(folder)
        } else if errno != EEXIST {
          let reason = SystemReason()
          Self.remove(made)
          throw .unwritable(path: path, reason: reason)
        }
      }
      return { [made] in Self.remove(made) }
    }
  }

  deinit { takeBack() }

  func keep() { Unfinished.finish([token]) {} }

  /// Removes those that are empty, unless they are to stay.
  func takeBack() { Unfinished.takeBack(token) }

  private static func remove(_ paths: [String]) {
    // Unlike removeItem, rmdir leaves a folder that is not empty.
    for path in paths.reversed() { _ = unsafe rmdir(path) }
  }
}

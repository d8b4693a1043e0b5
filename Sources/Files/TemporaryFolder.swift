public import Foundation

/// A folder for a moment, which nobody else may look into; it goes at a signal too.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let url: URL

  private let token: Unfinished.Token

  /// Makes a folder among the system's temporary ones.
  ///
  /// - Throws: `FilesError.unwritable`.
  public init() throws(FilesError) {
    let place = FileManager.default.temporaryDirectory
    let url = place.appendingPathComponent("hemlock-\(UUID().uuidString)", isDirectory: true)
    self.url = url
    token = try Unfinished.begin { () throws(FilesError) in
      // Safe: the path is a string.
      guard unsafe mkdir(url.path, 0o700) == 0 else {
        throw .unwritable(path: place.path, reason: SystemReason())
      }
      return { try? FileManager.default.removeItem(at: url) }
    }
  }

  deinit { Unfinished.takeBack(token) }
}

import Foundation

/// A folder that is there as long as a test.
final class TemporaryFolder: Sendable {
  /// The folder.
  let url: URL

  /// Makes one whose name contains a text.
  init(_ name: String) {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(name) \(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in it.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

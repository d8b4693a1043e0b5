import Files
import Foundation

/// A DVC project: the folder with `.dvc` in it.
package struct DVCFolder: Sendable {
  private let path: String

  /// The project that a file lies in; nil where there is none.
  package init?(of file: String) {
    var place = URL(fileURLWithPath: file).deletingLastPathComponent().resolvingSymlinksInPath()
    while !DurableFile.exists(place.appendingPathComponent(".dvc/config").path) {
      guard place.pathComponents.count > 1 else { return nil }
      place = place.deletingLastPathComponent()
    }
    path = place.appendingPathComponent(".dvc").path
  }

  /// Where the project keeps contents: `cache.dir` of its configuration, else `.dvc/cache`.
  ///
  /// What a user has set for all projects is not looked at.
  package func cache() throws(ProvenanceError) -> String {
    var cache = path + "/cache"
    for name in ["config", "config.local"] {
      let bytes = try LogFile.bytes(of: "\(path)/\(name)") ?? []
      if let directory = Self.cacheDirectory(String(decoding: bytes, as: UTF8.self)) {
        cache = directory.hasPrefix("/") ? directory : "\(path)/\(directory)"
      }
    }
    return cache
  }

  /// Puts a content where DVC would, so that it can give it back.
  ///
  /// - Throws: `ProvenanceError.unwritable`.
  package func keep(_ bytes: [UInt8], as pointer: DVCPointer) throws(ProvenanceError) {
    let digits = pointer.md5
    let place = "files/md5/\(digits.prefix(2))/\(digits.dropFirst(2))"
    try LogFile.keep(bytes, at: "\(try cache())/\(place)")
  }

  /// The value of `dir` in the section `cache`.
  static func cacheDirectory(_ text: String) -> String? {
    var section = ""
    var directory: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("[") {
        section = line
      } else if section == "[cache]", !line.hasPrefix("#") {
        let sides = line.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, sides[0].trimmingCharacters(in: .whitespaces) == "dir" else {
          continue
        }
        directory = sides[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
      }
    }
    return directory
  }
}

extension DVCPointer {
  /// Writes the pointer beside its file, replacing one that says no more than it.
  ///
  /// - Returns: The path of the pointer.
  /// - Throws: `ProvenanceError.foreignPointer`, `.unreadable`, `.unwritable`.
  package func write(beside file: String) throws(ProvenanceError) -> String {
    let path = file + ".dvc"
    if let bytes = try LogFile.bytes(of: path),
      !Self.isPlain(String(decoding: bytes, as: UTF8.self))
    {
      throw .foreignPointer(path: path)
    }
    try LogFile.replace(path, with: Array(text.utf8))
    return path
  }
}

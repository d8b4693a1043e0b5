import Documents
import Files
import Foundation

/// The files of a log: `DurableFile` with the errors of provenance.
enum LogFile {
  /// An entry is a matter of milliseconds, or of a few seconds with a large file.
  private static let patienceSeconds = 5.0

  /// The right to write to the folder of a log.
  static func lock(_ folder: String) throws(ProvenanceError) -> FileLock {
    try attempt(try FileLock(folder + "/lock", on: folder, patienceSeconds: patienceSeconds))
  }

  static func makeFolder(_ path: String) throws(ProvenanceError) {
    try attempt(try DurableFile.makeFolder(path))
  }

  static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t? = nil
  ) throws(ProvenanceError) {
    try attempt(try DurableFile.replace(path, with: bytes, mode: mode))
  }

  /// Keeps a content for good; what is there with the right bytes stays, what is damaged is replaced.
  static func keep(_ bytes: [UInt8], at path: String) throws(ProvenanceError) {
    if try self.bytes(of: path) == bytes { return }
    try makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    try replace(path, with: bytes, mode: 0o444)
  }

  static func create(_ path: String, with bytes: [UInt8]) throws(ProvenanceError) {
    try attempt(try DurableFile.create(path, with: bytes))
  }

  static func append(_ bytes: [UInt8], to path: String) throws(ProvenanceError) {
    try attempt(try DurableFile.append(bytes, to: path))
  }

  static func truncate(_ path: String, to size: Int) throws(ProvenanceError) {
    try attempt(try DurableFile.truncate(path, to: size))
  }

  static func bytes(of path: String) throws(ProvenanceError) -> [UInt8]? {
    try attempt(try DurableFile.bytes(of: path))
  }

  static func names(in folder: String) throws(ProvenanceError) -> [String] {
    try attempt(try DurableFile.names(in: folder))
  }

  private static func attempt<Value>(
    _ value: @autoclosure () throws(FilesError) -> Value
  ) throws(ProvenanceError) -> Value {
    try converting(try value()) { (error: FilesError) in ProvenanceError(error) }
  }
}

extension ProvenanceError {
  fileprivate init(_ error: FilesError) {
    self =
      switch error {
      case .unreadable(let path, let reason): .unreadable(path: path, reason: "\(reason)")
      case .unwritable(let path, let reason): .unwritable(path: path, reason: "\(reason)")
      case .unsuitable(let path, let kind): .unwritable(path: path, reason: "it is \(kind)")
      case .exists(let path): .exists(path: path)
      case .owned(let path, let owner): .locked(folder: path, owner: owner)
      case .obstructed(let path, _), .wouldReplace(let path, _), .lost(let path):
        .unwritable(path: path, reason: "\(error)")
      }
  }
}

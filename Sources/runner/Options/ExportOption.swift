import Foundation
import Reporting

/// A file that an option names for a result.
struct ExportOption {
  private let path: String
  private let folder: ResultsFolder
  private let name: String

  /// Checks that the file can be written.
  ///
  /// `example` is a name it could have; `data` are files that are read and must stay.
  /// - Throws: `Failure` for a folder in its place, a file that must stay, or where it cannot be
  ///   written.
  init(
    _ path: String, option: String = "--export", example: String = "model.onnx",
    sparing data: [String] = []
  ) throws(Failure) {
    let url = URL(fileURLWithPath: path)
    guard !path.isEmpty, !path.hasSuffix("/"), !url.hasDirectoryPath else {
      throw .usage("\(option) cannot be \"\(path)\"; accepted: a file, such as \(example)")
    }
    let place = url.resolvingSymlinksInPath().path
    for file in data
    where URL(fileURLWithPath: file).resolvingSymlinksInPath().path == place {
      throw .usage("\(option) cannot be \(path), which is read; choose another file")
    }
    name = url.lastPathComponent
    self.path = path
    folder = try FolderOption(
      option, url.deletingLastPathComponent().path, files: [name], data: ""
    ).open()
  }

  /// Writes the file.
  ///
  /// - Throws: `ReportingError.unwritable`.
  func write(_ bytes: [UInt8]) throws(ReportingError) {
    try folder.append(bytes, to: name)
    try folder.publish()
  }
}

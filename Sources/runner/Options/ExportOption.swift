import Foundation
import Reporting

/// The file that `--export` names.
struct ExportOption {
  private let path: String
  private let folder: ResultsFolder
  private let name: String

  /// Checks that the file can be written.
  ///
  /// - Throws: `Failure` for a folder in its place, or where it cannot be written.
  init(_ path: String) throws(Failure) {
    guard !path.isEmpty, !path.hasSuffix("/") else {
      throw .usage("--export cannot be \"\(path)\"; accepted: a file, such as model.onnx")
    }
    let url = URL(fileURLWithPath: path)
    name = url.lastPathComponent
    self.path = path
    folder = try FolderOption(
      "--export", url.deletingLastPathComponent().path, files: [name], data: ""
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

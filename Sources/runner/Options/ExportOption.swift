import Files
import Foundation

/// A file that an option names for a result.
struct ExportOption {
  private let file: OutputFile

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
    do {
      file = try OutputFile(path)
    } catch {
      throw Failure(error, option: option)
    }
  }

  /// Appends text.
  ///
  /// - Throws: `FilesError.unwritable`.
  func append(_ text: String) throws(FilesError) { try file.append(text) }

  /// Gives the file its name.
  ///
  /// - Throws: `FilesError.unwritable`.
  func publish() throws(FilesError) { try file.publish() }

  /// Writes the file.
  ///
  /// - Throws: `FilesError.unwritable`.
  func write(_ bytes: [UInt8]) throws(FilesError) {
    try file.append(bytes)
    try publish()
  }
}

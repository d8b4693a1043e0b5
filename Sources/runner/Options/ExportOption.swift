import Documents
import Files
import Foundation

/// A file that an option names for a result.
struct ExportOption {
  private let option: String

  let file: OutputFile

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
    self.option = option
    file = try converting(try OutputFile(path)) { (error: FilesError) in
      Failure(error, option: option)
    }
  }

  func append(_ text: String) throws(Failure) { try naming(try file.append(text)) }

  func publish() throws(Failure) { try naming(try file.publish()) }

  func write(_ bytes: [UInt8]) throws(Failure) {
    try naming(try file.append(bytes))
    try publish()
  }

  /// Does a step, whose failure names the option.
  private func naming(_ step: @autoclosure () throws(FilesError) -> Void) throws(Failure) {
    try converting(try step()) { (error: FilesError) in Failure(error, option: option) }
  }
}

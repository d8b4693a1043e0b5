import Documents
import Files

/// A folder that an option names for result files.
struct FolderOption: Sendable {
  private let option: String
  private let place: ResultsPath

  /// Checks that the folder can be one, without making it.
  ///
  /// `files` are the names of what will be written, among which `data`, the input, must not be.
  /// - Throws: `Failure` for an empty name, a file in the way, or when the data would be replaced.
  init(_ option: String, _ path: String, files: [String], data: String) throws(Failure) {
    self.option = option
    try Self.requireName(path, option)
    place = try converting(try ResultsPath(path, files: files, sparing: data)) {
      (error: FilesError) in Failure(error, option: option)
    }
  }

  /// Opens the folder, making it where it is missing.
  ///
  /// - Throws: `Failure` when it cannot be made or written to, or another process is writing to it.
  func open() throws(Failure) -> ResultsFolder {
    try converting(try ResultsFolder(place.path)) { (error: FilesError) in
      Failure(error, option: option)
    }
  }

  /// Refuses the empty name of a folder.
  static func requireName(_ path: String?, _ option: String) throws(Failure) {
    guard path != "" else {
      throw .usage("\(option) cannot be \"\"; accepted: a folder, made where it is missing")
    }
  }
}

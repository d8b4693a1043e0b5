/// A result that could not be written.
public enum ReportingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A file or folder could not be written.
  case unwritable(path: String, reason: String)

  /// A folder of results cannot be made, because this file is in the way.
  case obstructed(path: String, obstacle: String)

  /// A file of results would replace the data it is made from.
  case wouldReplace(path: String, data: String)

  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason)"
    case .obstructed(let path, let obstacle):
      "\(path) cannot be written: \(obstacle) is a file, not a folder"
    case .wouldReplace(let path, let data):
      "results in \(path) would replace \(data), the data; choose another folder"
    }
  }
}

/// A result that could not be written.
public enum ReportingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A file or folder could not be written.
  case unwritable(path: String, reason: String)

  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason)"
    }
  }
}

import Documents

/// What is wrong with the content of a file that is not CSV, and where.
public struct ContentProblem: Equatable, Sendable {
  /// Where in the file.
  public enum Place: Equatable, Sendable {
    /// The byte, counted from 0.
    case byte(Int)
    /// The line, counted from 1.
    case line(Int)
    /// The file as a whole.
    case file
  }

  /// The file as its reader was told to call it.
  public let file: String

  /// Where in the file.
  public let place: Place

  /// What is there.
  public let problem: String

  /// What would be accepted.
  public let accepted: String
}

extension ContentProblem: CustomStringConvertible {
  /// Where, what and what would be accepted, in one line.
  public var description: String {
    let start =
      switch place {
      case .byte(let offset): "\(file), byte \(offset)"
      case .line(let line): "\(file):\(line)"
      case .file: file
      }
    return "\(start): \(problem); \(accepted)"
  }
}

extension DatasetsError {
  /// The error of a place of a file.
  static func content(
    _ file: String, _ place: ContentProblem.Place, _ problem: String, accepted: String
  ) -> DatasetsError {
    .content(ContentProblem(file: file, place: place, problem: problem, accepted: accepted))
  }
}

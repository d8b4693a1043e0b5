import Files
import Foundation
import Tracking

/// Where a data set came from, as MLflow writes it down.
public enum DataOrigin: Sendable, Equatable {
  /// It is built into the program.
  case embedded(name: String)
  /// It was read from a file.
  case file(path: String)
  /// It is not at hand.
  case unknown

  var type: String { if case .file = self { "local" } else { "code" } }

  /// The source, a JSON object, with facts about what was done to the data.
  func source(_ facts: [(String, String)] = []) -> String {
    let pairs: [(String, String)] =
      switch self {
      case .embedded(let name): [("hemlock.dataset", name)]
      case .file(let path): [("hemlock.file", path)]
      case .unknown: []
      }
    if case .file(let path) = self, facts.isEmpty {
      let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
      return "{\"uri\": \(absolute.jsonLiteral)}"
    }
    let tags = (pairs + facts).map { "\($0.0.jsonLiteral): \($0.1.jsonLiteral)" }
    return "{\"tags\": {\(tags.joined(separator: ", "))}}"
  }
}

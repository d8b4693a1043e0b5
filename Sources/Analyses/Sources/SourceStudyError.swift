package import Datasets
import Documents

/// A study of sources that cannot be run as asked.
package enum SourceStudyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// All rows come from one source.
  case oneSource(String)

  /// The trusted source is none of those there are.
  case unknownSource(String, names: [String])

  /// The rows cannot be divided so.
  case dataset(DatasetsError)

  /// Shapley values take a fit for each set of sources.
  case tooManySources(Int, limit: Int)

  /// What is wrong and what would be accepted, in one line.
  package var description: String {
    switch self {
    case .oneSource(let name):
      "All rows come from \(name.quotedExcerpt); there must be at least two sources to compare"
    case .unknownSource(let name, let names):
      "There is no source \(name.quotedExcerpt)"
        + Suggestion.clause(for: name, among: names)
        + " sources: \(names.prefix(12).joined(separator: ", "))"
    case .dataset(let error): "\(error)"
    case .tooManySources(let count, let limit):
      "Shapley values of \(count) sources take 2^\(count) fits a seed; at most \(limit) sources are "
        + "accepted"
    }
  }
}

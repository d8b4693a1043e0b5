import Datasets
import Documents
import Sweeps
import Validation

/// Data, and what is known of where they come from.
struct LoadedData {
  let dataset: Dataset

  /// All columns of the user's file, those left out too; nothing where it has no names for them.
  var columnNames: [String] = []

  /// Whether the data come with the program, or are installed beside it, so that nobody can have tampered
  /// with them here.
  let isKnown: Bool

  /// What makes accuracy on the data doubtful; nothing of data that are known.
  func suspicions(judging: Judging = .unknown) -> [Suspicion] {
    isKnown ? [] : Suspicions(of: dataset, columnNames: columnNames, judging: judging).all
  }

  /// What makes accuracy of a study doubtful; nothing where a generator draws its rows.
  func suspicions(of study: Study) -> [Suspicion] {
    if case .generator = study.source { return [] }
    return suspicions(
      judging: .shares(validation: study.validationShare, trusted: study.trustedShare))
  }
}

import Datasets
import Documents
import Files
import Sweeps
import Validation

/// Data, and what is known of where they come from.
struct LoadedData {
  let dataset: Dataset

  /// The columns of the user's file; nil where it has no names for them.
  var columns: DataFile.Columns?

  /// Whether the data come with the program, or are installed beside it, so that nobody can have tampered
  /// with them here.
  let isKnown: Bool

  /// The user's file, where it is one that `runner inspect` has made from another.
  var cleanedFile: String?

  /// What makes accuracy on the data doubtful; nothing of data that are known.
  func suspicions(judging: Judging = .unknown) -> [Suspicion] {
    isKnown
      ? [] : Suspicions(of: dataset, columnNames: columns?.names ?? [], judging: judging).all
  }

  /// What makes accuracy of a study doubtful; nothing where a generator draws its rows.
  func suspicions(of study: Study) -> [Suspicion] {
    if case .generator = study.source { return [] }
    guard study.validationFile == nil else {
      let rows = dataset.sampleCount..<study.dataset.sampleCount
      return suspicions(judging: .rows(LabeledRows(study.dataset, rows: Array(rows))))
    }
    return (cleanedFile.map { [Suspicion(cleanedFile: $0)] } ?? [])
      + suspicions(
        judging: .shares(
          validation: study.validationShare, trusted: study.trustedShare, groups: dataset.groups))
  }
}

extension LoadedData {
  /// The path of a file that `runner inspect` has written beside its record; nil for any other.
  static func cleanedFile(_ path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard ["cleaned.csv", "corrected.csv"].contains(name) else { return nil }
    let record = path.dropLast(name.count) + "inspection.json"
    return InputFile.byteCount(of: String(record)) == nil ? nil : path
  }
}

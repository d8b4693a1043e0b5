import Datasets
import Documents

/// The rows of a study: those of its data, and after them those of a file that models are judged on.
struct StudyData: Sendable {
  /// All rows.
  let dataset: Dataset

  /// The digest of the data alone.
  let digest: String

  /// The file; nil where rows of the data are judged on.
  let validationFile: ValidationFile?

  /// Puts the rows of a file, whose columns may be in any order, after those of the data.
  ///
  /// - Throws: `SweepsError.validation` for other columns, or classes that the data have not, and
  ///   `.sharedGroups` for groups that are in both.
  init(_ dataset: Dataset, validation: Dataset?) throws(SweepsError) {
    digest = dataset.digest
    validationFile = validation.map(ValidationFile.init)
    guard let validation else {
      self.dataset = dataset
      return
    }
    let rows = try converting(try dataset.matching(validation), to: SweepsError.validation)
    if let groups = dataset.groups, let others = validation.groups {
      let shared = groups.shared(with: others)
      guard shared.isEmpty else {
        throw .sharedGroups(file: validation.name, column: groups.column, names: shared)
      }
    }
    self.dataset = try converting(
      try dataset.followed(by: rows, groups: validation.groups), to: SweepsError.dataset)
  }

  /// What draws the rows of one seed after another: a share to judge on, or the rows of the file.
  func splitter(
    validationShare: Double, trustedShare: Double
  ) throws(DatasetsError) -> StratifiedSplitter {
    guard let validationFile else {
      return try StratifiedSplitter(
        dataset, validationShare: validationShare, trustedShare: trustedShare)
    }
    return try StratifiedSplitter(
      dataset, lastCount: validationFile.rows, trustedShare: trustedShare)
  }
}

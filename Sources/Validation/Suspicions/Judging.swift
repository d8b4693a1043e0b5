public import Datasets

/// Which rows models are judged on, as far as suspicions depend on it.
public enum Judging: Sendable {
  /// It is not known.
  case unknown

  /// Shares of the rows, drawn class by class as `StratifiedSplitter` does, whose groups stay together.
  case shares(validation: Double, trusted: Double, groups: RowGroups? = nil)

  /// The rows of another file.
  case rows(LabeledRows)
}

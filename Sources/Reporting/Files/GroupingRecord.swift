import Datasets
import Sweeps

/// How rows of a data set belong together, for machines.
struct GroupingRecord: Encodable {
  let column: String
  let groups: Int
  /// Rows of every split that are for nothing, as groups stay whole; absent where nothing is split.
  let setAsideRows: Int?

  /// The groups of the rows that are inspected.
  init?(_ dataset: Dataset) {
    guard let groups = dataset.groups else { return nil }
    (column, self.groups, setAsideRows) = (groups.column, groups.count, nil)
  }

  /// The groups of the data of a study, without those of the file that models are judged on.
  init?(_ study: Study) {
    guard let grouping = study.grouping else { return nil }
    (column, groups, setAsideRows) = (grouping.column, grouping.groups, grouping.setAside)
  }
}

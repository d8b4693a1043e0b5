import Analyses
import Datasets
import Documents
import Statistics
import Store
package import Sweeps

extension StudyFacts {
  /// How many rows are judged on, and whose, such as `30 clean rows validate`, and which stay together.
  var validationText: String {
    let rows =
      plan.validationName.map { "\(plan.validationCount) rows of \($0) validate" }
      ?? "\(plan.validationCount) \(areVouched ? "clean " : "")rows validate"
    return rows + (plan.study?.grouping.map { ", \($0.text)" } ?? "")
      + (plan.study?.weights.map { ", fits weigh rows by \($0.shownInTable)" } ?? "")
  }

  /// Whether somebody vouches for the rows: they are drawn, or of a set that the program holds.
  ///
  /// A file may be poisoned already.
  private var areVouched: Bool {
    plan.study?.generator != nil
      || EmbeddedDataset(rawValue: plan.datasetName)?.load().digest == plan.datasetDigest
  }

  /// What intervals are of.
  var intervalText: String {
    plan.validationName.map { "the mean over seeds, for the rows of \($0)" }
      ?? "the mean over splits of these rows"
  }

  /// The interval for new rows from the same source.
  func populationInterval(_ moments: RunningMoments) -> Interval? {
    plan.validationName == nil
      ? moments.populationInterval(
        validationCount: plan.validationCount, trainingCount: plan.trainingCount)
      : moments.newRowsInterval(rowCount: plan.validationCount)
  }
}

extension Grouping {
  /// What stays together and what that costs, such as `40 groups of person stay whole (12 rows set aside)`.
  package var text: String {
    "\(Numbers.grouped(groups)) groups of \(column.shownInTable) stay whole ("
      + (setAside == 0
        ? "no row" : setAside == 1 ? "1 row" : "\(Numbers.grouped(setAside)) rows")
      + " set aside)"
  }
}

package import Datasets
package import Store
package import Sweeps

/// The study of one data set among others: its cells, of curves those at the rows that answers are about.
package struct ComparedSet: Sendable {
  /// What the data set is called here; a second one of a name has its number.
  package internal(set) var name: String

  /// What is known of the study.
  package let facts: StudyFacts

  /// The cells, without controls that only delete rows.
  package let cells: [CellSummary]

  /// Number of seeds.
  package let seedCount: Int

  /// The rows that curves are compared at; nil for another study.
  package let base: Int?

  /// Whether a rule may have ended it.
  package let hasRule: Bool

  /// Reads what the last command wanted of a store.
  package init(_ reading: StoreReading, dataset: Dataset? = nil) throws(StoreError) {
    let base = AccuracySurface.base(of: reading.cells)
    let facts = StudyFacts(reading, dataset: dataset)
    let shown = Set(facts.contestants.map(\.name) + ["none"])
    (self.facts, self.base) = (facts, base)
    cells = try reading.summaries().filter { cell in
      shown.contains(cell.attackName)
        && (base.map { cell.rows == TrainingRows(attacked: $0) } ?? true)
    }
    name = facts.datasetName
    seedCount = cells.map(\.tally.seedCount).max() ?? 0
    hasRule = reading.request?.extent.rule != nil
  }

  /// Number of training rows that levels refer to.
  package var trainingCount: Int { base ?? facts.trainingCount }

  /// What a study may have chosen apart from data, conditions and models.
  package var settings: [(name: String, value: String)] {
    let study = facts.study
    return [
      ("scaler", study?.scaler.rawValue), ("scaler_fit", study?.scalerPolicy.rawValue),
      ("validation", study.map { $0.validation?.name ?? "\($0.validationShare)" }),
      ("trusted", study.map { "\($0.trustedShare ?? 0)" }),
      ("generator", study?.generator ?? "none"), ("first seed", "\(facts.firstSeed)"),
    ].map { ($0, $1 ?? "unknown") }
  }
}

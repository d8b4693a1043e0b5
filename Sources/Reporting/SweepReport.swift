package import Analyses
import Store
package import Sweeps

/// What the outcome of a sweep says, cell by cell.
package struct SweepReport: Sendable {
  private let facts: StudyFacts
  private let cells: [CellSummary]
  private let rule: StoppingRule?

  /// The report of the cells of a sweep; where a rule may have ended it, intervals are those that
  /// hold at all looks.
  package init(_ facts: StudyFacts, cells: [CellSummary], rule: StoppingRule? = nil) {
    (self.facts, self.cells, self.rule) = (facts, cells, rule)
  }

  /// All that is to say.
  package var answer: Answer {
    Answer(heading: [heading], sections)
  }

  /// All sections.
  var sections: [Answer.Section] { cellSections + foundSections }

  /// Every cell.
  var cellSections: [Answer.Section] {
    [
      Answer.Section.accuracy(
        "Cells", cells, facts, isPlain: false, rule: rule, notes: notes),
      Answer.Section.gains(cells, facts, rule: rule),
    ].compactMap { $0 }
  }

  /// What targeted attacks came to, and what defences found.
  var foundSections: [Answer.Section] {
    [
      Answer.Section.aims("Targeted attacks, in % or points", cells),
      Answer.Section.detection(cells),
    ].compactMap { $0 }
  }

  private var heading: String {
    (facts.shape.map { "\(facts.datasetName): \(Numbers.grouped($0.rows)) rows, " }
      ?? "\(facts.datasetName): ")
      + "\(facts.trainingCount) train, \(facts.validationCount) clean rows validate; "
      + "\(Numbers.grouped(cells.map(\.tally.seedCount).max() ?? 0)) seeds"
  }

  private var notes: [String] {
    let isDefended = cells.contains { $0.defenseName != "none" }
    let unconverged = cells.reduce(0) { $0 + $1.unconvergedCount }
    return [
      "All in %. \(isDefended ? "Drops and gains are" : "Drops are") paired by seed. Intervals are of "
        + "the mean over splits of these rows, "
        + (rule == nil
          ? "at the number of seeds planned."
          : "and hold at every look, so also where the rule stopped.")
    ] + (StoppingRecord(rule, cells).map { [$0.sentence] } ?? [])
      + (unconverged > 0
        ? ["\(Numbers.grouped(unconverged)) fits did not end at an optimum."] : [])
  }
}

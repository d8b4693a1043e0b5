package import Analyses
import Store
package import Sweeps

extension Answer {
  /// The answer of a sweep, cell by cell; where a rule may have ended it, intervals are those that
  /// hold at all looks.
  package init(cells: [CellSummary], of facts: StudyFacts, rule: StoppingRule? = nil) {
    let rows = facts.shape.map { "\(Numbers.grouped($0.rows)) rows, " } ?? ""
    self.init(
      heading: [
        "\(facts.datasetName): \(rows)\(facts.trainingCount) train, "
          + "\(facts.validationCount) clean rows validate; "
          + "\(Numbers.grouped(cells.map(\.tally.seedCount).max() ?? 0)) seeds"
      ], Section.all(cells, facts, rule: rule) + Section.found(cells))
  }
}

extension Answer.Section {
  /// Every cell.
  static func all(
    _ cells: [CellSummary], _ facts: StudyFacts, rule: StoppingRule? = nil
  ) -> [Answer.Section] {
    let isDefended = cells.contains { $0.defenseName != "none" }
    let unconverged = cells.reduce(0) { $0 + $1.unconvergedCount }
    let notes =
      [
        "All in %. \(isDefended ? "Drops and gains are" : "Drops are") paired by seed. Intervals are of "
          + "the mean over splits of these rows, "
          + (rule == nil
            ? "at the number of seeds planned."
            : "and hold at every look, so also where the rule stopped.")
      ] + (StoppingRecord(rule, cells).map { [$0.sentence] } ?? [])
      + (unconverged > 0
        ? ["\(Numbers.grouped(unconverged)) fits did not end at an optimum."] : [])
    return [
      accuracy("Cells", cells, facts, isPlain: false, rule: rule, notes: notes),
      gains(cells, facts, rule: rule),
    ].compactMap { $0 }
  }

  /// What targeted attacks came to, and what defences found.
  static func found(_ cells: [CellSummary]) -> [Answer.Section] {
    [aims("Targeted attacks, in % or points", cells), detection(cells)].compactMap { $0 }
  }
}

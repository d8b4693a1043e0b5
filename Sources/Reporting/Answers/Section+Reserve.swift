import Analyses
import Models
import Poisoning
import Statistics
import Store
import Sweeps

extension Answer.Section {
  /// What accuracy alone does not say: macro-F1 where classes are unequal, models that say one class only, and
  /// fits that did not end.
  static func reserve(_ cells: [CellSummary], _ facts: StudyFacts) -> [Answer.Section] {
    let notes = cells.notes(facts)
    return [
      cells.areUnequal ? macroF1(cells, facts) : nil,
      notes.isEmpty ? nil : Answer.Section("With reserve", [.text(notes)]),
    ].compactMap { $0 }
  }

  /// One row a condition, one column a model.
  private static func macroF1(_ cells: [CellSummary], _ facts: StudyFacts) -> Answer.Section? {
    let isDefended = cells.contains { $0.defenseName != "none" }
    var table = Table(
      [.text("attack"), .level] + (isDefended ? [.text("defence", key: "defense")] : [])
        + facts.modelNames.map { .percent($0) })
    for start in stride(from: 0, to: cells.count, by: facts.modelCount) {
      let cell = cells[start]
      table.append(
        [.text(cell.attackName), .level(cell.level)] + (isDefended ? [.text(cell.defenseName)] : [])
          + cells[start..<start + facts.modelCount].map { .halfWidth($0[.macroF1]) })
    }
    return Answer.Section("Macro-F1, as classes are unequal, in %", table)
  }
}

extension StudyFacts {
  /// What the star means.
  func collapseNote(_ cells: [CellSummary]) -> String {
    let cell = cells.first { $0.confusion.total > 0 }
    let (limit, guessing) = (cell?.collapseLimit ?? 0, cell?.confusion.guessing ?? 0)
    let isEven = guessing < 1.01 / Double(classCount)
    let commonest = "(\(Numbers.percent(guessing, 1)) % by always saying the commonest class) "
    let margin = Numbers.percent(limit - guessing, limit - guessing < 0.0499 ? 2 : 0)
    return "* collapsed: mean accuracy at most \(Numbers.percent(limit, 1)) %, guessing "
      + (isEven ? "" : commonest) + "plus \(margin) points"
  }
}

extension CellSummary {
  /// The mark of a cell in which some fits did not end at an optimum.
  var endMark: String { unconvergedCount > 0 ? " †" : "" }

  /// What it is, such as `softmax, flip at 10 %`.
  fileprivate var text: String {
    let defense = self.defenseName == "none" ? "" : " with \(self.defenseName)"
    let attack = self.level == .clean ? "" : "\(self.attackName) "
    return "\(self.modelName) (\(attack)at \(self.level)\(defense))"
  }
}

extension [CellSummary] {
  /// What tables of these cells have to say beside their numbers.
  func notes(_ facts: StudyFacts) -> [String] {
    let empty = rowCounts.count { $0 == 0 }
    let only = filter { $0.confusion.onlyPrediction != nil }
    return
      (empty == 0
      ? []
      : [
        "\(empty) of \(facts.classCount) classes have no validation row; macro-F1 is over those that "
          + "occur."
      ])
      + facts.classNames.indices.compactMap { label in
        let silent = only.filter { $0.confusion.onlyPrediction == label }
        return silent.isEmpty
          ? nil
          : "Says only \(facts.classNames[label]), whatever the row: \(silent.listed { $0.text })."
      } + [unendedNote.map { "† " + $0 }].compactMap { $0 }
  }

  /// Fits that did not end at an optimum, and what to do; nil where all did.
  package var unendedNote: String? {
    let unended = filter { $0.unconvergedCount > 0 }
    let count = unended.reduce(0) { $0 + $1.unconvergedCount }
    guard count > 0 else { return nil }
    let cells = unended.listed { "\($0.unconvergedCount) of \($0.accuracy.count) of \($0.text)" }
    let fits = count == 1 ? "1 fit" : "\(Numbers.grouped(count)) fits"
    return "\(fits) did not end at an optimum: \(cells). Their accuracy is not that of the model. "
      + "\(FitReport.advice) The column outcome of seeds.csv, and of the store's view fit, says which."
  }

  /// The first few, and the number of the others.
  private func listed(_ text: (CellSummary) -> String) -> String {
    let shown = 4
    return prefix(shown).map(text).joined(separator: ", ")
      + (count > shown ? " and \(count - shown) more" : "")
  }
}

extension FitReport {
  /// What to do about a fit that did not end.
  static let advice = "Scale the features, make C smaller or tol larger."
}

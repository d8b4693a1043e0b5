package import Analyses
import Documents
import Models
import Poisoning
import Statistics
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
          + facts.validationText + "; "
          + "\(Numbers.grouped(cells.map(\.tally.seedCount).max() ?? 0)) seeds"
      ], Section.all(cells, facts, rule: rule) + Section.found(cells, facts))
  }
}

extension Answer.Section {
  static func all(
    _ cells: [CellSummary], _ facts: StudyFacts, rule: StoppingRule? = nil
  ) -> [Answer.Section] {
    let isDefended = cells.contains { $0.defenseName != "none" }
    let notes =
      [
        "All in %. \(isDefended ? "Drops and gains are" : "Drops are") paired by seed. Intervals are of "
          + facts.intervalText + ", "
          + (rule == nil
            ? "at the number of seeds planned."
            : "and hold at every look, so also where the rule stopped.")
      ] + (StoppingRecord(rule, cells).map { [$0.sentence] } ?? [])
    return [
      accuracy("Cells", cells, facts, isPlain: false, rule: rule, notes: notes),
      gains(cells, facts, rule: rule), privacy(facts),
    ].compactMap { $0 }
  }

  /// What targeted attacks came to, and what defences found.
  static func found(_ cells: [CellSummary], _ facts: StudyFacts) -> [Answer.Section] {
    [
      aims("Targeted attacks, in % or points", cells), detection(cells),
      lostClasses(cells, facts),
    ].compactMap { $0 }
  }

  /// Accuracy at each level; `isPlain` where all cells are of one attack and the first is clean.
  static func accuracy(
    _ title: String, _ cells: [CellSummary], _ facts: StudyFacts, isPlain: Bool,
    rule: StoppingRule? = nil, notes: [String]
  ) -> Answer.Section? {
    let isDefended = cells.contains { $0.defenseName != "none" }
    let hasF1 = isPlain || cells.areUnequal
    var table = Table(
      (isPlain ? [] : [.text("attack")]) + [.level]
        + (isDefended ? [.text("defence", key: "defense")] : [])
        + [.text("model"), .percent("accuracy ± sd"), .percent("95 % interval", decimals(rule))]
        + (hasF1 ? [.percent("macro-F1")] : [])
        + [.percent("drop from 0 %"), .percent("95 % interval", decimals(rule), key: "drop_ci95")])
    table.notes = notes + cells.notes(facts)
    for (index, cell) in cells.enumerated() {
      if index % facts.modelCount == 0, facts.modelCount > 1 { table.startGroup() }
      let hasDrop = !cell.isReference && cell.accuracyDrop.count > 0
      let deviation = cell.accuracy.standardDeviation
      let accuracy: Table.Value =
        deviation == nil ? .mean(cell.accuracy) : .spread(cell.accuracy, deviation)
      table.append(
        (isPlain ? [] : [.text(cell.attackName)]) + [.level(cell.level)]
          + (isDefended ? [.text(cell.defenseName)] : [])
          + [
            .text(cell.modelName),
            cell.accuracy.count == 0
              ? .missing.shown(as: "not for it")
              : accuracy.marked(cell.endMark),
            interval(cell.accuracy, range: 1, rule),
          ] + (hasF1 ? [.mean(cell[.macroF1])] : [])
          + [
            hasDrop ? .mean(cell.accuracyDrop) : .missing,
            hasDrop ? interval(cell.accuracyDrop, range: 2, rule) : .missing,
          ])
    }
    return Answer.Section(title, table)
  }

  /// What defences change, cell by cell; nil without defences.
  static func gains(
    _ cells: [CellSummary], _ facts: StudyFacts, rule: StoppingRule? = nil
  ) -> Answer.Section? {
    var table = Table([
      .text("attack"), .level, .text("defence", key: "defense"), .text("model"), .percent("gain"),
      .percent("95 % interval", decimals(rule)),
    ])
    for (index, cell) in cells.enumerated() {
      if index % facts.modelCount == 0, facts.modelCount > 1 { table.startGroup() }
      guard cell.accuracyGain.count > 0 else { continue }
      table.append([
        .text(cell.attackName), .level(cell.level), .text(cell.defenseName), .text(cell.modelName),
        .mean(cell.accuracyGain), interval(cell.accuracyGain, range: 2, rule),
      ])
    }
    table.notes = ["gain: accuracy with the defence minus accuracy without it, paired by seed."]
    return Answer.Section("What the defences give back, in points", table)
  }

  private static func decimals(_ rule: StoppingRule?) -> Int { rule == nil ? 2 : 3 }

  private static func interval(
    _ moments: RunningMoments, range: Double, _ rule: StoppingRule?
  ) -> Table.Value {
    .interval(
      rule.map { $0.sequence.interval(moments, range: range) } ?? moments.interval())
  }

  /// What attacks that aim at some rows came to, one row a cell; nil for none.
  ///
  /// `isJudgedOnly` leaves out cells without a row to judge them by; else it is read elsewhere.
  static func aims(
    _ title: String, _ cells: [CellSummary], isJudgedOnly: Bool = true
  ) -> Answer.Section? {
    let cells = cells.filter { !isJudgedOnly || $0.level != .clean && $0[.success].count > 0 }
    let isDefended = cells.contains { $0.defenseName != "none" }
    var table = Table(
      [.text("attack"), .level] + (isDefended ? [.text("defence", key: "defense")] : [])
        + [
          .text("model"), .percent("success"), .percent("clean model"), .percent("gain"),
          .percent("collateral"), .percent("accuracy"),
        ])
    for (index, cell) in cells.enumerated() {
      if index > 0, cells[index - 1].attackName != cell.attackName { table.startGroup() }
      let hasGain = cell[.successGain].count > 0
      table.append(
        [.text(cell.attackName), .level(cell.level)]
          + (isDefended ? [.text(cell.defenseName)] : [])
          + [
            .text(cell.modelName), cell[.success].count > 0 ? .mean(cell[.success]) : .unknown,
            hasGain ? .number(cell[.success].mean - cell[.successGain].mean) : .unknown,
            .halfWidth(cell[.successGain]),
            cell[.collateral].count > 0 ? .mean(cell[.collateral]) : .unknown,
            cell.accuracyDrop.count > 0
              ? .spread(cell.accuracy, cell.accuracyDrop.interval()?.halfWidth)
              : .mean(cell.accuracy),
          ])
    }
    if isJudgedOnly { table.notes = [aimNote] }
    if cells.contains(where: { $0[.success].count > 0 && $0[.successGain].count == 0 }) {
      table.notes.append(
        "There is no clean model to compare with, as level 0 was not among the levels: what would have "
          + "happened anyway is not known.")
    }
    return Answer.Section(title, table)
  }

  /// What the columns of targeted attacks are.
  static let aimNote =
    "success: the share of the rows aimed at that were given what the attack wants; under the "
    + "clean model it is what would have happened anyway. collateral: with a trigger, rows "
    + "without it that are given the wanted class; else, other rows that are misclassified. "
    + "± of accuracy is the half-width of its drop."

  /// How well the defences of cells told poisoned rows from others; nil where none judged rows.
  ///
  /// Models with the same verdicts share a row.
  static func detection(_ cells: [CellSummary]) -> Answer.Section? {
    let found: [Measure] = [.precision, .recall, .falseAlarmRate, .rocAUC, .precisionAtBudget]
    var groups: [(cell: CellSummary, models: String)] = []
    for cell in cells where cell[.falseAlarmRate].count > 0 {
      let place = groups.firstIndex { group in
        group.cell.hasCondition(of: cell) && found.allSatisfy { group.cell[$0] == cell[$0] }
      }
      if let place { groups[place].models = "all" } else { groups.append((cell, cell.modelName)) }
    }
    var table = Table([
      .text("attack"), .level, .text("defence", key: "defense"), .text("model"),
      .percent("precision", 1), .percent("recall", 1), .percent("wrongly", 1),
      .number("ROC-AUC", 3), .percent("at budget", 1),
    ])
    for (index, group) in groups.enumerated() {
      let cell = group.cell
      if index > 0, groups[index - 1].cell.level != cell.level { table.startGroup() }
      table.append(
        [
          .text(cell.attackName), .level(cell.level), .text(cell.defenseName),
          .text(group.models),
        ] + found.map { .mean(cell[$0]) })
    }
    table.notes = [
      "precision: flagged rows that are poisoned; recall: poisoned rows that are flagged; wrongly: "
        + "other rows that are flagged; ROC-AUC of the scores; at budget: poisoned rows among as "
        + "many with the largest scores."
    ]
    return Answer.Section("What the defences found, in % of rows", table)
  }

  /// Which defences take the last rows of classes; nil where none does.
  static func lostClasses(_ cells: [CellSummary], _ facts: StudyFacts) -> Answer.Section? {
    let losses = cells.compactMap { lossNote($0, among: cells, facts) }
    guard !losses.isEmpty else { return nil }
    return Answer.Section(
      "Defences that take all rows of a class",
      [
        .text(
          losses + [
            "Where other classes are common, accuracy does not show it: see recall by class."
          ]
        )
      ])
  }

  /// Fits that a defence has left with one class, or a class that is never predicted behind it though
  /// it is without; nil where there is neither.
  private static func lossNote(
    _ cell: CellSummary, among cells: [CellSummary], _ facts: StudyFacts
  ) -> String? {
    guard cell.defenseName != "none", cell.accuracy.count > 0 else { return nil }
    let plain = cells.first {
      $0.defenseName == "none" && $0.level == cell.level && $0.modelName == cell.modelName
        && ($0.attackName == cell.attackName || cell.level == .clean)
    }
    let name =
      "\(cell.defenseName) against \(cell.attackName) at \(cell.level), \(cell.modelName)"
    let count = cell.constantCount
    if count > plain?.constantCount ?? 0 {
      return "\(name): \(Numbers.grouped(count)) of \(Numbers.grouped(cell.accuracy.count)) fits "
        + "have one class left and say nothing else"
    }
    func isPredicted(_ label: Int, in cell: CellSummary) -> Bool {
      facts.classNames.indices.contains { cell.confusion[$0, label] > 0 }
    }
    let never = facts.classNames.indices.filter { label in
      !isPredicted(label, in: cell) && plain.map { isPredicted(label, in: $0) } ?? false
    }
    guard !never.isEmpty else { return nil }
    return "\(name): never predicts "
      + never.map { facts.classNames[$0].quotedExcerpt }.joined(separator: ", ")
  }

  /// Mean confusion matrices, one row of matrices a level, one matrix a model.
  static func confusion(_ cells: [CellSummary], _ facts: StudyFacts) -> Answer.Section {
    let title = "Mean confusion matrices (rows: true class, columns: predicted)"
    guard facts.classCount <= Table.mostClasses else {
      return Answer.Section(
        title, [.text(["left out for more than \(Table.mostClasses) classes; see confusion.csv"])])
    }
    var table = Table(
      [.level, .text("true class")]
        + cells.prefix(facts.modelCount).map { .number($0.modelName, 1) })
    for start in stride(from: 0, to: cells.count, by: facts.modelCount) {
      let row = cells[start..<start + facts.modelCount]
      table.startGroup()
      for truth in facts.classNames.indices {
        table.append(
          [truth == 0 ? .level(cells[start].level) : .missing, .text(facts.classNames[truth])]
            + row.map { cell in
              .numbers(
                facts.classNames.indices.map {
                  Double(cell.confusion[truth, $0]) / Double(max(cell.accuracy.count, 1))
                })
            })
      }
    }
    return Answer.Section(title, [.table(table)])
  }

  /// What every attack does at the highest level, with a star at each collapse; nil without two attacks.
  static func collapse(_ cells: [CellSummary], _ facts: StudyFacts) -> Answer.Section? {
    let poisoned = cells.filter { $0.level != .clean && $0.defenseName == "none" }
    guard let highest = poisoned.map(\.level).max(), Set(poisoned.map(\.attackName)).count > 1
    else { return nil }
    let models = facts.modelNames
    var table = Table([.text("attack")] + models.map { .percent($0) })
    for name in poisoned.filter({ $0.level == highest }).map(\.attackName).distinct {
      table.append(
        [.text(name)]
          + models.map { model in
            poisoned.first {
              $0.attackName == name && $0.modelName == model && $0.level == highest
            }.map { .halfWidth($0.accuracy).marked(facts.hasCollapsed($0) ? " *" : "") } ?? .unknown
          })
    }
    table.notes = [facts.collapseNote(cells)]
    return Answer.Section(
      "Which attack collapses accuracy at \(highest)? Accuracy in %, 95 % interval", table,
      [.hint(["--attacks all shows every attack of the catalogue, at all levels."])])
  }
}

package import Analyses
package import Datasets
import Poisoning
import Statistics
package import Store
package import Sweeps

/// What the outcome of a study says: of an attack at several levels, of attacks against each other, or of
/// defences against attacks.
package struct ExperimentReport: Sendable {
  /// What is known of the study.
  package let facts: StudyFacts

  /// Its cells.
  package let cells: [CellSummary]

  /// How much the models of each cell disagree with themselves, where that was measured.
  private let disagreements: [Disagreement?]

  /// What was wanted of its store; nil where the store does not say so.
  private let request: StudyRequest?

  /// Number of seeds.
  package let seedCount: Int

  /// The sums of a tournament, where it was one.
  package let tournament: Tournament?

  /// The sums of defences, where it was about those.
  package let mitigation: Mitigation?

  /// The cells of the first attack of the study and of no attack: the dose-response table.
  private var mainCells: [CellSummary] {
    facts.curve(facts.attacks.first, of: cells)
  }

  /// The report of a store without curves, and of its data where they are at hand: of what the last command
  /// wanted of it.
  ///
  /// - Complexity: Reads the blocks of tournaments and studies of defences, one at a time.
  package init(_ reading: StoreReading, dataset: Dataset? = nil) throws(StoreError) {
    facts = StudyFacts(reading, dataset: dataset)
    cells = try reading.summaries()
    seedCount = cells.map(\.tally.seedCount).max() ?? 0
    disagreements = try reading.disagreements()
    request = reading.request
    // A store of before commands said what they want shows it by its cells.
    let kind = request?.kind
    var mitigation = kind == nil || kind == .mitigation ? Mitigation(facts) : nil
    var tournament =
      mitigation == nil && (kind == nil || kind == .tournament) ? Tournament(facts) : nil
    if kind == nil, tournament?.hasControls == false { tournament = nil }
    if mitigation != nil || tournament != nil {
      try reading.forEachBlock { block in
        mitigation?.add(block)
        tournament?.add(block)
      }
    }
    (self.mitigation, self.tournament) = (mitigation, tournament)
  }

  /// All that is to say.
  package var answer: Answer {
    Answer(
      heading: heading,
      sections + (mitigation == nil ? [] : [Answer.Section.privacy(facts)].compactMap { $0 })
        + [Answer.Section.lostClasses(cells, facts)].compactMap { $0 }
        + (isPlain ? [Answer.Section("Figures", mainFigures.map { .figure($0) })] : []))
  }

  /// Whether it is about one attack at several levels.
  var isPlain: Bool { tournament == nil && mitigation == nil }

  /// The sections, without the figures of a plain study.
  var sections: [Answer.Section] {
    let reserve = Answer.Section.reserve(cells, facts)
    if let mitigation { return Answer.Section.mitigation(facts, cells, mitigation) + reserve }
    if let tournament { return Answer.Section.tournament(facts, cells, tournament) + reserve }
    if request?.kind == .sweep {
      return Answer.Section.all(cells, facts, rule: request?.extent.rule)
        + [claims?.section].compactMap { $0 }
    }
    let main = mainCells
    let isOnce = cells.allSatisfy { $0.accuracy.count <= 1 }
    return [
      Answer.Section.accuracy(
        "Accuracy by poison level", main, facts, isPlain: true, notes: intervalNotes),
      isOnce
        ? Answer.Section(
          "How sure that is",
          [.text(["One seed has no interval."]), .hint(["Ask for more with --seeds."])]) : nil,
      Answer.Section.aims("What the attack wanted, in % or points", main),
      Answer.Section.confusion(main, facts), Answer.Section.collapse(cells, facts),
      claims?.section,
    ].compactMap { $0 }
  }

  /// Every cell, where the answer has not all of them.
  var cellSections: [Answer.Section] {
    mainCells.count == cells.count && isPlain || request?.kind == .sweep
      ? [] : Answer.Section.all(cells, facts)
  }

  /// Accuracy and confusion by level under the first attack.
  private var mainFigures: [Figure] {
    let title = "\(facts.datasetName), attack \(facts.attacks.first?.name ?? "none")"
    return [
      Figure.accuracy(
        facts.behindDefenses(facts.attacks.first, of: cells), name: "accuracy", title: title),
      facts.classCount > Self.mostDrawnClasses
        ? nil
        : Figure.confusion(
          mainCells, classNames: facts.classNames, name: "confusion", title: title),
    ].compactMap { $0 }
  }

  /// The most classes whose confusion is drawn unasked: pages and MLflow draw all.
  private static let mostDrawnClasses = 12

  /// The figures that MLflow gets: `tournament` of one; of another study `accuracy` and `confusion` under
  /// its first attack and `accuracy-ATTACK` of each other with several levels; of defences `mitigation`,
  /// `accuracy` under all attacks, and `confusion` under the first.
  package var trackedFigures: [Figure] {
    let own = isPlain ? [] : answer.figures
    guard tournament == nil else { return own }
    guard mitigation == nil else { return own + mainFigures.filter { $0.name == "confusion" } }
    return mainFigures
      + facts.attacks.dropFirst().compactMap { attack in
        let cells = facts.behindDefenses(attack, of: cells)
        guard Set(cells.map(\.level)).count > 2 else { return nil }
        let word = attack.name.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        return Figure.accuracy(
          cells, name: "accuracy-" + String(word),
          title: "\(facts.datasetName), attack \(attack.name)")
      }
  }

  /// The claims table, where the course's claims are about this experiment.
  package var claims: ClaimsTable? { ClaimsTable(facts, cells, disagreements) }

  private var heading: [String] {
    let shape = facts.shape.map { "\(Numbers.grouped($0.rows)) rows × \($0.features) features, " }
    return [
      "\(facts.datasetName): \(shape ?? "")\(facts.classCount) classes; "
        + "\(facts.trainingCount) rows train, "
        + facts.validationText,
      attackText
        + (facts.study.map { study in
          "; scaler \(study.scaler.rawValue)"
            + (study.scaler == .none ? "" : " fitted on \(study.scalerPolicy.rawValue) rows")
        } ?? "") + "; \(Numbers.grouped(seedCount)) seeds",
    ]
  }

  private var attackText: String {
    let count = { (count: Int, noun: String) in "\(count) \(noun)\(count == 1 ? "" : "s")" }
    if mitigation != nil {
      let defenses = Set(facts.cells.map(\.defenseName)).subtracting(["none"])
      return "\(count(facts.attacks.count, "attack")) against \(count(defenses.count, "defence"))"
    }
    guard tournament != nil else { return "attack \(facts.attacks.first?.name ?? "none")" }
    return count(Set(facts.attacks.map { $0.maker }).count, "attack")
  }

  private var intervalNotes: [String] {
    guard
      let cell = mainCells.first, let narrow = cell.accuracy.interval(),
      let wide = facts.populationInterval(cell.accuracy)
    else { return [] }
    return
      (facts.validationName.map { name in
        [
          "Every seed trains on the same rows and judges on the same rows of \(name): seeds vary the attack "
            + "alone, and what defences draw."
        ]
      } ?? []) + [
        "All in %. Drops are paired by seed. Intervals are of \(facts.intervalText); for "
          + "new rows from the same source they are wider, about \(Numbers.percent(wide)) instead of "
          + "\(Numbers.percent(narrow)) in the first line."
      ]
  }
}

extension StudyFacts {
  /// The cells of an attack and of no attack, with and without defences.
  func behindDefenses(_ attack: StoredAttack?, of cells: [CellSummary]) -> [CellSummary] {
    cells.filter { $0.level == .clean || $0.attackName == attack?.name }
  }
}

import Datasets
import Poisoning
import Statistics
import Sweeps

/// The tables of a report, and what it says of their making.
extension StoreReport {
  static func table(of claims: QuantityClaims) -> String {
    HTML.table(
      ["poison", "the study claims", "attack", "model", "clean rows to add, 95 %", "verdict"],
      claims.rows.map {
        [
          "\($0.level)", $0.claim, $0.attack, $0.model,
          CurveText.factor($0.factor, reach: $0.reach), $0.starred,
        ]
      }, numbersFrom: 6) + HTML.paragraphs([QuantityClaims.reading.joined(separator: " ")])
  }

  static func table(of claims: ClaimsTable, _ models: [String]) -> String {
    HTML.table(
      ["poison", "the study claims"] + models + ["verdict"],
      claims.rows.map { row in
        ["\(Numbers.fixed(row.level * 100, 0)) %", row.claim]
          + models.map { row.measured[$0] ?? "" } + [row.verdict]
      }, numbersFrom: 9)
      + "<details><summary>How each claim is read</summary>"
      + HTML.paragraphs(
        claims.rows.map { "\(Numbers.fixed($0.level * 100, 0)) %, \($0.claim): \($0.readAs)" })
      + "</details>"
  }

  static func table(of answers: [PoisonAnswer]) -> String {
    HTML.table(
      [
        "attack", "poison", "model", "defence", "points lost", "by lost rows", "by harm",
        "clean rows to add", "clean for 1 poisoned", "γ", "more of the same",
      ],
      answers.map { answer in
        [
          answer.attack, "\(answer.level)", answer.model, answer.defense,
          CurveText.points(answer.loss), CurveText.points(answer.lostRows),
          CurveText.points(answer.harm),
          answer.factor().map { CurveText.factor($0, reach: answer.reach) } ?? "–",
          CurveText.number(answer.exchangeRate, decimals: 1),
          CurveText.number(answer.dilution, decimals: 1),
          answer.probe == nil ? "–" : CurveReport.words(answer.cause),
        ]
      }, numbersFrom: 4)
  }

  /// The sections of curves that are fitted.
  static func fitted(
    _ surface: AccuracySurface, _ answers: [PoisonAnswer]
  ) -> [ReportPage.Section] {
    [
      (
        "One curve for all sizes and levels, fitted", FittedTable.joint(surface.jointCurves),
        FittedTable.readingJoint
      ),
      (
        "Learning curves without poison, fitted", FittedTable.learning(surface.learningCurves),
        FittedTable.readingLearning
      ),
      (
        "Beyond the largest size: extrapolated, not measured",
        FittedTable.foreseen(answers.compactMap(surface.foresight)), []
      ),
    ].compactMap { title, table, reading in
      table.map { table in
        ReportPage.Section(
          title,
          HTML.table(table.header, table.rows, numbersFrom: table.textColumns)
            + HTML.paragraphs(reading.isEmpty ? [] : [reading.joined(separator: " ")]))
      }
    }
  }

  static func table(ofCells cells: [CellSummary]) -> String {
    HTML.table(
      ["attack", "poison", "defence", "model", "fits", "accuracy", "lost, paired", "macro-F1"],
      cells.map { cell in
        [
          cell.attackName, "\(cell.level)", cell.defenseName, cell.modelName,
          Numbers.grouped(cell.tally.seedCount), Numbers.meanAndHalfWidth(cell.accuracy),
          cell.isReference ? "" : Numbers.meanAndHalfWidth(cell.accuracyDrop),
          Numbers.meanAndHalfWidth(cell.macroF1),
        ]
      }, numbersFrom: 4) + HTML.paragraphs(["Percent, with the 95 % half-width over seeds."])
  }

  static func detection(_ cells: [CellSummary]) -> String {
    let judged = cells.filter { $0.detection.falseAlarmRate.count > 0 }
    guard !judged.isEmpty else { return "" }
    let share = { (moments: RunningMoments) in
      moments.count > 0 ? Numbers.percent(moments.mean, 1) : "–"
    }
    return HTML.table(
      ["attack", "poison", "defence", "model", "precision", "recall", "false alarms", "ROC AUC"],
      judged.map { cell in
        [
          cell.attackName, "\(cell.level)", cell.defenseName, cell.modelName,
          share(cell.detection.precision), share(cell.detection.recall),
          share(cell.detection.falseAlarmRate), share(cell.detection.rocAUC),
        ]
      }, numbersFrom: 4) + HTML.paragraphs(["Percent, means over the seeds."])
  }

  static func method(_ surface: AccuracySurface?, _ plan: StoredPlan) -> String {
    var texts = [
      "A seed draws the rows, the order in which they are poisoned and the values they get. All cells of "
        + "one seed share them, so differences are paired. Models are judged on clean rows that neither "
        + "attack nor model sees."
    ]
    if let surface {
      texts += [
        "Sets are nested: rows are added to the \(Numbers.grouped(surface.base)) that the attack got, and "
          + "no set is drawn anew. Between sizes accuracy is taken as straight, after pooling to a rising "
          + "sequence, unless it falls significantly somewhere. Nothing is read off beyond the largest size.",
        "Intervals are percentiles of 2,000 resamples of the seeds, each taking the same seeds in every "
          + "cell. What resamples do not reach is beyond the largest size.",
        "R is the share of clean rows to add for the accuracy without poison; γ is ln(n_eff/n)/ln(1 − p), "
          + "with n_eff the clean rows that would be as good; clean for 1 poisoned is R/p − 1. Loss is "
          + "split by a control that deletes the same rows. A loss that falls slower than n^−0.25 is called "
          + "bias.",
        population(surface, plan),
      ]
    } else {
      texts.append("Intervals of means are Student's t over seeds, at 95 %.")
    }
    return HTML.paragraphs(texts)
  }

  /// What intervals say of other rows than those of the study.
  static func population(_ surface: AccuracySurface, _ plan: StoredPlan) -> String {
    if let generator = plan.study?.growth?.generator?.rawValue {
      return
        "Every seed has rows of its own from the generator \(generator): intervals hold for it, and for "
        + "the world as far as that is like it."
    }
    let factor = RunningMoments.populationFactor(
      seedCount: surface.seedCount, validationCount: plan.validationCount,
      trainingCount: surface.base)
    return "All seeds split the same rows. For other rows from the same source intervals are about "
      + "\(Numbers.fixed(factor, 1)) times as wide, whatever the number of seeds (Nadeau and Bengio)."
  }

  static func provenance(_ plan: StoredPlan, _ seeds: Int) -> String {
    HTML.table(
      ["what", "value"],
      [
        ["plan (SHA-256)", plan.digest],
        ["data", "\(plan.datasetName), SHA-256 \(plan.datasetDigest)"],
        ["seeds", "\(plan.firstSeed) to \(Int(plan.firstSeed) + max(seeds, 1) - 1)"],
        ["training rows of a seed", "\(plan.trainingCount)"],
        ["validation rows of a seed", "\(plan.validationCount)"],
        [
          "program",
          "\(plan.program) \(plan.programVersion), results of version \(plan.engineVersion)",
        ],
        ["store made", plan.createdAt],
        ["processor", "\(plan.processorName), \(plan.coreCount) cores"],
      ], numbersFrom: 2)
      + "<details><summary>The plan in full</summary><p><code>\(HTML.escaped(plan.identity))</code></p>"
      + "</details>"
  }
}

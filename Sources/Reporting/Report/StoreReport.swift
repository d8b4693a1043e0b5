public import Datasets
import Models
import Poisoning
public import Sweeps

/// The report of a store: what was found, how sure that is, and where every number comes from.
public struct StoreReport: Sendable {
  /// The plan of the store.
  public let plan: StoredPlan

  /// Number of seeds.
  public let seedCount: Int

  /// The answers of a study of curves; none for another.
  public let answers: [PoisonAnswer]

  /// The answer in three sentences; none for another study.
  public let sentences: [String]

  private let page: ReportPage
  private let figures: [ReportFigure]

  /// Reads a store.
  ///
  /// `dataset` is the one it belongs to, where it is at hand; it is needed for the ceiling of a generator.
  /// - Throws: `StoreError`.
  public init(
    _ store: SweepStore, dataset: Dataset?, prices: Prices? = nil, threads: Int = 1
  ) throws(StoreError) {
    let plan = store.plan
    let cells = try store.summaries()
    let counts = try SeedCounts(store)
    let surface = AccuracySurface(store.cells, counts, threads: threads)
    let study = try dataset.map { data throws(StoreError) in try store.study(of: data) }
    let answers = surface?.answers ?? []
    let isIris = plan.datasetName == "iris"
    var sections: [ReportPage.Section] = []

    if let surface {
      let answer = CurveAnswer(answers, prices: prices)
      sections.append(
        .init(
          "Answer",
          "<div class=\"answer\">\(HTML.paragraphs(answer?.sentences ?? []))</div>"))
      let claims = QuantityClaims(answers)
      if isIris, !claims.rows.isEmpty {
        sections.append(
          .init("Claims and measurement", Self.table(of: claims)))
      }
      let ceiling = study.flatMap { Self.ceiling($0, threads: threads) }
      let charts = CurveCharts(surface, answers, ceiling: ceiling).figures
      let titles = [
        "curves": "Quantity: accuracy as clean rows are added",
        "heatmap": "Quality: accuracy over rows and poison", "recovery": "Recovery factors",
      ]
      for chart in charts {
        let table = chart.name == "recovery" ? Self.table(of: answers) : ""
        sections.append(.init(titles[chart.name] ?? chart.name, table, [chart]))
      }
      if let table = JointCurveTable(surface.jointCurves) {
        sections.append(
          .init(
            "One curve for all sizes and levels, fitted",
            HTML.table(table.header, table.rows, numbersFrom: 3)
              + HTML.paragraphs([JointCurveTable.reading.joined(separator: " ")])))
      }
    } else {
      sections.append(.init("Cells", Self.table(ofCells: cells)))
      if isIris {
        let models = cells.reduce(into: [ModelKind]()) {
          if !$0.contains($1.model) { $0.append($1.model) }
        }
        let claims = ClaimsTable(
          cells: cells.filter { $0.defenseName == "none" }, models: models)
        if !claims.rows.isEmpty {
          sections.append(.init("Claims and measurement", Self.table(of: claims, models)))
        }
      }
      sections.append(.init("Accuracy by level", "", Self.accuracyFigures(cells)))
    }
    let shown =
      surface.map { surface in
        cells.filter { $0.rows == TrainingRows(attacked: surface.base) }
      } ?? cells
    sections.append(
      .init("Confusion", "", Self.confusionFigures(shown, plan.classNames)))
    let detection = Self.detection(shown)
    if !detection.isEmpty {
      sections.append(.init("Detection: which rows defences flag", detection))
    }
    sections.append(.init("Method", Self.method(surface, plan)))
    sections.append(.init("Where the numbers come from", Self.provenance(plan, counts.seedCount)))
    self.plan = plan
    self.answers = answers
    seedCount = counts.seedCount
    sentences = CurveAnswer(answers, prices: prices)?.sentences ?? []
    page = ReportPage(
      title: "\(plan.datasetName): what poison costs",
      subtitle:
        "\(Numbers.grouped(counts.seedCount)) seeds, \(Numbers.grouped(cells.count)) cells, "
        + "\(Numbers.grouped(counts.seedCount * cells.count)) fits; \(plan.program) "
        + plan.programVersion,
      sections: sections)
    figures = sections.flatMap(\.figures)
  }

  /// The names of all files that a report may have, `report.html` first.
  public static let names =
    ["report.html"]
    + ["curves", "heatmap", "recovery"].flatMap { name in
      ["csv", "vl.json", "svg", "png"].map { "\(name).\($0)" }
    }

  /// A file of a report.
  public struct File: Sendable {
    /// Its name.
    public let name: String
    /// Its content.
    public let content: [UInt8]
  }

  /// The page and, beside it, every figure as CSV, Vega-Lite specification, SVG and PNG, and whether there
  /// are pictures.
  public func files(_ renderer: ChartRenderer) -> (files: [File], hasPictures: Bool) {
    let pictures = renderer.pictures(of: figures.map(\.still))
    let bundle = pictures == nil ? nil : renderer.bundle(ReportPage.snippet)
    var byName: [String: Picture] = [:]
    var files: [File] = []
    for (index, figure) in figures.enumerated() {
      files.append(File(name: "\(figure.name).csv", content: Array(figure.csv.utf8)))
      files.append(File(name: "\(figure.name).vl.json", content: Array(figure.still.utf8)))
      guard let picture = pictures?[index] else { continue }
      byName[figure.name] = picture
      files.append(File(name: "\(figure.name).svg", content: picture.svg))
      files.append(File(name: "\(figure.name).png", content: picture.png))
    }
    let html = page.html(pictures: byName, bundle: bundle)
    return (
      [File(name: "report.html", content: Array(html.utf8))] + files, bundle != nil
    )
  }

  /// Writes files into a folder and gives them their names.
  ///
  /// - Throws: `ReportingError.unwritable`.
  public static func write(
    _ files: [File], to folder: ResultsFolder
  ) throws(ReportingError) {
    for file in files { try folder.append(file.content, to: file.name) }
    folder.removeOthers(of: names)
    try folder.publish()
  }

  /// The accuracy that no classifier exceeds, where rows come from a known source.
  private static func ceiling(_ study: Study, threads: Int) -> Double? {
    guard case .generator(let choice, _, _) = study.source,
      let generator = try? choice.generator(for: study.dataset),
      let error = BayesError(of: generator, threads: threads)
    else { return nil }
    return 1 - error.share
  }

  private static func table(of claims: QuantityClaims) -> String {
    HTML.table(
      ["poison", "the study claims", "attack", "model", "clean rows to add, 95 %", "verdict"],
      claims.rows.map {
        [
          "\($0.level)", $0.claim, $0.attack, $0.model,
          CurveText.factor($0.factor, reach: $0.reach), $0.starred,
        ]
      }, numbersFrom: 6) + HTML.paragraphs([QuantityClaims.reading.joined(separator: " ")])
  }

  private static func table(of claims: ClaimsTable, _ models: [ModelKind]) -> String {
    HTML.table(
      ["poison", "the study claims"] + models.map(\.rawValue) + ["verdict"],
      claims.rows.map { row in
        ["\(Numbers.fixed(row.level * 100, 0)) %", row.claim]
          + models.map { row.measured[$0.rawValue] ?? "" } + [row.verdict]
      }, numbersFrom: 9)
      + "<details><summary>How each claim is read</summary>"
      + HTML.paragraphs(
        claims.rows.map { "\(Numbers.fixed($0.level * 100, 0)) %, \($0.claim): \($0.readAs)" })
      + "</details>"
  }

  private static func table(of answers: [PoisonAnswer]) -> String {
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

  private static func table(ofCells cells: [CellSummary]) -> String {
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

  private static func accuracyFigures(_ cells: [CellSummary]) -> [ReportFigure] {
    attacks(of: cells).enumerated().map { index, attack in
      let own = cells.filter {
        $0.defenseName == "none" && ($0.attackName == attack || $0.level == .clean)
      }
      let chart = AccuracyChart(own, title: attack).specification
      var writer = CSVWriter(header: [
        "attack", "level", "model", "accuracy", "ci95_low", "ci95_high",
      ])
      for cell in own {
        let ends = cell.accuracy.interval()
        writer.append([
          cell.attackName, CSVWriter.field(cell.level.share), cell.modelName,
          CSVWriter.field(cell.accuracy.mean), CSVWriter.field(ends?.lower ?? .nan),
          CSVWriter.field(ends?.upper ?? .nan),
        ])
      }
      return ReportFigure(
        name: "accuracy-\(index + 1)",
        caption: "Accuracy on clean rows under \(attack), with 95 % intervals of the mean.",
        interactive: chart, still: chart, csv: writer.text)
    }
  }

  private static func confusionFigures(
    _ cells: [CellSummary], _ names: [String]
  ) -> [ReportFigure] {
    attacks(of: cells).enumerated().map { index, attack in
      let own = cells.filter {
        $0.defenseName == "none" && ($0.attackName == attack || $0.level == .clean)
      }
      let chart = ConfusionChart(own, classNames: names, title: attack).specification
      var writer = CSVWriter(header: ["attack", "level", "model", "true", "predicted", "count"])
      for cell in own {
        for truth in names.indices {
          for predicted in names.indices {
            writer.append([
              cell.attackName, CSVWriter.field(cell.level.share), cell.modelName, names[truth],
              names[predicted], "\(cell.confusion[truth, predicted])",
            ])
          }
        }
      }
      return ReportFigure(
        name: "confusion-\(index + 1)",
        caption: "Confusion under \(attack), added up over all seeds: rows are true classes.",
        interactive: chart, still: chart, csv: writer.text)
    }
  }

  private static func attacks(of cells: [CellSummary]) -> [String] {
    let names = cells.filter { $0.level != .clean && !$0.attackName.contains("flow=delete") }
      .map(\.attackName)
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func detection(_ cells: [CellSummary]) -> String {
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

  private static func method(_ surface: AccuracySurface?, _ plan: StoredPlan) -> String {
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
  private static func population(_ surface: AccuracySurface, _ plan: StoredPlan) -> String {
    if let generator = plan.settings?.growth?.generator {
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

  private static func provenance(_ plan: StoredPlan, _ seeds: Int) -> String {
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

public import Datasets
public import Files
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
      sections += Self.fitted(surface, answers)
    } else {
      sections.append(.init("Cells", Self.table(ofCells: cells)))
      if isIris {
        let models = cells.reduce(into: [String]()) {
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
  /// - Throws: `FilesError.unwritable`.
  public static func write(
    _ files: [File], to folder: ResultsFolder
  ) throws(FilesError) {
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
}

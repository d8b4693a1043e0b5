public import Analyses
public import Datasets
public import Files
public import Store
package import Sweeps

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

  /// All that the report says.
  package let answer: Answer

  /// Reads a store.
  ///
  /// `dataset` is the one it belongs to, where it is at hand; it is needed for the ceiling of a generator.
  /// - Throws: `StoreError`.
  public init(
    _ store: SweepStore, dataset: Dataset?, prices: Prices? = nil, threads: Int = 1
  ) throws(StoreError) {
    let plan = store.plan
    self.plan = plan
    let reading = try StoreReading(store)
    let counts = try reading.counts()
    seedCount = counts.seedCount
    let surface = AccuracySurface(reading.cells, counts, threads: threads)
    answers = surface?.answers ?? []
    sentences = CurveAnswer(answers, prices: prices)?.sentences ?? []
    let facts = StudyFacts(reading, dataset: dataset)
    let cells = try reading.summaries()
    var sections: [Answer.Section] = []
    var shown = cells
    if let surface {
      let study = try dataset.map { data throws(StoreError) in try store.study(of: data) }
      let ceiling = study.flatMap { Self.ceiling($0, threads: threads) }
      sections = CurveReport(facts, surface, answers, prices: prices).pageSections(ceiling: ceiling)
      shown = cells.filter { $0.rows == TrainingRows(attacked: surface.base) }
    } else {
      let experiment = try ExperimentReport(reading, dataset: dataset)
      sections = experiment.sections
      if !experiment.isPlain, let claims = experiment.claims?.section { sections.append(claims) }
      let accuracies = facts.contestants.enumerated().map { index, attack in
        Figure.accuracy(
          facts.curve(attack, of: cells), name: "accuracy-\(index + 1)", title: attack.name)
      }
      sections += experiment.cellSections
      sections += [Answer.Section("Accuracy by level", figures: accuracies)].compactMap { $0 }
    }
    let confusions = facts.contestants.enumerated().map { index, attack in
      Figure.confusion(
        facts.curve(attack, of: shown), classNames: plan.classNames, name: "confusion-\(index + 1)",
        title: attack.name)
    }
    sections += [
      Answer.Section("Confusion", figures: confusions),
      Answer.Section.aims("Targeted attacks, in % or points", shown),
      Answer.Section.detection(shown),
      Self.method(surface), Self.provenance(plan, seedCount),
    ].compactMap { $0 }
    answer = Answer(
      heading: [
        "\(plan.datasetName): what poison costs",
        "\(Numbers.grouped(seedCount)) seeds, \(Numbers.grouped(cells.count)) cells, "
          + "\(Numbers.grouped(seedCount * cells.count)) fits; \(plan.program) \(plan.programVersion)",
      ], sections)
  }

  /// The names of all files that a report may have, `report.html` first.
  public static let names =
    ["report.html"]
    + ["curves", "heatmap", "recovery", "tournament", "mitigation"].flatMap { name in
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
    let figures = answer.figures
    let pictures = renderer.pictures(of: figures.map(\.chart.specification))
    let bundle = pictures == nil ? nil : renderer.bundle(ReportPage.snippet)
    var byName: [String: Picture] = [:]
    var files: [File] = []
    for (index, figure) in figures.enumerated() {
      files.append(File(name: "\(figure.name).csv", content: Array(figure.table.csv.utf8)))
      files.append(
        File(name: "\(figure.name).vl.json", content: Array(figure.chart.specification.utf8)))
      guard let picture = pictures?[index] else { continue }
      byName[figure.name] = picture
      files.append(File(name: "\(figure.name).svg", content: picture.svg))
      files.append(File(name: "\(figure.name).png", content: picture.png))
    }
    let html = page(pictures: byName, bundle: bundle)
    return (
      [File(name: "report.html", content: Array(html.utf8))] + files, bundle != nil
    )
  }

  /// The page, with pictures by the names of figures and the programs of charts, where there are any.
  package func page(pictures: [String: Picture], bundle: String?) -> String {
    ReportPage(answer).html(pictures: pictures, bundle: bundle)
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

public import Analyses
public import Datasets
public import Store
import Sweeps

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
    sentences = CurveAnswer.sentences(answers, prices: prices)
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
    sections += [Answer.Section("Confusion", figures: confusions)].compactMap { $0 }
    sections += Answer.Section.found(shown)
    sections += [Self.method(surface), Self.provenance(plan, seedCount)]
    answer = Answer(
      heading: [
        "\(plan.datasetName): what poison costs",
        "\(Numbers.grouped(seedCount)) seeds, \(Numbers.grouped(cells.count)) cells, "
          + "\(Numbers.grouped(seedCount * cells.count)) fits; \(plan.program) \(plan.programVersion)",
      ], sections)
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

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
      // Rows that are judged on are no generator's, which alone has a ceiling.
      let study =
        plan.study?.validation == nil
        ? try dataset.map { data throws(StoreError) in try store.study(of: data) } : nil
      let ceiling = study.flatMap { Self.ceiling($0, threads: threads) }
      sections = CurveReport(facts, surface, answers, prices: prices).pageSections(ceiling: ceiling)
      shown = cells.filter { $0.rows == TrainingRows(attacked: surface.base) }
    } else {
      let experiment = try ExperimentReport(reading, dataset: dataset)
      sections = experiment.sections
      if !experiment.isPlain, let claims = experiment.claims?.section { sections.append(claims) }
      // That of defences is among the sections.
      let shown = experiment.mitigation == nil ? facts.contestants : []
      let accuracies = shown.enumerated().compactMap { index, attack in
        Figure.accuracy(
          facts.behindDefenses(attack, of: cells), name: "accuracy-\(index + 1)",
          title: attack.name)
      }
      sections += experiment.cellSections
      sections += [Answer.Section("Accuracy by level", figures: accuracies)].compactMap { $0 }
    }
    let confusions = facts.contestants.enumerated().compactMap { index, attack in
      Figure.confusion(
        facts.curve(attack, of: shown), classNames: plan.classNames, name: "confusion-\(index + 1)",
        title: attack.name)
    }
    sections += [Answer.Section("Confusion", figures: confusions)].compactMap { $0 }
    sections += Answer.Section.found(shown, facts)
    sections += [Self.method(surface, facts), Self.provenance(plan, seedCount)]
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

  private static func method(
    _ surface: AccuracySurface?, _ facts: StudyFacts
  ) -> Answer.Section {
    let judged =
      facts.plan.validationName.map { "the rows of \($0), which" } ?? "clean rows that"
    let drawn = facts.plan.validationName == nil ? "the rows, the order" : "the order"
    var texts = [
      "A seed draws \(drawn) in which they are poisoned and the values they get. All cells of "
        + "one seed share them, so differences are paired. Models are judged on \(judged) neither "
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
      ]
    } else {
      texts.append("Intervals of means are Student's t over seeds, at 95 %.")
    }
    return Answer.Section("Method", [.text(texts)])
  }

  /// `name` is what the data set is called among several.
  static func provenance(
    _ plan: StoredPlan, _ seeds: Int, of name: String? = nil
  ) -> Answer.Section {
    let besides =
      (plan.study?.grouping.map { [("groups", $0.text)] } ?? [])
      + (plan.study?.weights.map { [("weights", $0)] } ?? [])
    let facts = [
      ("plan (SHA-256)", plan.digest),
      ("data", "\(plan.datasetName), SHA-256 \(plan.datasetDigest)"),
      ("seeds", "\(plan.firstSeed) to \(Int(plan.firstSeed) + max(seeds, 1) - 1)"),
      ("training rows of a seed", "\(plan.trainingCount)"),
      (
        "validation rows of a seed",
        "\(plan.validationCount)"
          + (plan.study?.validation.map { " of \($0.name), SHA-256 \($0.digest)" } ?? "")
      ),
      (
        "program",
        "\(plan.program) \(plan.programVersion), results of version \(plan.engineVersion)"
      ),
      ("store made", plan.createdAt),
      ("processor", "\(plan.processorName), \(plan.coreCount) cores"),
    ]
    let table = Table(
      [.text("what"), .text("value")], rows: (facts + besides).map { [.text($0), .text($1)] })
    return Answer.Section(
      "Where the numbers \(name.map { "of \($0) " } ?? "")come from",
      [.table(table), .details("The plan in full", [plan.identity])])
  }
}

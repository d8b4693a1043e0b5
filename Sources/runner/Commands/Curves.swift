import ArgumentParser
import Datasets
import Foundation
import Models
import Poisoning
import Reporting
import Sweeps

/// `runner curves`.
struct Curves: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curves",
    abstract: "Measures quantity against quality: how many clean rows make up for poison.",
    discussion: """
      Trains on growing sets under every attack and level, and answers for the base of --rows rows: \
      what poison costs, which part of that is lost rows and which is harm, how many clean rows more \
      give the accuracy back, and what a defence changes. Sets are nested, and one seed has the same \
      rows and poison everywhere, so differences are paired. Intervals are 95 %, by resampling seeds. \
      What no measured size reaches is reported as beyond the largest.

      Rows come from a --generator whose truth is known, or from the data themselves (--generator \
      none): then the validation rows are kept aside and half of the others are the base, unless \
      --rows says otherwise.

      --preset iris-claims tests what the course text claims: \
      about 10 % more clean data at 5 % poison, 30-50 % at 10 %, 3-5 times the data at 50 %.

      Results are stored as by runner sweep: the same command goes on where it was stopped.

      Examples:
        runner curves --preset iris-claims
        runner curves --data flowers.csv --target species --attacks flip --levels 0.1
        runner curves --data flowers.csv --target species --row-price 2
        runner curves --generator twonorm --rows 200 --models softmax,knn
      """)

  @Option(
    help: ArgumentHelp(
      "A study by name: \(CurvePreset.names.joined(separator: ", ")). Options given beside it come "
        + "first.", valueName: "name"))
  var preset: String?

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(
    help: ArgumentHelp(
      "Where rows come from: \(GeneratorChoice.allCases.map(\.rawValue).joined(separator: ", ")), or "
        + "none for the rows of the data. (default: gaussian for built-in data, none for a file)",
      valueName: "name"))
  var generator: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of training rows that the answers are about. (default: 105 with a generator, else "
        + "half of the rows that are not for validation)", valueName: "count"),
    transform: number("a whole number from 2 up"))
  var rows: Int?

  @Option(
    help: ArgumentHelp(
      "Clean rows that are added, as shares of --rows. (default: 0 to 8.5, as far as rows go)",
      valueName: "shares"))
  var added: String?

  @Option(
    help: ArgumentHelp(
      "Attacks, as NAME or NAME:key=value; see `runner attacks`. (default: flip)",
      valueName: "names"))
  var attacks: String?

  @Option(
    help: ArgumentHelp(
      "Defences, each compared with none; see `runner defenses`. (default: knn-relabel)",
      valueName: "names"))
  var defenses: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Poisoned shares of --rows rows, between 0 and 1. (default: 0.1,0.3)", valueName: "shares"))
  var levels: String?

  @Option(
    help: ArgumentHelp(
      "Models, as NAME or NAME:key=value. (default: softmax,rbf-svm,knn)", valueName: "names"))
  var models = "softmax,rbf-svm,knn"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds. (default: 200; 40 for sets above 1,000 rows)", valueName: "count"),
    transform: number("a whole number from 2 up"))
  var seeds: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Validation rows that a generator draws for each seed. (default: 200)", valueName: "count"),
    transform: number("a whole number from 1 up"))
  var validationRows = 200

  @OptionGroup(title: "Model parameters") var modelOptions: ModelOptions
  @OptionGroup(title: "Study") var studyOptions: StudyOptions

  @OptionGroup(title: "Prices") var priceOptions: PriceOptions

  @Option(
    help: ArgumentHelp(
      "The store, an SQLite file, made where it is missing. (default: curves.sqlite, or "
        + "curves-PRESET.sqlite)", valueName: "file"))
  var store: String?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    let threads = try runOptions.threadCount()
    let chosen: CurvePreset? = try preset.map { try named($0, option: "--preset") }
    let prices = try priceOptions.prices()
    let study = try study(chosen)
    let path = store ?? chosen.map { "curves-\($0.rawValue).sqlite" } ?? "curves.sqlite"
    guard !path.isEmpty else { throw Failure.usage("--store cannot be \"\"; accepted: a file") }
    let count = seeds ?? chosen?.seeds ?? (study.trainingCount > 1_000 ? 40 : 200)
    let extent: SweepExtent
    do {
      extent = try SweepExtent(
        seeds: count, untilHalfWidth: nil, maximum: nil, firstSeed: runOptions.seed)
    } catch {
      throw Failure.usage("--seeds cannot be \(error.value); accepted: \(error.accepted)")
    }
    let surface: AccuracySurface
    do {
      surface = try measured(study, extent, path, threads)
    } catch let error as StoreError {
      Console.clearLine()
      throw Failure(error)
    }
    let answers = surface.answers
    if runOptions.json {
      try Console.show(
        JSONText.of(CurveRecord(study, surface, answers, firstSeed: runOptions.seed)))
    } else {
      try Console.show(
        CurveReport(
          StudyFacts(study, firstSeed: runOptions.seed), surface, answers, prices: prices
        ).answer.lines())
    }
  }

  /// The study asked for.
  private func study(_ preset: CurvePreset?) throws -> Study {
    let dataset: Dataset
    let choice = try chosenGenerator()
    if let specimen = choice?.specimen {
      guard data.data == EmbeddedDataset.iris.rawValue, data.target == nil else {
        throw Failure.usage(
          "--generator \(choice?.rawValue ?? "") takes no data; leave out --data, or choose "
            + "gaussian, bootstrap, copula or none")
      }
      dataset = specimen
    } else {
      dataset = try data.load()
    }
    guard choice == nil || studyOptions.trusted == 0 else {
      throw Failure.usage(
        "--trusted takes rows of the data, which a generator does not use; add --generator none")
    }
    var grid = GridOptions()
    grid.attacks = attacks ?? preset?.attacks ?? "flip"
    grid.levels = levels ?? preset?.levels ?? "0.1,0.3"
    grid.models = models
    grid.defenses = defenses ?? (preset == nil ? "knn-relabel" : preset?.defenses)
    let chosenLevels = try grid.chosenLevels().filter { $0 > .clean }
    guard !chosenLevels.isEmpty else {
      throw Failure.usage("--levels needs a share above 0; clean sets are always measured")
    }
    do {
      let plan = try plan(grid, chosenLevels, dataset, choice)
      return try Study(
        dataset: dataset, validationShare: studyOptions.validation,
        trustedShare: studyOptions.trusted, scaler: try studyOptions.scalerKind(),
        scalerPolicy: try studyOptions.scalerPolicy(),
        source: choice.map {
          .generator($0, pool: plan.poolCount, validation: validationRows)
        } ?? .growing,
        conditions: try plan.conditions(for: dataset),
        models: try grid.chosenModels(modelOptions.parameters()))
    } catch {
      throw Failure(error, levels: "--levels", attacks: "--attacks")
    }
  }

  /// The generator; nil for the rows of the data.
  private func chosenGenerator() throws(Failure) -> GeneratorChoice? {
    let name = generator ?? (EmbeddedDataset(rawValue: data.data) == nil ? "none" : "gaussian")
    guard name != "none" else { return nil }
    guard let choice = GeneratorChoice(rawValue: name) else {
      let names = GeneratorChoice.allCases.map(\.rawValue) + ["none"]
      throw .usage(
        "--generator cannot be \"\(name)\"" + suggestion(name, among: names)
          + " accepted: \(names.joined(separator: ", "))")
    }
    return choice
  }

  private func plan(
    _ grid: GridOptions, _ levels: [PoisonLevel], _ dataset: Dataset, _ choice: GeneratorChoice?
  ) throws -> CurvePlan {
    // Rows that a split leaves to train on; a generator has as many as are asked for.
    let available =
      choice == nil
      ? try Split.stratified(
        dataset, validationShare: studyOptions.validation, trustedShare: studyOptions.trusted,
        seed: runOptions.seed
      ).train.count : Int.max
    let base = rows ?? (choice == nil ? available / 2 : 105)
    guard base >= 2, base <= available else {
      throw Failure.usage(
        "--rows cannot be \(base); accepted: 2 to "
          + (choice == nil
            ? "\(available), the rows that are not for validation" : "as many as fit"))
    }
    var shares = CurvePlan.addedShares
    if let added {
      shares = []
      for text in added.split(separator: ",", omittingEmptySubsequences: false) {
        guard let share = Double(text.trimming), share >= 0, share <= 1_000 else {
          throw Failure.usage(
            "--added cannot hold \"\(text.trimming)\"; accepted: shares such as 0,0.5,1,2")
        }
        shares.append(share)
      }
    }
    var plan = CurvePlan(
      base: base, available: available, shares: shares, levels: levels, attacks: grid.attackTexts,
      defenses: grid.defenseTexts)
    // The last rows there are, unless a size is near them.
    let room = available - base
    if choice == nil, added == nil, let last = plan.added.max(), last < room - base / 20 {
      plan.added.append(room)
    }
    guard plan.added.contains(where: { $0 > 0 }) else {
      throw Failure.usage(
        "--rows \(base) leaves no rows to add: there are \(available); use fewer --rows")
    }
    return plan
  }

  /// Runs what the store does not have and resamples its seeds.
  private func measured(
    _ study: Study, _ extent: SweepExtent, _ path: String, _ threads: Int
  ) throws -> AccuracySurface {
    let store = try SweepStore(
      writing: path, study, firstSeed: runOptions.seed, program: Program.name,
      version: Program.version)
    let opened = OpenStore()
    opened.keep(store)
    defer { try? opened.close() }
    let interruption = Interruption(
      stopped: "stopped before the end; finished blocks are in \(path), and the same command goes "
        + "on from there",
      finished: "stopped after the results in \(path) were complete",
      cleanUp: { try? opened.close() })
    var sweep = StoredSweep(study, extent, in: store)
    let cellCount = study.conditions.count * study.models.count
    let before = try sweep.finishedBlocks().values.reduce(0, +)
    if before > 0 { Console.note("\(before) seeds are in \(path)") }
    var ran = 0
    var progress = Progress(
      total: max(extent.maximumSeedCount, before) * cellCount, noun: "fits",
      before: before * cellCount)
    _ = try sweep.run(
      threads: threads,
      commit: { body throws(StoreError) in try interruption.protect(body) },
      didAdd: { seedCount, _ in
        ran += seedCount
        progress.show((before + ran) * cellCount)
      })
    Console.clearLine()
    let counts = try SeedCounts(store)
    try interruption.finish { () throws(StoreError) in try opened.close() }
    let seconds = progress.elapsedSeconds
    Console.note(
      "\(ran * cellCount) fits in \((seconds * 100).rounded() / 100) s"
        + " on \(threads) \(threads == 1 ? "thread" : "threads"); results in \(path)")
    guard let surface = AccuracySurface(store.cells, counts, threads: threads) else {
      throw Failure(code: .badMachine, message: "a study of curves without curves")
    }
    return surface
  }
}

import ArgumentParser
import Datasets
import Foundation
import Models
import Poisoning
import Publishing
import Reporting
import Sweeps
import Tracking

/// `runner experiment`.
struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "The study: poison levels × models × seeds, judged on clean rows.",
    discussion: """
      Fits every model at every level under every seed and prints accuracy with intervals, mean \
      confusion matrices, what the other attacks do at the highest level, and, for uniform noise \
      on Iris, the study's claims against the measurement. Writes study.sqlite (the store of all \
      fits), seeds.csv (the same as text), confusion.csv, summary.json and the charts accuracy and \
      confusion to the results folder; what an earlier run has left there is replaced when all is \
      done, not before.

      The study is tracked in MLflow as a run with a child for each cell. Without more, that is the \
      database mlflow.db in the working folder, which `mlflow ui` shows.

      With --attacks it is a tournament: every attack asked for, or every one of the catalogue \
      by "all", at every level above 0, and for each that replaces rows the control that deletes \
      the same rows. It prints, for each level, accuracy after each attack, strongest first, and \
      how much of the loss is lost clean rows and how much active harm; targeted attacks have a \
      table of their own. The chart is then called tournament. Attacks whose parameters must be \
      given, and levels at which an attack cannot be spent, are left out with a note.

      With --defenses every attack, at every level, is met by every defence asked for, or every one \
      of the catalogue by "all". It prints how much accuracy each gives back, what it costs on clean \
      rows, how many of those it flags wrongly, and which of the course text's mitigations works \
      against which attack. The chart is then called mitigation. Defences that need trusted rows take \
      part where --trusted sets some aside.

      Examples:
        runner experiment
        runner experiment --attacks all
        runner experiment --attacks flip,out-of-range:kappa=100 --levels 0,0.2
        runner experiment --attacks flip --levels 0,0.3 --defenses all
        runner experiment --models softmax,knn --seeds 1000 --json
        runner experiment --data flowers.csv --target species --levels 0,0.1,0.3
        runner experiment --tracking-uri http://localhost:5000 --register iris
      """)

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(
    help: ArgumentHelp(
      "The models, of \(ModelKind.names.joined(separator: ", ")).", valueName: "names"))
  var models = ModelKind.names.joined(separator: ",")

  @OptionGroup(title: "Model parameters") var modelOptions: ModelOptions

  @OptionGroup var attackOption: AttackOption

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Instead of --attack, the attacks of a tournament: all, or several, separated by commas; may "
        + "be repeated.", valueName: "names"))
  var attacks: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The defences to compare under those attacks: all, or several, separated by commas; may be "
        + "repeated.", valueName: "names"))
  var defenses: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Poison levels, shares of the training rows from 0 to 1.", valueName: "shares"))
  var levels = "0,0.05,0.10,0.50"

  @Flag(
    help: ArgumentHelp(
      "Leave out the comparison at the highest level with the other attacks on accuracy that know "
        + "no data."))
  var noComparison = false

  @OptionGroup(title: "Study") var studyOptions: StudyOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds; each is another split and another poisoning. (default: 10000, with "
        + "--attacks 1000, with --defenses 200)",
      valueName: "count"),
    transform: number("a whole number from 1 up"))
  var seeds: Int?

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
  var results = "results"

  @OptionGroup(title: "Tracking") var tracking: TrackingOptions

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    _ = try tracking.uri()
    let threads = try runOptions.threadCount()
    let seeds = try seedCount()
    let (study, leftOut) = try study()
    let output = try FolderOption(
      "--results", results, files: ExperimentFiles.names, data: data.data)
    let note = attacks.isEmpty && defenses.isEmpty ? "not compared" : "left out"
    for reason in leftOut { Console.note("\(note): \(reason)") }
    let tracker = try Tracker(tracking.place, dataset: study.dataset.name)
    let live = LiveRun()
    let interruption = Interruption(
      stopped: "stopped before the end; nothing was written to \(results)",
      finished: "stopped after the results in \(results) were complete"
        + (tracker == nil ? "" : "; what is not in MLflow yet: \(again)"),
      cleanUp: {
        live.end(as: .killed, error: "stopped by a signal")
        output.discard()
      })
    let folder = try output.open()
    var seconds = 0.0
    let report: ExperimentReport
    let record: ExperimentRecord
    var hasPictures = true
    do {
      let store = try SweepStore(
        writing: folder.reserve(ExperimentFiles.store), study, firstSeed: runOptions.seed,
        program: Program.name, version: Program.version)
      if let tracker { try tracker.begin(store, data.origin, as: live) }
      let files = try ExperimentFiles(study, in: folder)
      let start = ContinuousClock.now
      let outcome = try measure(study, seeds, threads, store, files)
      let (cells, tournament) = (outcome.cells, outcome.tournament)
      seconds = (ContinuousClock.now - start) / .seconds(1)
      report = ExperimentReport(
        StudyFacts(study, firstSeed: runOptions.seed), cells: cells, seedCount: seeds,
        tournament: tournament,
        mitigation: outcome.mitigation)
      record = ExperimentRecord(
        study, cells: cells, firstSeed: runOptions.seed, seedCount: seeds, claims: report.claims,
        tournament: tournament, mitigation: outcome.mitigation, leftOut: leftOut)
      let figures = report.answer.figures
      let pictures = ChartRenderer(environment: ProcessInfo.processInfo.environment)
        .pictures(of: figures.map(\.chart.specification))
      hasPictures = pictures != nil
      try interruption.finish {
        try store.close()
        try files.finish(cells, record: record, figures: figures, pictures: pictures)
      }
    } catch {
      Console.clearLine()
      let failure =
        (error as? StoreError).map { Failure($0) } ?? Failure(error, levels: "--levels")
      live.end(as: .failed, error: failure.message)
      throw failure
    }
    if runOptions.json {
      try Console.show(JSONText.of(record))
    } else {
      try Console.show(report.answer.lines())
    }
    let fits = cellsFitted(study) * seeds
    let rate = Int((Double(fits) / max(seconds, 1e-9)).rounded())
    Console.note(
      "\(fits) fits in \((seconds * 100).rounded() / 100) s (\(rate) a second) on \(threads) "
        + "\(threads == 1 ? "thread" : "threads"); results in \(results)")
    if let tracker {
      try tracker.publish(
        store: folder.path(of: ExperimentFiles.store), study: study, data: data.origin,
        live: live, registration: tracking.register, again: again)
    } else if !hasPictures {
      Console.note(ChartRenderer.advice)
    }
  }

  /// The command that sends the results to MLflow.
  private var again: String {
    TrackingOptions.command(
      store: "\(results)/\(ExperimentFiles.store)", data: data, uri: tracking.text)
  }

  /// Runs all seeds, into the store and the file of fits.
  private func measure(
    _ study: Study, _ seeds: Int, _ threads: Int, _ store: SweepStore, _ files: ExperimentFiles
  ) throws -> (cells: [CellSummary], tournament: Tournament?, mitigation: Mitigation?) {
    let cellCount = cellsFitted(study)
    var progress = Progress(total: seeds * cellCount, noun: "fits")
    var cells = study.emptyCells
    let facts = StudyFacts(study, firstSeed: runOptions.seed)
    var mitigation = defenses.isEmpty ? nil : Mitigation(facts)
    var tournament = attacks.isEmpty || mitigation != nil ? nil : Tournament(facts)
    var clock = ContinuousClock.now
    try StudyEngine(study, firstSeed: runOptions.seed, threads: threads)
      .run(seedCount: seeds) { block throws(any Error) in
        let now = ContinuousClock.now
        try store.commit(block, seconds: (now - clock) / .seconds(1))
        try files.append(block, firstSeed: runOptions.seed)
        clock = now
        cells.add(block)
        tournament?.add(block)
        mitigation?.add(block)
        progress.show((block.index * SeedBlock.capacity + block.seedCount) * cellCount)
        return true
      }
    return (cells, tournament, mitigation)
  }

  /// Number of cells in which a model is fitted.
  private func cellsFitted(_ study: Study) -> Int {
    study.conditions.indices.reduce(0) { sum, condition in
      sum + study.models.indices.count { study.isFitted(condition: condition, model: $0) }
    }
  }

  private func seedCount() throws(Failure) -> Int {
    let seeds = seeds ?? (!defenses.isEmpty ? 200 : attacks.isEmpty ? 10_000 : 1_000)
    let room = Int(UInt32.max) - Int(runOptions.seed) + 1
    guard seeds >= 1, seeds <= room else {
      throw .usage(
        "--seeds cannot be \(seeds); accepted from seed \(runOptions.seed) on: 1 to \(room)")
    }
    return seeds
  }

  /// The models asked for, each once.
  private func chosenModels() throws(Failure) -> [ModelKind] {
    var kinds: [ModelKind] = []
    for text in models.split(separator: ",", omittingEmptySubsequences: false) {
      let kind = try named(text.trimming, option: "--models", as: ModelKind.self)
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds
  }

  /// The levels asked for, ascending and each once.
  private func chosenLevels() throws -> [PoisonLevel] {
    let shares = try levels.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let share = Double(text.trimming) else {
        throw Failure.usage(
          "--levels cannot hold \"\(text.trimming)\"; accepted: shares such as 0,0.05,0.5")
      }
      return share
    }
    return try Set(shares.map { share in try PoisonLevel(share) }).sorted()
  }

  /// The study, and why attacks that were to take part do not.
  private func study() throws(Failure) -> (study: Study, leftOut: [String]) {
    guard attacks.isEmpty || attackOption.attack == nil else {
      throw .usage("--attack and --attacks exclude each other; --attacks takes one attack too")
    }
    guard attacks.isEmpty && defenses.isEmpty || !noComparison else {
      throw .usage(
        "--no-comparison is for --attack alone; --attacks and --defenses run what they name")
    }
    do {
      let kinds = try chosenModels()
      let levels = try chosenLevels()
      let parameters = try modelOptions.parameters()
      let (scaler, policy) = try (studyOptions.scalerKind(), studyOptions.scalerPolicy())
      let dataset = try data.load()
      let make = { (conditions: [Condition]) in
        try Study(
          dataset: dataset, validationShare: studyOptions.validation,
          trustedShare: studyOptions.trusted, scaler: scaler, scalerPolicy: policy,
          conditions: conditions,
          models: kinds.map { try ModelChoice($0, parameters) })
      }
      guard defenses.isEmpty else {
        return try ExperimentField(
          attacks.isEmpty ? [attackOption.text()] : attacks, defenses: defenses,
          models: kinds, hasTrusted: studyOptions.trusted > 0, levels: levels, dataset: dataset,
          make: make
        ).chosen
      }
      guard attacks.isEmpty else {
        return try ExperimentField(attacks, levels: levels, dataset: dataset, make: make).chosen
      }
      let main = try attackOption.chosen(for: dataset)
      return try ExperimentField(
        main, levels: levels, dataset: dataset, isCompared: !noComparison, make: make
      ).chosen
    } catch {
      throw Failure(
        error, levels: "--levels", attacks: attacks.isEmpty ? "--attack" : "--attacks",
        defenses: "--defenses")
    }
  }
}

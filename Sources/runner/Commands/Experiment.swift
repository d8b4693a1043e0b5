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

      Examples:
        runner experiment
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

  @Option(help: "The attack, as NAME or NAME:key=value; see `runner attacks`.")
  var attack = "uniform"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Poison levels, shares of the training rows from 0 to 1.", valueName: "shares"))
  var levels = "0,0.05,0.10,0.50"

  @Flag(help: "Leave out the comparison with the other attacks at the highest level.")
  var noComparison = false

  @OptionGroup(title: "Study") var studyOptions: StudyOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds; each is another split and another poisoning. (default: 10000)",
      valueName: "count"),
    transform: number("a whole number from 1 up"))
  var seeds = 10_000

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
  var results = "results"

  @OptionGroup(title: "Tracking") var tracking: TrackingOptions

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    _ = try tracking.uri()
    let threads = try runOptions.threadCount()
    try validateSeeds()
    let (study, leftOut) = try study()
    let output = try FolderOption(
      "--results", results, files: ExperimentFiles.names, data: data.data)
    for note in leftOut { Console.note(note) }
    let tracker = try Tracker(tracking, dataset: study.dataset.name)
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
      let cells = try measure(study, threads, store, files)
      seconds = (ContinuousClock.now - start) / .seconds(1)
      report = ExperimentReport(study, cells: cells, seedCount: seeds)
      record = ExperimentRecord(
        study, cells: cells, firstSeed: runOptions.seed, seedCount: seeds, claims: report.claims)
      let charts = report.charts
      let pictures = ChartRenderer(environment: ProcessInfo.processInfo.environment)
        .pictures(of: charts.map(\.specification))
      hasPictures = pictures != nil
      try interruption.finish {
        try store.close()
        try files.finish(cells, record: record, charts: charts, pictures: pictures)
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
      try Console.show(report.lines)
    }
    let fits = seeds * study.conditions.count * study.models.count
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
    _ study: Study, _ threads: Int, _ store: SweepStore, _ files: ExperimentFiles
  ) throws -> [CellSummary] {
    let cellCount = study.conditions.count * study.models.count
    var progress = Progress(total: seeds * cellCount, noun: "fits")
    var cells = study.emptyCells
    var clock = ContinuousClock.now
    try StudyEngine(study, firstSeed: runOptions.seed, threads: threads)
      .run(seedCount: seeds) { block throws(any Error) in
        let now = ContinuousClock.now
        try store.commit(block, seconds: (now - clock) / .seconds(1))
        try files.append(block, firstSeed: runOptions.seed)
        clock = now
        cells.add(block)
        progress.show((block.index * SeedBlock.capacity + block.seedCount) * cellCount)
        return true
      }
    return cells
  }

  private func validateSeeds() throws(Failure) {
    let room = Int(UInt32.max) - Int(runOptions.seed) + 1
    guard seeds >= 1, seeds <= room else {
      throw .usage(
        "--seeds cannot be \(seeds); accepted from seed \(runOptions.seed) on: 1 to \(room)")
    }
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

  /// The study, and a line for each attack that cannot be compared at the highest level.
  private func study() throws(Failure) -> (study: Study, leftOut: [String]) {
    do {
      let kinds = try chosenModels()
      let chosen = try chosenLevels()
      let parameters = try modelOptions.parameters()
      let (scaler, policy) = try (studyOptions.scalerKind(), studyOptions.scalerPolicy())
      let dataset = try data.load()
      let main = try AttackCatalog.attack(attack, for: dataset)
      var conditions = chosen.map { Condition(attack: main, level: $0) }
      let make = { (conditions: [Condition]) in
        try Study(
          dataset: dataset, validationShare: studyOptions.validation, scaler: scaler,
          scalerPolicy: policy, conditions: conditions,
          models: kinds.map { try ModelChoice($0, parameters) })
      }
      let base = try make(conditions)
      var leftOut: [String] = []
      if let highest = chosen.last, highest != .clean, !noComparison {
        for entry in AttackCatalog.entries where entry.name != main.name && !entry.needsParameters {
          let other = Condition(
            attack: try AttackCatalog.attack(entry.name, for: dataset), level: highest)
          do {
            _ = try make([other])
            conditions.append(other)
          } catch SweepsError.poisoning(let error) {
            leftOut.append("not compared: \(error)")
          }
        }
      }
      return (conditions.count > base.conditions.count ? try make(conditions) : base, leftOut)
    } catch {
      throw Failure(error, levels: "--levels")
    }
  }
}

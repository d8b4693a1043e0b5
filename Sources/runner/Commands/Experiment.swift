import ArgumentParser
import Datasets
import Models
import Poisoning
import Reporting
import Sweeps

/// `runner experiment`.
struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The study: poison levels × models × seeds, judged on clean rows.",
    discussion: """
      Fits every model at every level under every seed, prints accuracy with intervals, mean
      confusion matrices, what the other attacks do at the highest level, and, for uniform noise on
      Iris, the study's claims against the measurement. Writes seeds.csv (every fit),
      confusion.csv and summary.json to the results folder.

      Examples:
        runner experiment
        runner experiment --data flowers.csv --target species --attack flip --levels 0,0.1,0.3
        runner experiment --models softmax,knn --seeds 10000 --json
      """)

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(help: "The models, of \(ModelKind.names.joined(separator: ", ")).")
  var models = ModelKind.names.joined(separator: ",")

  @OptionGroup(title: "Model parameters") var modelOptions: ModelOptions

  @Option(help: "The attack, as NAME or NAME:key=value; see `runner attacks`.")
  var attack = "uniform"

  @Option(help: "Poison levels, shares of the training rows from 0 to 1.")
  var levels = "0,0.05,0.10,0.50"

  @Flag(help: "Leave out the comparison with the other attacks at the highest level.")
  var noComparison = false

  @OptionGroup(title: "Study") var studyOptions: StudyOptions

  @Option(help: "Number of seeds; each is another split and another poisoning.")
  var seeds = 1_000

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
  var results = "results"

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    let threads = try runOptions.threadCount()
    try validateSeeds()
    let (study, leftOut) = try study()
    for note in leftOut { Console.note(note) }
    let folder = try openFolder(results)
    let cellCount = study.conditions.count * study.models.count
    let interruption = Interruption()
    var progress = Progress(total: seeds * cellCount, noun: "fits")

    do {
      let files = try ExperimentFiles(study, in: folder)
      let outcome = try StudyEngine(study, threads: threads)
        .run(firstSeed: runOptions.seed, count: seeds) { block throws(ReportingError) in
          try files.append(block)
          let done = Int(block.firstSeed - runOptions.seed) + block.results.count
          progress.show(done * cellCount)
          return !interruption.isRequested
        }
      guard let cells = outcome else {
        throw Failure(
          code: .stopped, message: "stopped before the end; \(results) is as it was before")
      }
      let report = ExperimentReport(study, cells: cells, seedCount: seeds)
      let record = ExperimentRecord(
        study, cells: cells, firstSeed: runOptions.seed, seedCount: seeds, claims: report.claims)
      try files.finish(cells, record: record)
      if runOptions.json {
        Console.show(JSONText.of(record))
      } else {
        Console.show(report.lines)
      }
    } catch let error as ReportingError {
      throw Failure(error)
    }
    let seconds = progress.elapsedSeconds
    let fits = seeds * cellCount
    let rate = Int((Double(fits) / max(seconds, 1e-9)).rounded())
    Console.note(
      "\(fits) fits in \((seconds * 100).rounded() / 100) s (\(rate) a second) on \(threads) "
        + "threads; results in \(results)")
  }

  private func validateSeeds() throws(Failure) {
    let room = Int(UInt32.max) - Int(runOptions.seed) + 1
    guard seeds >= 1, seeds <= room else {
      throw .usage(
        "--seeds cannot be \(seeds); accepted from seed \(runOptions.seed) on: 1 to \(room)")
    }
  }

  /// The study, and a line for each attack that cannot be compared at the highest level.
  private func study() throws -> (study: Study, leftOut: [String]) {
    let kinds = try models.split(separator: ",").map { text throws(Failure) in
      try named(text.trimming, option: "--models", as: ModelKind.self)
    }
    let dataset = try data.load()
    do {
      let parameters = try modelOptions.parameters()
      let shares = try levels.split(separator: ",").map { text throws(Failure) in
        try number(String(text), option: "--levels")
      }
      let chosen = try Set(shares.map { share throws(PoisoningError) in try PoisonLevel(share) })
      guard !kinds.isEmpty, !chosen.isEmpty else {
        throw Failure.usage("--models and --levels must name at least one each")
      }
      let main = try AttackCatalog.attack(attack, for: dataset)
      var conditions = chosen.sorted().map { Condition(attack: main, level: $0) }
      let make = { (conditions: [Condition]) in
        try Study(
          dataset: dataset, validationShare: studyOptions.validation,
          scaler: studyOptions.scalerKind(), scalerPolicy: studyOptions.scalerPolicy(),
          conditions: conditions, models: kinds.map { try ModelChoice($0, parameters) })
      }
      let base = try make(conditions)
      var leftOut: [String] = []
      if let highest = chosen.max(), highest != .clean, !noComparison {
        for name in AttackCatalog.names where name != main.name {
          let other = Condition(
            attack: try AttackCatalog.attack(name, for: dataset), level: highest)
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
      throw Failure(error)
    }
  }
}

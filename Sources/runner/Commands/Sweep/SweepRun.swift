import ArgumentParser
import Datasets
import Foundation
import Reporting
import Sweeps
import Tracking

/// `runner sweep run`, also by the name of `runner sweep`.
struct SweepRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a sweep, or what a store does not have of it.",
    discussion: """
      The grid comes from options or from a plan, a YAML file whose keys are the options' names \
      with _ for -: data, target, ignore, header, attacks, levels, models, validation, scaler, \
      scaler_fit, seed, seeds, until_ci, max_seeds. Lists of parameters make a grid of models: \
      "- rbf-svm: {C: [1, 10]}". A CSV file is relative to the plan's folder. With a plan, only \
      --seeds, --until-ci and --max-seeds come before what it says.

      Results are stored block by block of 1,024 seeds. A run that was stopped or killed goes on \
      where it was by the same command; so does one with more seeds. A store belongs to one plan: \
      another is refused with exit code 78, and the store is left as it is.

      --until-ci looks after every block. Its intervals are those of a confidence sequence, which \
      hold at all looks at once, 95 % each. Threads and restarts do not change where it stops.

      The sweep is tracked in MLflow as a run with a child for each cell, when it is complete.

      Examples:
        runner sweep run --attacks uniform,flip --models knn --seeds 2000
        runner sweep run --models knn,rbf-svm:C=10,gamma=0.5 --store rbf.sqlite
        runner sweep run --models softmax --levels 0,0.1 --until-ci 0.005
      """)

  @Argument(help: ArgumentHelp("A plan, a YAML file.", valueName: "plan"))
  var plan: String?

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Grid") var grid: GridOptions
  @OptionGroup(title: "Model parameters") var modelOptions: ModelOptions
  @OptionGroup(title: "Study") var studyOptions: StudyOptions
  @OptionGroup(title: "Seeds") var extentOptions: ExtentOptions

  @Option(
    help: ArgumentHelp(
      "The store, an SQLite file, made where it is missing. (default: the plan's name with "
        + ".sqlite, or sweep.sqlite)", valueName: "file"))
  var store: String?

  @OptionGroup(title: "Tracking") var tracking: TrackingOptions

  @OptionGroup(title: "Run") var runOptions: RunOptions

  /// What is to be run.
  private struct Task {
    let study: Study
    let extent: SweepExtent
    let firstSeed: UInt32
    let data: DataOptions
    var planText: String?
  }

  /// The options that a plan takes the place of.
  private static let gridOptions = [
    "--data", "--target", "--ignore", "--no-header", "--attacks", "--levels", "--defenses",
    "--models", "--C",
    "--gamma", "--n-neighbors", "--tol", "--validation", "--trusted", "--scaler", "--scaler-fit",
    "--seed",
  ]

  func run() throws {
    _ = try tracking.uri()
    let threads = try runOptions.threadCount()
    let task = try plan.map(planned) ?? asked()
    let path = store ?? defaultStore
    guard !path.isEmpty else { throw Failure.usage("--store cannot be \"\"; accepted: a file") }
    let tracker = try Tracker(tracking.place, dataset: task.study.dataset.name)
    let live = LiveRun()
    let again = TrackingOptions.command(store: path, data: task.data, uri: tracking.text)
    let opened = OpenStore()
    let interruption = Interruption(
      stopped: "stopped before the end; finished blocks are in \(path), and the same command "
        + "goes on from there",
      finished: "stopped after the results in \(path) were complete"
        + (tracker == nil ? "" : "; what is not in MLflow yet: \(again)"),
      cleanUp: {
        try? opened.close()
        live.end(as: .killed, error: "stopped by a signal")
      })
    do {
      try sweep(task, threads, path, opened, interruption, tracker, live)
    } catch {
      Console.clearLine()
      let failure =
        (error as? StoreError).map { Failure($0) }
        ?? Failure(error, levels: "--levels", attacks: "--attacks")
      live.end(as: .failed, error: failure.message)
      throw failure
    }
    try tracker?.publish(
      store: path, study: task.study, data: task.data.origin, plan: task.planText, live: live,
      registration: tracking.register, again: again)
  }

  private func sweep(
    _ task: Task, _ threads: Int, _ path: String, _ opened: OpenStore,
    _ interruption: Interruption, _ tracker: Tracker?, _ live: LiveRun
  ) throws {
    let (study, extent, firstSeed) = (task.study, task.extent, task.firstSeed)
    let store = try SweepStore(
      writing: path, study, firstSeed: firstSeed, program: Program.name, version: Program.version)
    opened.keep(store)
    defer { try? opened.close() }
    var sweep = StoredSweep(study, extent, in: store)
    let cellCount = study.conditions.count * study.models.count
    let stored = try sweep.finishedBlocks()
    if !stored.isEmpty {
      Console.note("\(stored.count) of \(sweep.blockCount) blocks are in \(path)")
    }
    let before = stored.values.reduce(0, +)
    // A rule may find that the blocks of the store suffice: then nothing is at work.
    let isOpen = if case .until = extent { stored.isEmpty } else { stored.count < sweep.blockCount }
    if let tracker, isOpen { try tracker.begin(store, task.data.origin, as: live) }
    var ran = 0
    let noun = if case .until = extent { "fits at most" } else { "fits" }
    var progress = Progress(
      total: max(extent.maximumSeedCount, before) * cellCount, noun: noun,
      before: before * cellCount)
    let end = try sweep.run(
      threads: threads,
      commit: { body throws(StoreError) in try interruption.protect(body) },
      didAdd: { seedCount, sweep in
        ran += seedCount
        progress.show((before + ran) * cellCount, remark: remark(sweep))
      })
    Console.clearLine()
    try interruption.finish { () throws(StoreError) in try opened.close() }
    if runOptions.json {
      try Console.show(
        JSONText.of(
          SweepRecord(study, cells: sweep.cells, extent: extent, firstSeed: firstSeed)))
    } else {
      let rule: StoppingRule? = if case .until(let rule) = extent { rule } else { nil }
      try Console.show(
        SweepReport(StudyFacts(study), cells: sweep.cells, rule: rule).answer.lines())
    }
    let seconds = progress.elapsedSeconds
    let rate = Int((Double(ran * cellCount) / max(seconds, 1e-9)).rounded())
    Console.note(
      "\(ran * cellCount) fits in \((seconds * 100).rounded() / 100) s"
        + (ran > 0 ? " (\(rate) a second)" : "") + " on \(threads) "
        + "\(threads == 1 ? "thread" : "threads"); "
        + (end == .stopped ? "stopped by --until-ci; " : "") + "results in \(path)")
  }

  private func remark(_ sweep: StoredSweep) -> String {
    guard case .until(let rule) = sweep.extent else { return "" }
    return ", widest interval ±\(String(format: "%.5f", rule.widest(of: sweep.cells)))"
  }

  private var defaultStore: String {
    guard let plan else { return "sweep.sqlite" }
    return URL(fileURLWithPath: plan).deletingPathExtension().lastPathComponent + ".sqlite"
  }

  /// What the options ask for.
  private func asked() throws -> Task {
    var plan = SweepPlan(
      levels: try grid.chosenLevels(), models: try grid.chosenModels(modelOptions.parameters()))
    plan.attacks = grid.attackTexts
    plan.defenses = grid.defenseTexts
    plan.validationShare = studyOptions.validation
    plan.trustedShare = studyOptions.trusted
    (plan.scaler, plan.scalerPolicy) = try (
      studyOptions.scalerKind(), studyOptions.scalerPolicy()
    )
    let extent = try extentOptions.extent(firstSeed: runOptions.seed)
    let cellCount =
      plan.levels.count * plan.attacks.count * (plan.defenses.count + 1) * plan.models.count
    guard cellCount <= SweepPlan.maximumCellCount else {
      throw Failure.usage(
        "the grid has more than \(SweepPlan.maximumCellCount) cells; use fewer --levels, "
          + "--attacks, --defenses or --models")
    }
    do {
      return Task(
        study: try plan.study(of: data.load()), extent: extent, firstSeed: runOptions.seed,
        data: data)
    } catch {
      throw Failure(error, levels: "--levels", attacks: "--attacks")
    }
  }

  /// What a plan asks for.
  private func planned(_ path: String) throws -> Task {
    let clash = Self.gridOptions.first { option in
      CommandLine.arguments.contains { $0 == option || $0.hasPrefix(option + "=") }
    }
    if let clash {
      throw Failure.usage("\(clash) cannot be given beside a plan; change it in \(path)")
    }
    do {
      let file = try PlanFile(contentsOf: path)
      let source = file.plan.data
      var options = DataOptions()
      options.data = source.text
      options.target = source.target
      options.ignore = source.ignoredColumns
      options.noHeader = !source.hasHeader
      let dataset: Dataset
      do {
        dataset = try options.read()
      } catch let error as DatasetsError {
        guard let refusal = file.refusal(error) else { throw error }
        throw error.isInputOutput
          ? Failure(code: .inputOutput, message: "\(refusal)") : Failure(refusal)
      }
      let study = try file.study(of: dataset)
      let given = extentOptions.given.joined(separator: " ")
      guard !given.isEmpty else {
        return Task(
          study: study, extent: file.plan.extent, firstSeed: file.plan.firstSeed, data: options,
          planText: file.text)
      }
      Console.note("\(given) instead of what \(path) says")
      let extent = try extentOptions.extent(
        firstSeed: file.plan.firstSeed, plan: file.plan.extent)
      return Task(
        study: study, extent: extent, firstSeed: file.plan.firstSeed, data: options,
        planText: file.text)
    } catch let error as PlanError {
      throw Failure(error)
    } catch {
      throw Failure(error, levels: "levels")
    }
  }
}

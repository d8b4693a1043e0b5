import ArgumentParser
import Datasets
import Files
import Foundation
import Models
import Reporting
import Store
import Sweeps

struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "The study: poison levels × models × seeds, judged on clean rows.",
    discussion: """
      Fits every model at every level under every seed and prints accuracy with intervals, mean \
      confusion matrices, what the other attacks do at the highest level, and, for uniform noise \
      on Iris, the course's claims against the measurement. Writes study.sqlite (the store of all \
      fits), seeds.csv (the same as text), confusion.csv, summary.json and the charts accuracy and \
      confusion to the results folder.

      Fits are stored as they come: what was stopped or killed goes on by the same command, and more \
      levels, attacks, defences, models or seeds run only what is not there. The other files are \
      written when all is done; of a study of other data too, the ones that were there stay until then.

      A plan, a YAML file, may say the same as the options, by their names with _ for -; see \
      runner sweep run --help. With several data sets each has a folder of its own in --results, and \
      comparison.* beside them say what the same poison costs on each.

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
      rows, how many of those it flags wrongly, what it is told of the poison, and which of the course \
      text's mitigations works against which attack; against targeted attacks, what is left of their \
      success. "works" is said where at least half of the loss is sure to come back. The chart is then called mitigation. Defences that need trusted rows take \
      part where --trusted sets some aside.

      Examples:
        runner experiment
        runner experiment --attacks all
        runner experiment --attacks flip,out-of-range:kappa=100 --levels 0,0.2
        runner experiment --attacks flip --levels 0,0.3 --defenses all
        runner experiment --models softmax,knn --seeds 1000 --json
        runner experiment --models knn,rbf-svm:C=10,gamma=0.5 --until-ci 0.005
        runner experiment --data flowers.csv --target species --levels 0,0.1,0.3
        runner experiment --tracking-uri http://localhost:5000 --register iris
      """)

  @Argument(help: ArgumentHelp("A plan, a YAML file.", valueName: "plan"))
  var plan: String?

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(
    help: ArgumentHelp("The models, as NAME or NAME:key=value,key=value.", valueName: "names"))
  var models = ModelCatalog.names.joined(separator: ",")

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

  @OptionGroup(title: "Seeds") var extentOptions: ExtentOptions

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
  var results = "results"

  @OptionGroup(title: "Tracking") var tracking: TrackingOptions

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    _ = try tracking.uri()
    let threads = try runOptions.threadCount()
    let tasks = try tasks()
    var series = StudySeries<ExperimentRecord>(tasks, json: runOptions.json)
    let folders = try (series.isSeveral ? tasks : []).map { task in
      try FolderOption("--results", results, files: ReportFiles.comparison, data: task.data.data)
    }
    for (task, name) in series.tasks {
      try run(task, in: series.isSeveral ? "\(results)/\(name)" : results, threads, &series)
    }
    try series.finish { comparison in
      let renderer = ChartRenderer(environment: ProcessInfo.processInfo.environment)
      let files = ReportFiles(comparison, renderer, isPage: false)
      try files.write(to: folders[0].open(), replacing: ReportFiles.comparison)
    }
  }

  private func run(
    _ task: StudyTask, in results: String, _ threads: Int,
    _ series: inout StudySeries<ExperimentRecord>
  ) throws {
    let output = try FolderOption(
      "--results", results, files: ExperimentFiles.names, data: task.data.data)
    let note = task.request.kind == .experiment ? "not compared" : "left out"
    for reason in task.request.leftOut { Console.note("\(note): \(reason)") }
    let tracker = try Tracker(tracking.place, dataset: task.study.dataset.name)
    let folder = try output.open()
    let place = try ExperimentStore(task, in: folder)
    let again = tracking.command(
      store: "\(results)/\(ExperimentFiles.store)", data: task.data,
      validation: task.validation)
    let run = StoreRun(
      task, into: "\(results)/\(place.name)", results: results, threads: threads,
      tracker: tracker, again: again)
    let outcome = try run.run { store, study in
      let outcome = try Outcome(task, store, study, folder)
      try series.keep(store, task.study.dataset)
      try run.finish(store) {
        try place.putInPlace()
        try outcome.files.finish(
          outcome.report.cells, record: outcome.record, figures: outcome.figures,
          pictures: outcome.pictures)
      }
      return outcome
    }
    let shown = Result { try series.show(outcome.record, outcome.report.answer) }
    if let tracker {
      try tracker.publish(
        store: folder.path(of: ExperimentFiles.store), study: task.study, data: task.data.origin,
        live: run.live, registration: tracking.register, threads: threads, again: again)
    } else if outcome.pictures == nil {
      Console.note(ChartRenderer.advice)
    }
    try shown.get()
  }

  /// What a study came to, read from its store.
  private struct Outcome {
    let report: ExperimentReport
    let record: ExperimentRecord
    let files: ExperimentFiles
    let figures: [Figure]
    let pictures: [Picture]?

    init(
      _ task: StudyTask, _ store: SweepStore, _ run: StudyRun, _ folder: ResultsFolder
    ) throws {
      report = try ExperimentReport(StoreReading(store), dataset: task.study.dataset)
      let files = try ExperimentFiles(task.study, in: folder)
      try run.forEachBlock { try files.append($0, firstSeed: task.firstSeed) }
      self.files = files
      record = ExperimentRecord(
        task.study, report, firstSeed: task.firstSeed, leftOut: task.request.leftOut,
        suspicions: task.suspicions)
      figures = report.answer.figures
      pictures = ChartRenderer(environment: ProcessInfo.processInfo.environment)
        .pictures(of: figures.map(\.chart.specification))
    }
  }

  private func tasks() throws -> [StudyTask] {
    if let plan {
      try StudyTask.refuse(
        StudyTask.planned + ["--attack", "--no-comparison"], beside: plan)
      return try StudyTask.all(in: plan, kind: .experiment, seeds: extentOptions)
    }
    guard attacks.isEmpty || attackOption.attack == nil else {
      throw Failure.usage(
        "--attack and --attacks exclude each other; --attacks takes one attack too")
    }
    guard attacks.isEmpty && defenses.isEmpty || !noComparison else {
      throw Failure.usage(
        "--no-comparison is for --attack alone; --attacks and --defenses run what they name")
    }
    var grid = GridOptions()
    (grid.models, grid.levels) = (models, levels)
    grid.attacks = attacks.isEmpty ? try attackOption.text() : attacks.joined(separator: ",")
    grid.defenses = defenses.isEmpty ? nil : defenses.joined(separator: ",")
    var plan = StudyPlan(
      !defenses.isEmpty ? .mitigation : attacks.isEmpty ? .experiment : .tournament)
    try grid.fill(&plan, modelOptions.parameters())
    try studyOptions.fill(&plan)
    plan.comparesAttacks = !noComparison
    plan.firstSeed = runOptions.seed
    plan.seeds = extentOptions.wish
    return [try StudyTask(plan, data: data)]
  }
}

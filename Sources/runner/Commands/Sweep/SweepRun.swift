import ArgumentParser
import Datasets
import Reporting
import Store
import Sweeps

struct SweepRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a sweep, or what a store does not have of it.",
    discussion: """
      The grid comes from options or from a plan, a YAML file whose keys are the options' names \
      with _ for -: data, target, ignore, header, attacks, levels, defenses, models, validation, \
      trusted, scaler, scaler_fit, seed, seeds, until_ci, max_seeds. Lists of parameters make a grid \
      of models: "- rbf-svm: {C: [1, 10]}". A CSV file is relative to the plan's folder. With a plan, \
      only --seeds, --until-ci and --max-seeds come before what it says. A plan may list several data \
      sets, of which each may be as {file: a.csv, target: y}: each gets a store of its own, with the \
      name of the data, and what the same poison costs on each is compared at the end.

      Results are stored as they come. A run that was stopped or killed goes on where it was by the \
      same command; more levels, attacks, defences, models or seeds on the same store run only what is \
      not there. A store belongs to one set of data, split and scaler: another is refused with exit \
      code 78, and the store is left as it is.

      --until-ci looks after every 1,024 seeds. Its intervals are those of a confidence sequence, which \
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

  func run() throws {
    _ = try tracking.uri()
    let threads = try runOptions.threadCount()
    let tasks = try tasks()
    var series = StudySeries<SweepRecord>(tasks, json: runOptions.json)
    for (task, path) in try series.stores(store, plan: plan, or: "sweep.sqlite") {
      try run(task, path, threads, &series)
    }
    try series.finish()
  }

  private func run(
    _ task: StudyTask, _ path: String, _ threads: Int, _ series: inout StudySeries<SweepRecord>
  ) throws {
    let tracker = try Tracker(tracking.place, dataset: task.study.dataset.name)
    let again = tracking.command(store: path, data: task.data, validation: task.validation)
    let run = StoreRun(task, into: path, threads: threads, tracker: tracker, again: again)
    let report = try run.run { store, _ in
      let report = try ExperimentReport(StoreReading(store), dataset: task.study.dataset)
      try series.keep(store, task.study.dataset)
      try run.finish(store)
      return report
    }
    let extent = task.request.extent
    let shown = Result {
      try series.show(
        SweepRecord(
          task.study, cells: report.cells, extent: extent, firstSeed: task.firstSeed,
          suspicions: task.suspicions),
        Answer(cells: report.cells, of: report.facts, rule: extent.rule))
    }
    try tracker?.publish(
      store: path, study: task.study, data: task.data.origin, live: run.live,
      registration: tracking.register, threads: threads, again: again)
    try shown.get()
  }

  private func tasks() throws -> [StudyTask] {
    if let plan {
      try StudyTask.refuse(StudyTask.planned, beside: plan)
      return try StudyTask.all(in: plan, kind: .sweep, seeds: extentOptions)
    }
    var plan = StudyPlan(.sweep)
    try grid.fill(&plan, modelOptions.parameters())
    try studyOptions.fill(&plan)
    plan.firstSeed = runOptions.seed
    plan.seeds = extentOptions.wish
    return [try StudyTask(plan, data: data)]
  }
}

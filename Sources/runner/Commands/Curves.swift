import Analyses
import ArgumentParser
import Datasets
import Documents
import Reporting
import Store
import Sweeps

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

  @Argument(
    help: ArgumentHelp(
      "A plan, a YAML file; beside the keys of sweeps it has generator, rows, added and "
        + "validation_rows.", valueName: "plan"))
  var plan: String?

  @Option(
    help: ArgumentHelp(
      "A study by name: \(CurvePreset.allCases.map(\.rawValue).joined(separator: ", ")). Options "
        + "given beside it come first.", valueName: "name"))
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

  @OptionGroup(title: "Seeds") var extentOptions: ExtentOptions

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
    let tasks = try tasks(chosen)
    let standard = chosen.map { "curves-\($0.rawValue).sqlite" } ?? "curves.sqlite"
    var series = StudySeries<CurveRecord>(tasks, json: runOptions.json)
    for (task, path) in try series.stores(store, plan: plan, or: standard) {
      try run(task, path, prices, threads, &series)
    }
    try series.finish()
  }

  private func run(
    _ task: StudyTask, _ path: String, _ prices: Prices?, _ threads: Int,
    _ series: inout StudySeries<CurveRecord>
  ) throws {
    let run = StoreRun(task, into: path, threads: threads, tracker: nil, again: "")
    let surface = try run.run { store, _ in
      let counts = try StoreReading(store).counts()
      try series.keep(store, task.study.dataset)
      try run.finish(store)
      return AccuracySurface(task.study.storedCells, counts, threads: threads)
    }
    guard let surface else {
      throw Failure(code: .badMachine, message: "a study of curves without curves")
    }
    let answers = surface.answers
    try series.show(
      CurveRecord(
        task.study, surface, answers, firstSeed: task.firstSeed, suspicions: task.suspicions),
      CurveReport(
        StudyFacts(task.study, firstSeed: task.firstSeed), surface, answers, prices: prices
      ).answer)
  }

  private func tasks(_ preset: CurvePreset?) throws -> [StudyTask] {
    let preset = preset?.choice
    if let plan {
      try StudyTask.refuse(
        StudyTask.planned + ["--preset", "--generator", "--rows", "--added", "--validation-rows"],
        beside: plan)
      return try StudyTask.all(in: plan, kind: .curves, seeds: extentOptions)
    }
    var plan = StudyPlan(.curves)
    plan.curves.generator = try chosenGenerator()
    guard plan.curves.generator == nil || studyOptions.trusted == 0 else {
      throw Failure.usage(
        "--trusted takes rows of the data, which a generator does not use; add --generator none")
    }
    var grid = GridOptions()
    grid.attacks = attacks ?? preset?.attacks ?? "flip"
    grid.levels = levels ?? preset?.levels ?? "0.1,0.3"
    grid.models = models
    grid.defenses = defenses ?? (preset == nil ? "knn-relabel" : preset?.defenses)
    try grid.fill(&plan, modelOptions.parameters())
    try studyOptions.fill(&plan)
    plan.curves.rows = rows
    plan.curves.addedShares = try addedShares()
    plan.curves.validationRows = validationRows
    plan.firstSeed = runOptions.seed
    plan.seeds = SeedWish(count: preset?.seeds).replaced(by: extentOptions.wish)
    return [try StudyTask(plan, data: data)]
  }

  /// The generator; nil for the rows of the data.
  private func chosenGenerator() throws(Failure) -> GeneratorChoice? {
    let isJudged = try ValidationChoice(studyOptions.validation).path != nil
    let name = generator ?? (data.path == nil && !isJudged ? "gaussian" : "none")
    let names = GeneratorChoice.allCases.map(\.rawValue) + ["none"]
    return GeneratorChoice(rawValue: try named(name, option: "--generator", among: names))
  }

  private func addedShares() throws(Failure) -> [Double]? {
    guard let added else { return nil }
    let texts = added.split(separator: ",", omittingEmptySubsequences: false)
    return try texts.map { (text) throws(Failure) -> Double in
      guard let share = Double(text.trimming), share >= 0, share <= CurveDesign.largestShare else {
        throw Failure.usage(
          "--added cannot hold \"\(text.trimming)\"; accepted: shares such as 0,0.5,1,2")
      }
      return share
    }
  }
}

import ArgumentParser
import Defenses
import Documents
import Models
import Poisoning
import Reporting
import Store
import Sweeps

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "One fit of a sweep again, with all its detail.",
    discussion: """
      The store says what was done; a CSV file must be given again by --data and --target. The \
      outcome is compared with what the sweep has counted, where the store has the seed.

      Examples:
        runner replay sweep.sqlite --poison 0.5 --model rbf-svm --seed 17
        runner replay sweep.sqlite --model knn --seed 3 --dump fit3
      """)

  @Argument(help: ArgumentHelp("The store of a sweep.", valueName: "store"))
  var store: String

  @Option(help: "The attack of the cell, as the store names it.")
  var attack = "uniform"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The poison level of the cell. (default: 0)", valueName: "share"),
    transform: number("a share from 0 to 1, such as 0.05 for 5 %"))
  var poison = 0.0

  @Option(help: "The defences of the cell, as the store names them.")
  var defense = "none"

  @Option(help: "The model of the cell, as NAME or NAME:key=value.")
  var model = "softmax"

  @OptionGroup(title: "Data") var data: DataOptions

  @OptionGroup var judged: ValidationFileOption

  @Option(
    help: ArgumentHelp(
      "Folder for train.csv, validation.csv, predictions.csv and run.json.", valueName: "folder"))
  var dump: String?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    let threads = try runOptions.threadCount()
    let loaded = try data.load()
    let dataset = loaded.dataset
    let opened = try SweepStore(reading: store)
    let validation = try judged.rows(of: opened.plan, like: loaded, data)
    let study = try opened.study(of: dataset, validation: validation)
    let conditionNames = study.conditions.map { condition in
      "\(condition.attackName) at \(condition.level)"
        + (condition.defense.isEmpty ? "" : " with \(condition.defenseName)")
    }
    let wanted = poison == 0 ? "none" : attack
    guard
      let condition = study.conditions.firstIndex(where: {
        $0.attackName == wanted && $0.level.share == poison && $0.defenseName == defense
      })
    else {
      throw Failure.usage(
        "the store has no cell of \(wanted) at --poison \(poison)"
          + (defense == "none" ? "" : " with --defense \(defense)") + "; it has: "
          + conditionNames.joined(separator: ", "))
    }
    let models = study.models.map(\.name)
    guard let index = models.firstIndex(of: model) else {
      throw Failure.usage(
        "the store has no model \"\(model)\""
          + Suggestion.ending(for: model, among: models, noun: "it has"))
    }
    let cell = CellIndex(condition: condition, model: index)
    guard study.isFitted(cell) else {
      throw Failure.usage("the defence \(defense) is not for \(model), so there is no such fit")
    }
    let folder = try dump.map { path in
      try FolderOption("--dump", path, files: RunDump.names, data: data.data).open()
    }
    let fit = study.replay(cell, seed: runOptions.seed, threads: threads)
    let target = fit.target()
    if let folder { try RunDump.write(fit, target: target, to: folder) }
    try compare(fit, with: opened, place: opened.cells(in: study).firstIndex(of: cell))
    try Console.show(
      RunRecord(fit, target: target, withModel: false), json: runOptions.json,
      fit.lines(target: target, areVouched: loaded.isKnown))
    if let warning = fit.defenseWarning { Console.note(warning) }
  }

  /// Says whether the sweep counted the same in the cell at a place of the store, which it need not have.
  private func compare(_ fit: Fit, with store: SweepStore, place: Int?) throws {
    let position = Int(runOptions.seed) - Int(store.plan.firstSeed)
    let offset = position % SeedBlock.capacity
    guard let place, position >= 0,
      let block = try store.block(position / SeedBlock.capacity, of: [place]),
      offset < block.seedCount
    else {
      Console.note("the store does not have seed \(runOptions.seed) of this cell yet")
      return
    }
    let counted = Int(block.cells[0].correct[offset])
    let correct = fit.result.confusion.correct
    guard counted == correct else {
      throw Failure(
        code: .badMachine,
        message: "the sweep counted \(counted) right, the replay \(correct); this is a bug of the "
          + "program, or the store was made on another kind of processor")
    }
    Console.note("as counted by the sweep: \(counted) right")
  }
}

import ArgumentParser
import Documents
import Models
import Poisoning
import Sweeps

/// What a sweep varies.
struct GridOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The attacks, as NAME or NAME:key=value; see `runner attacks`.", valueName: "names"))
  var attacks = "uniform"

  @Option(
    help: ArgumentHelp(
      "The defences, as NAME, NAME:key=value or chains such as validate+lof+trim; each is compared "
        + "with none. See `runner defenses`. (default: none)", valueName: "names"))
  var defenses: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Poison levels, shares of the training rows from 0 to 1.", valueName: "shares"))
  var levels = "0,0.05,0.10,0.50"

  @Option(
    help: ArgumentHelp(
      "The models, as NAME or NAME:key=value,key=value.", valueName: "names"))
  var models = ModelCatalog.names.joined(separator: ",")

  func fill(_ plan: inout StudyPlan, _ defaults: [String: String]) throws(Failure) {
    plan.levels = try chosenLevels()
    plan.models = try chosenModels(defaults)
    plan.attacks = Specification.texts(in: attacks)
    plan.defenses = defenses.map { Specification.texts(in: $0) } ?? []
  }

  /// The levels asked for, ascending and each once.
  private func chosenLevels() throws(Failure) -> [PoisonLevel] {
    var chosen: Set<PoisonLevel> = []
    for text in levels.split(separator: ",", omittingEmptySubsequences: false) {
      guard let share = Double(text.trimming) else {
        throw .usage(
          "--levels cannot hold \"\(text.trimming)\"; accepted: shares such as 0,0.05,0.5")
      }
      let level = try converting(try PoisonLevel(share)) { (error: PoisoningError) in
        Failure(error, levels: "--levels")
      }
      chosen.insert(level)
    }
    return chosen.sorted()
  }

  /// The models asked for, in their order; `defaults` are parameters that are not named.
  func chosenModels(_ defaults: [String: String] = [:]) throws(Failure) -> [ModelChoice] {
    try Specification.texts(in: models).map { text throws(Failure) in
      try converting(try ModelChoice(text, defaults: defaults)) { (error: SpecificationError) in
        Failure(code: .usage, option: "--models", "\(error)")
      }
    }
  }
}

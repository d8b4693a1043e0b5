import ArgumentParser
import Datasets
import LinAlg
import Models
import Poisoning
import Reporting
import Sweeps

struct AttackCosts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attacks",
    abstract: "What making the poison costs, against a sweep of softmax regression without it.",
    discussion: """
      The peer is a sweep of softmax regression on Iris, three fits of clean rows a seed. Beside it, \
      in turns and on one thread: each attack's patches for the levels 5, 10 and 50 %, and the sweep \
      of softmax regression on what they make of the rows, which may be harder to fit. An attack \
      that cannot poison half of the rows poisons a quarter.

      Example:
        bench attacks --rounds 9
      """)

  @Option(help: "Rounds that are counted.")
  var rounds = 5

  @Option(help: "Seeds of a round; a multiple of 4.")
  var seeds = 256

  @Option(help: "Attacks to measure, with parameters if wanted; repeat for more. (default: all)")
  var attack: [String] = []

  @Flag(help: "Print the result as JSON.")
  var json = false

  private struct Row: Encodable {
    let attack: String
    let patchMicrosecondsPerSeed: Double
    let sweepMicrosecondsPerSeed: Double
    /// Making the patches over the undefended sweep.
    let patchShare: Double
    /// The sweep under attack over the undefended sweep.
    let sweepRatio: Double
  }

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    guard seeds >= 4, seeds % 4 == 0 else {
      throw ValidationError("--seeds must be a multiple of 4, from 4")
    }
  }

  func run() throws {
    let dataset = EmbeddedDataset.iris.load()
    let clean = try study(dataset, [.clean, .clean, .clean], UniformNoise())
    let groups = try exposures(dataset)
    let all = AttackCatalog.entries.filter { !$0.needsParameters }.map(\.name)
    let rows = try (attack.isEmpty ? all : attack).map { text in
      try row(AttackCatalog.attack(text, for: dataset), groups, dataset, clean)
    }
    show(
      rows, json: json,
      [
        (.text("attack"), { .text($0.attack) }),
        (.number("patches, µs a seed"), { .number($0.patchMicrosecondsPerSeed) }),
        (.percent("of the clean sweep, %", 1), { .number($0.patchShare) }),
        (.number("sweep, µs a seed", 1), { .number($0.sweepMicrosecondsPerSeed) }),
        (.number("over clean"), { .number($0.sweepRatio) }),
      ])
  }

  private func row(
    _ attack: any Attack, _ groups: [[Exposure]], _ dataset: Dataset, _ clean: Study
  ) throws -> Row {
    let counts = groups[0][0].training.classCounts
    let (half, quarter) = (try PoisonLevel(0.5), try PoisonLevel(0.25))
    let canHalf = (try? attack.validate(half, classCounts: counts)) != nil
    let study = try study(
      dataset, [PoisonLevel(0.05), PoisonLevel(0.1), canHalf ? half : quarter], attack)
    let count = study.poisonedCounts.max() ?? 0
    let granted = groups.map { group in
      attack.threat.seesValidation
        ? group : group.map { Exposure($0.training, key: $0.key, seed: $0.seed) }
    }
    var patches = Array(repeating: Patch(), count: 4)
    var taken = 0
    let engines = [clean, study].map { StudyEngine($0, threads: 1) }
    let seconds = Rounds.medianSeconds(
      rounds,
      of: [
        { _ = engines[0].summaries(seedCount: seeds) },
        { _ = engines[1].summaries(seedCount: seeds) },
        {
          for group in granted {
            attack.poison(group, count: count, into: &patches)
            taken += patches[3].rows.count
          }
        },
      ])
    precondition(taken == (rounds + 1) * groups.count * count, "The work was not done")
    let scale = 1e6 / Double(seeds)
    return Row(
      attack: attack.specification, patchMicrosecondsPerSeed: seconds[2] * scale,
      sweepMicrosecondsPerSeed: seconds[1] * scale, patchShare: seconds[2] / seconds[0],
      sweepRatio: seconds[1] / seconds[0])
  }

  private func study(
    _ dataset: Dataset, _ levels: [PoisonLevel], _ attack: any Attack
  ) throws -> Study {
    try Study(
      dataset: dataset, conditions: levels.map { Condition(attack: attack, level: $0) },
      models: [ModelChoice("softmax")])
  }

  /// What attacks get to see, four seeds a group.
  private func exposures(_ dataset: Dataset) throws -> [[Exposure]] {
    try stride(from: 0, to: seeds, by: 4).map { first in
      try (first..<first + 4).map { seed in
        let split = try Split.stratified(dataset, validationShare: 0.2, seed: UInt32(seed))
        return Exposure(
          TrainingSet(dataset, rows: split.train), key: .standard, seed: UInt32(seed),
          validation: LabeledRows(dataset, rows: split.validation))
      }
    }
  }
}

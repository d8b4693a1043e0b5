import ArgumentParser
import Datasets
import LinAlg
import Models
import Poisoning
import Reporting
import Sweeps

/// `bench throughput`.
struct Throughput: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fits a second on the study's grid: split, poison, scale, fit and evaluate.",
    discussion: """
      The grid is levels 0, 0.05, 0.10 and 0.50 of uniform noise × softmax, RBF SVM and 5-NN.

      Example:
        bench throughput --data wine --seeds 100
      """)

  @Option(help: "A built-in data set: iris, wine, breast-cancer or digits.", transform: Self.named)
  var data = EmbeddedDataset.iris

  @Option(help: "Seeds in a round.")
  var seeds = 256

  @Option(help: "Rounds that are counted.")
  var rounds = 5

  @Flag(help: "Print the result as JSON.")
  var json = false

  private struct Record: Encodable {
    let data: String
    let seeds: Int
    let rounds: Int
    let threads: Int
    let fitsPerSecond: [String: Double]
    let fitsPerSecondOneThread: [String: Double]
  }

  private static func named(_ text: String) throws -> EmbeddedDataset {
    guard let dataset = EmbeddedDataset(rawValue: text) else {
      throw ValidationError("there is no built-in data set \(text)")
    }
    return dataset
  }

  func validate() throws {
    guard seeds >= 1, rounds >= 1 else {
      throw ValidationError("--seeds and --rounds must be at least 1")
    }
  }

  func run() throws {
    let kinds: [ModelKind] = [.softmax, .rbfSVM, .kNN]
    let levels = try [0, 0.05, 0.10, 0.50].map { try PoisonLevel($0) }
    let dataset = data.load()
    let study = { (kinds: [ModelKind]) in
      try Study(
        dataset: dataset,
        conditions: levels.map { Condition(attack: UniformNoise(), level: $0) },
        models: kinds.map { try ModelChoice($0) })
    }
    let studies = try kinds.map { try study([$0]) } + [study(kinds)]
    let names = kinds.map(\.rawValue) + ["grid"]
    let threads = Parallel.coreCount
    var accuracySum = 0.0
    let work = [1, threads].flatMap { threads in
      studies.map { study in
        {
          let cells = StudyEngine(study, threads: threads).summaries(seedCount: seeds)
          accuracySum += cells.first?.accuracy.mean ?? 0
        }
      }
    }
    let seconds = Rounds.medianSeconds(rounds, of: work)
    precondition(accuracySum > 0, "The work was not done")

    let rates = seconds.indices.map { index in
      Double(seeds * levels.count * studies[index % studies.count].models.count) / seconds[index]
    }
    let one = Dictionary(uniqueKeysWithValues: zip(names, rates))
    let all = Dictionary(uniqueKeysWithValues: zip(names, rates.dropFirst(names.count)))
    if json {
      print(
        JSONText.of(
          Record(
            data: data.rawValue, seeds: seeds, rounds: rounds, threads: threads,
            fitsPerSecond: all, fitsPerSecondOneThread: one)), terminator: "")
      return
    }
    var table = TextTable([
      ("model", .left), ("fits/s, 1 thread", .right), ("fits/s, \(threads) threads", .right),
      ("ratio", .right),
    ])
    for name in names {
      let (single, parallel) = (one[name] ?? 0, all[name] ?? 0)
      table.append([
        name, "\(Int(single))", "\(Int(parallel))",
        "\((parallel / single * 100).rounded() / 100)",
      ])
    }
    print(table.lines.joined(separator: "\n"))
  }
}

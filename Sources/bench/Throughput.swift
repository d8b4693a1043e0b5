import ArgumentParser
import Datasets
import Files
import Foundation
import LinAlg
import Poisoning
import Reporting
import Statistics
import Sweeps

struct Throughput: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fits a second on the study's grid: split, poison, scale, fit and evaluate.",
    discussion: """
      The grid is levels 0, 0.05, 0.10 and 0.50 of uniform noise × softmax, RBF SVM and 5-NN. \
      With --peers the same grid runs in scikit-learn, scikit-learn-intelex, LIBSVM and JAX, in \
      turns with ours; set them up with Scripts/peers. With --growth: time and memory against \
      seeds, rows, features and threads.

      Examples:
        bench throughput --data wine --seeds 100
        bench throughput --peers --output Benchmarks/results
        bench throughput --growth
      """)

  @Option(help: "A built-in data set: iris, wine, breast-cancer or digits.", transform: Self.named)
  var data = EmbeddedDataset.iris

  @Option(help: "Seeds in a round of ours.")
  var seeds = 4_096

  @Option(help: "Seeds in a round of a peer; LIBSVM gets 4 times as many, JAX 16 times.")
  var peerSeeds = 64

  @Option(help: "Rounds that are counted.")
  var rounds = 5

  @Flag(help: "Run the Python peers in turns with ours.")
  var peers = false

  @Flag(help: "Measure how time and memory grow instead.")
  var growth = false

  @Option(help: ArgumentHelp("Folder for throughput-DATA.json and .md.", valueName: "folder"))
  var output: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  private static func named(_ text: String) throws -> EmbeddedDataset {
    guard let dataset = EmbeddedDataset(rawValue: text) else {
      throw ValidationError("there is no built-in data set \(text)")
    }
    return dataset
  }

  func validate() throws {
    guard seeds >= 1, rounds >= 1, peerSeeds >= 2 else {
      throw ValidationError("--seeds and --rounds must be at least 1, --peer-seeds at least 2")
    }
  }

  func run() throws {
    if growth {
      try Growth(rounds: rounds).run(json: json)
      return
    }
    let record = try measure()
    if let output {
      let folder = try ResultsFolder(output)
      try folder.append(JSONText.of(record), to: "throughput-\(data.rawValue).json")
      try folder.append(record.markdown, to: "throughput-\(data.rawValue).md")
      try folder.publish()
    }
    print(json ? JSONText.of(record) : record.lines.joined(separator: "\n"))
  }

  private func measure() throws -> ThroughputRecord {
    let dataset = data.load()
    let grid = try Grid(dataset)
    let threads = Parallel.coreCount
    var cells: [String: [CellSummary]] = [:]
    var work: [(name: String, body: () throws -> Void)] = []
    for threads in [1, threads] {
      for (name, study) in grid.studies {
        work.append(
          (
            "\(name)/\(threads)",
            { cells[name] = StudyEngine(study, threads: threads).summaries(seedCount: seeds) }
          ))
      }
    }
    var peak = 0.0
    let peakCount = 2_000_000
    work.append(("peak", { peak += MultiplyAddPeak.run(peakCount) }))

    let table = try PeerTable(dataset)
    let running = try (peers ? Peer.kinds : []).map {
      try Peer($0.script, title: $0.title, seedFactor: $0.seedFactor)
    }
    var answers: [String: [Peer.Answer]] = [:]
    for peer in running {
      for model in peer.models {
        let key = "\(peer.script)/\(model)"
        work.append(
          (
            key,
            {
              let seeds = peerSeeds * peer.seedFactor
              let first = (answers[key]?.count ?? 0) * seeds
              answers[key, default: []].append(
                try peer.run(csv: table.path, model: model, firstSeed: first, seeds: seeds))
            }
          ))
      }
    }
    let seconds = try Rounds.seconds(rounds, of: work)
    precondition(peak > 0, "The work was not done")
    return record(
      dataset, grid, threads, cells, seconds, running, answers,
      Double(MultiplyAddPeak.multiplyAdds(peakCount)))
  }

  private func record(
    _ dataset: Dataset, _ grid: Grid, _ threads: Int, _ cells: [String: [CellSummary]],
    _ seconds: [String: Double], _ peers: [Peer], _ answers: [String: [Peer.Answer]],
    _ peakMultiplyAdds: Double
  ) -> ThroughputRecord {
    let rate = { (name: String, study: Study, threads: Int) in
      Double(seeds * study.cellCount) / (seconds["\(name)/\(threads)"] ?? .infinity)
    }
    let ours = grid.studies.map { name, study in
      let (one, all) = (rate(name, study, 1), rate(name, study, threads))
      return ThroughputRecord.Ours(
        name: name, fitsPerSecond: all, fitsPerSecondOneThread: one, nanosecondsPerFit: 1e9 / one,
        threadRatio: all / one,
        accuracy: name == "grid"
          ? [:]
          : Dictionary(
            uniqueKeysWithValues: (cells[name] ?? []).map {
              ("\($0.level.share)", $0.accuracy.mean)
            }))
    }
    let rates = Dictionary(uniqueKeysWithValues: ours.map { ($0.name, $0.fitsPerSecond) })
    var theirs: [ThroughputRecord.Theirs] = []
    for peer in peers {
      var secondsPerFit = 0.0
      for model in peer.models {
        let rounds = answers["\(peer.script)/\(model)"] ?? []
        // The first round is not counted.
        let times = rounds.dropFirst().compactMap { answer in
          answer.seconds.map { $0 / Double(answer.fits ?? 1) }
        }
        let median = times.sorted()[times.count / 2]
        secondsPerFit += median / Double(peer.models.count)
        theirs.append(
          ThroughputRecord.Theirs(
            peer: peer.title, model: model, fitsPerSecond: 1 / median,
            ratio: (rates[model] ?? 0) * median,
            largestAccuracyScore: Self.score(cells[model] ?? [], rounds),
            peakMegabytes: rounds.last?.peakRssMb))
      }
      if peer.models.count == Grid.models.count {
        theirs.append(
          ThroughputRecord.Theirs(
            peer: peer.title, model: "grid", fitsPerSecond: 1 / secondsPerFit,
            ratio: (rates["grid"] ?? 0) * secondsPerFit, largestAccuracyScore: nil,
            peakMegabytes: nil))
      }
    }
    let peak = peakMultiplyAdds / (seconds["peak"] ?? .infinity)
    return ThroughputRecord(
      date: Date.now.formatted(.iso8601), processor: Machine.processorName, data: data.rawValue,
      threads: threads, seeds: seeds, rounds: rounds,
      program: "\(Program.name) \(Program.version)", fitsPerSecond: rates,
      fitsPerSecondOneThread: Dictionary(
        uniqueKeysWithValues: ours.map { ($0.name, $0.fitsPerSecondOneThread) }),
      ours: ours, peers: theirs,
      versions: Dictionary(uniqueKeysWithValues: peers.map { ($0.title, $0.versions) }),
      multiplyAddsPerSecond: peak,
      softmaxMultiplyAddShare: share(grid, cells["softmax"] ?? [], rate, peak),
      peakMegabytes: Machine.peakMegabytes)
  }

  /// Useful multiply-adds of softmax regression, all else of a fit taking time too, over the peak.
  private func share(
    _ grid: Grid, _ cells: [CellSummary], _ rate: (String, Study, Int) -> Double, _ peak: Double
  ) -> Double? {
    guard let (name, study) = grid.studies.first else { return nil }
    let fits = cells.reduce(0) { $0 + $1.tally.seedCount }
    let iterations = cells.reduce(0) { $0 + $1.tally.iterationSum }
    guard
      let count = study.softmaxMultiplyAdds(
        iterations: Double(iterations) / Double(max(fits, 1)))
    else { return nil }
    return count * rate(name, study, 1) / peak
  }

  /// The largest |z| of our mean accuracy against the peer's, over levels.
  private static func score(_ cells: [CellSummary], _ rounds: [Peer.Answer]) -> Double? {
    cells.map { cell in
      let own = cell.accuracy
      let parts = rounds.compactMap { round in
        round.accuracy?.first(where: { Double($0.key) == cell.level.share })?.value
      }
      let count = Double(parts.reduce(0) { $0 + $1.n })
      guard count > 0 else { return 0 }
      let mean = parts.reduce(0) { $0 + $1.mean * Double($1.n) } / count
      let variance = parts.reduce(0) { $0 + $1.sd * $1.sd * Double($1.n) } / count
      let ownVariance = (own.standardDeviation ?? 0) * (own.standardDeviation ?? 0)
      let error = (variance / count + ownVariance / Double(own.count)).squareRoot()
      return error > 0 ? abs(mean - own.mean) / error : 0
    }.max()
  }
}

/// A data set as the file that peers read: features, then the class index.
final class PeerTable {
  let path: String

  init(_ dataset: Dataset) throws {
    path = NSTemporaryDirectory() + "hemlock-\(dataset.name)-\(getpid()).csv"
    var writer = CSVWriter(header: dataset.featureNames.indices.map { "x\($0)" } + ["target"])
    for row in 0..<dataset.sampleCount {
      writer.append(
        (0..<dataset.featureCount).map { CSVWriter.field(dataset.features[row, $0]) }
          + ["\(dataset.labels[row])"])
    }
    try Data(writer.text.utf8).write(to: URL(fileURLWithPath: path))
  }

  // Safe: the path is a string.
  deinit { _ = unsafe unlink(path) }
}

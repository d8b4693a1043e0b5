import ArgumentParser
import Datasets
import Defenses
import Foundation
import LinAlg
import Models
import Reporting

struct DefenseCosts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "defenses",
    abstract: "What detectors take, against scikit-learn and cleanlab.",
    discussion: """
      Isolation forest, one-class machine and local outlier factors are made for Iris, scaled, and say \
      how far out each of its rows is: one after another, and as in a sweep, many on all cores. The \
      peer makes one after another, on one core. Local outlier factors of 50,000 \
      normal rows × 20 use all cores on both sides. Label issues are those of digits, of whose labels 100 \
      are wrong, from given probabilities. The peers need `Scripts/python verify cleanlab`.

      Example:
        bench defenses --peers --rounds 5
      """)

  @Option(help: "Rounds that are counted.")
  var rounds = 5

  @Option(
    help: "The one that is run: isolation-forest, one-class-svm, lof, lof-large or label-issues.")
  var only: String?

  @Flag(help: "Run Python's libraries beside us, in turns.")
  var peers = false

  @Option(help: "The Python that has them.")
  var python = ".venv/bin/python"

  @Flag(help: "Print the result as JSON.")
  var json = false

  private struct Row: Encodable {
    let task: String
    let milliseconds: Double
    let sweepMilliseconds: Double?
    let peer: String?
    let peerMilliseconds: Double?
    let ratio: Double?
    let sweepRatio: Double?
  }

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hemlock-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let setup = "Scripts/python verify cleanlab"
    let peer = peers ? try PeerProcess("defenses", python: python, setup: setup) : nil
    let cases = try Self.cases().filter { test in only.map { $0 == test.name } ?? true }
    let requests = try cases.map { try $0.request(in: folder) }
    var seconds: [String: [Double]] = [:]
    var notes: [String] = []
    for round in 0...rounds {
      for (test, request) in zip(cases, requests) {
        let start = ContinuousClock.now
        for _ in 0..<test.repeats { test.body() }
        let own = (ContinuousClock.now - start) / .seconds(1) / Double(test.repeats)
        if round > 0 { seconds[test.name, default: []].append(own) }
        if let fits = test.sweep {
          let start = ContinuousClock.now
          Parallel.forEach(fits, threads: Parallel.coreCount) { _ in test.body() }
          let each = (ContinuousClock.now - start) / .seconds(1) / Double(fits)
          if round > 0 { seconds[test.name + "/sweep", default: []].append(each) }
        }
        guard let peer else { continue }
        let answer: Answer = try peer.ask(request)
        if let error = answer.error, round == 0 { notes.append("\(test.name): \(error)") }
        if let theirs = answer.seconds, round > 0 {
          seconds[test.name + "/peer", default: []].append(theirs)
        }
      }
    }
    let median = { (name: String) in seconds[name].map { $0.sorted()[$0.count / 2] } }
    let rows = cases.map { test in
      let (own, theirs) = (median(test.name) ?? 0, median(test.name + "/peer"))
      let each = median(test.name + "/sweep")
      return Row(
        task: test.title, milliseconds: own * 1e3, sweepMilliseconds: each.map { $0 * 1e3 },
        peer: theirs == nil ? nil : test.peer, peerMilliseconds: theirs.map { $0 * 1e3 },
        ratio: theirs.map { $0 / own },
        sweepRatio: each.flatMap { each in theirs.map { $0 / each } })
    }
    show(
      rows, json: json,
      [
        (.text("task"), { .text($0.task) }), (.number("ms", 3), { .number($0.milliseconds) }),
        (.number("ms in sweeps", 3), { .number($0.sweepMilliseconds) }),
        (.text("peer"), { .text($0.peer ?? "") }),
        (.number("ms", 3), { .number($0.peerMilliseconds) }),
        (.number("ratio", 1), { .number($0.ratio) }),
        (.number("in sweeps", 1), { .number($0.sweepRatio) }),
      ], notes: notes)
  }

  /// What a peer is to time.
  private struct Request: Encodable {
    let task: String
    let file: String
    let rows: Int
    let columns: Int
    let repeats: Int
    let labels: String?
  }

  /// How long it took, or why it could not be done.
  private struct Answer: Decodable {
    let seconds: Double?
    let error: String?
  }

  /// A piece of work and what a peer is asked for.
  private struct Case {
    let name: String
    let title: String
    let peer: String
    let repeats: Int
    /// How many are made together on all cores, where a sweep would.
    var sweep: Int?
    let features: Matrix<Double>
    var labels: [Int]?
    let body: @Sendable () -> Void

    func request(in folder: URL) throws -> Request {
      let file = folder.appending(path: "\(name).f64")
      try features.elements.map(\.bitPattern).data.write(to: file)
      var place: String?
      if let labels {
        let path = folder.appending(path: "\(name).i64")
        try labels.map { UInt64($0) }.data.write(to: path)
        place = path.path
      }
      return Request(
        task: name, file: file.path, rows: features.rows, columns: features.columns,
        repeats: repeats, labels: place)
    }
  }

  private static func cases() throws -> [Case] {
    let iris = EmbeddedDataset.iris.load()
    let rows = Scaler(.standard, fittedTo: iris.features).transform(iris.features)
    var stream = RandomStream(key: .standard, purpose: .benchmarkRows, seed: 0)
    let large = Matrix(
      rows: 50_000, columns: 20, elements: (0..<1_000_000).map { _ in stream.normal() })
    let digits = EmbeddedDataset.digits.load()
    var labels = digits.labels
    for row in stream.permutation(of: labels.count).prefix(100) {
      labels[row] = stream.integer(below: 10)
    }
    let validation = CrossValidation(labels, classCount: 10, foldCount: 5, &stream)
    let probabilities = validation.probabilities(
      Problem(
        features: Scaler(.standard, fittedTo: digits.features).transform(digits.features),
        labels: labels, classCount: 10),
      try SoftmaxRegression(c: 0.1), threads: Parallel.coreCount)
    let noisy = labels
    return [
      Case(
        name: "isolation-forest", title: "isolation forest, 150 × 4", peer: "scikit-learn",
        repeats: 5, sweep: 100, features: rows
      ) {
        _ = IsolationForest(on: rows, key: .standard, purpose: .benchmarkForest, seed: 0).scores
      },
      Case(
        name: "one-class-svm", title: "one-class SVM, 150 × 4", peer: "scikit-learn", repeats: 50,
        sweep: 2_000, features: rows
      ) { _ = OneClassMachine(rows, nu: 0.1).decisionValues },
      Case(
        name: "lof", title: "LOF, 150 × 4", peer: "scikit-learn", repeats: 50,
        sweep: 2_000, features: rows
      ) { _ = LocalOutlierFactor(of: rows, neighborCount: 20).scores },
      Case(
        name: "lof-large", title: "LOF, 50,000 × 20", peer: "scikit-learn", repeats: 1,
        features: large
      ) {
        _ = LocalOutlierFactor(of: large, neighborCount: 20, threads: Parallel.coreCount).scores
      },
      Case(
        name: "label-issues", title: "label issues, 1,797 × 10", peer: "cleanlab", repeats: 20,
        features: probabilities, labels: noisy
      ) {
        _ = LabelIssues.flags(labels: noisy, probabilities: probabilities, rule: .noiseRate)
      },
    ]
  }
}

extension [UInt64] {
  /// The bytes of all numbers, the lowest of each first.
  fileprivate var data: Data {
    Data(flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
  }
}

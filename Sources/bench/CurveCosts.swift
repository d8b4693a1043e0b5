import ArgumentParser
import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps

struct CurveCosts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curves",
    abstract: "How long a study of curves takes, against scikit-learn with joblib.",
    discussion: """
      The cells of `runner curves --preset iris-claims` on all cores: three models, two attacks, four \
      levels and all sizes to 1,000 rows, judged on 200 clean rows a seed. The peer does the same cells \
      for a tenth of the seeds, with a process a core; its time for all of them is extrapolated. Rows \
      are drawn, poisoned, scaled and fitted on both sides. Mean accuracies are compared, since the two \
      draw from generators of their own. The peer needs `Scripts/python verify`.

      Example:
        bench curves --peers --seeds 100
      """)

  @Option(help: "Number of seeds; the peer gets a tenth of them.")
  var seeds = 256

  @Option(help: "Rounds of ours, of which the median counts.")
  var rounds = 3

  @Flag(help: "Run scikit-learn beside us.")
  var peers = false

  @Option(help: "The Python that has it.")
  var python = ".venv/bin/python"

  @Flag(help: "Print the result as JSON.")
  var json = false

  private static let presetSeeds = 4_096

  private struct Result: Encodable {
    let cells: Int
    let seeds: Int
    let fitsPerSecond: Double
    let presetSeconds: Double
    let peer: String?
    let peerSeeds: Int?
    let peerFitsPerSecond: Double?
    let peerPresetSeconds: Double?
    let ratio: Double?
    /// The largest difference of the mean accuracies of a cell, in its standard errors.
    let largestDifference: Double?
  }

  private struct Request: Encodable {
    struct Cell: Encodable {
      let attack: String
      let level: Double
      let attacked: Int
      let added: Int
      let model: String
    }
    let means: [[Double]]
    let roots: [[[Double]]]
    let cells: [Cell]
    let validation: Int
    let seeds: Int
    let workers: Int
  }

  private struct Answer: Decodable {
    let seconds: Double
    let accuracy: [Double]
  }

  func validate() throws {
    guard seeds >= 20, rounds >= 1 else {
      throw ValidationError("--seeds must be at least 20 and --rounds at least 1")
    }
  }

  func run() throws {
    let dataset = EmbeddedDataset.iris.load()
    let plan = CurvePlan(
      base: 105, levels: try [0.05, 0.1, 0.5].map { try PoisonLevel($0) })
    let attacks = try ["uniform", "pair"].map { try AttackCatalog.attack($0, for: dataset) }
    let study = try Study(
      dataset: dataset, source: .generator(.gaussian, pool: plan.poolCount, validation: 200),
      conditions: plan.conditions(of: attacks, for: dataset),
      models: try ["softmax", "rbf-svm", "knn"].map { try ModelChoice($0) })
    let engine = StudyEngine(study, threads: Parallel.coreCount)
    var cells: [CellSummary] = []
    let peerSeconds = try peers ? ask(study, seeds: seeds / 10) : nil
    let own = Rounds.medianSeconds(
      rounds, of: [{ cells = engine.summaries(seedCount: seeds) }], warmsUp: false)[0]
    let fits = Double(cells.count)
    let peerRate = peerSeconds.map { fits * Double(seeds / 10) / $0.seconds }
    let result = Result(
      cells: cells.count, seeds: seeds, fitsPerSecond: fits * Double(seeds) / own,
      presetSeconds: own * Double(Self.presetSeeds) / Double(seeds),
      peer: peers ? "scikit-learn, joblib" : nil, peerSeeds: peers ? seeds / 10 : nil,
      peerFitsPerSecond: peerRate,
      peerPresetSeconds: peerRate.map { fits * Double(Self.presetSeeds) / $0 },
      ratio: peerRate.map { fits * Double(seeds) / own / $0 },
      largestDifference: peerSeconds.map { difference(cells, $0, seeds: seeds / 10) })
    print(json ? JSONText.of(result) : lines(result).joined(separator: "\n"))
  }

  private func lines(_ result: Result) -> [String] {
    let whole = { (value: Double) in "\(Int(value.rounded()))" }
    var lines = [
      "\(result.cells) cells, \(result.seeds) seeds, \(Parallel.coreCount) cores",
      "hemlock              \(whole(result.fitsPerSecond)) fits a second; "
        + "iris-claims with 4,096 seeds: \(whole(result.presetSeconds)) s",
    ]
    if let rate = result.peerFitsPerSecond, let seconds = result.peerPresetSeconds,
      let ratio = result.ratio, let difference = result.largestDifference
    {
      lines += [
        "scikit-learn, joblib \(whole(rate)) fits a second; extrapolated: \(whole(seconds)) s",
        "ratio                \(whole(ratio)) ×",
        "mean accuracies differ by at most \(String(format: "%.1f", difference)) standard errors",
      ]
    }
    return lines
  }

  /// The largest difference of accuracies in standard errors of the peer's mean, who has fewer seeds.
  private func difference(_ cells: [CellSummary], _ answer: Answer, seeds: Int) -> Double {
    zip(cells, answer.accuracy).map { cell, accuracy in
      let error = (cell.accuracy.standardDeviation ?? 0) / Double(seeds).squareRoot()
      return abs(cell.accuracy.mean - accuracy) / max(error, 1e-9)
    }.max() ?? 0
  }

  private func ask(_ study: Study, seeds: Int) throws -> Answer {
    let generator = try GaussianGenerator(fittedTo: study.dataset)
    let d = study.dataset.featureCount
    let request = Request(
      means: (0..<generator.means.rows).map { c in (0..<d).map { generator.means[c, $0] } },
      roots: try generator.covariances.map { try Self.root(of: $0) },
      cells: study.conditions.flatMap { condition in
        study.models.map { model in
          Request.Cell(
            attack: condition.attackName, level: condition.level.share,
            attacked: condition.rows?.attacked ?? 0, added: condition.rows?.added ?? 0,
            model: model.model)
        }
      }, validation: study.validationCount, seeds: seeds, workers: Parallel.coreCount)
    return try PeerProcess("curves", python: python, setup: "Scripts/python verify").ask(request)
  }

  /// A with A·A the covariance.
  private static func root(of covariance: Matrix<Double>) throws -> [[Double]] {
    let eigen = try SymmetricEigen(covariance)
    let d = covariance.rows
    return (0..<d).map { i in
      (0..<d).map { j in
        (0..<d).reduce(0) {
          $0 + eigen.vectors[i, $1] * max(eigen.values[$1], 0).squareRoot() * eigen.vectors[j, $1]
        }
      }
    }
  }
}

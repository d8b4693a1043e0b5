import Datasets
import Defenses
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import TestSupport
import Testing

/// Studies of numbers as large and as small as files may have: whatever scaler, attack, defence and model,
/// every measure is a finite number.
struct ExtremeValueTests {
  /// What becomes of normal numbers x of a row and a column.
  private static let patterns: [String: @Sendable (_ row: Int, _ column: Int, Double) -> Double] =
    [
      "one cell": { $0 == 7 && $1 == 0 ? Scaler.largestMagnitude : $2 },
      "two rows": { $0 < 2 ? ($0 == 0 ? 1 : -1) * Scaler.largestMagnitude : $2 },
      "both ends": { $1 == 0 ? ($0 % 4 < 2 ? 1 : -1) * Scaler.largestMagnitude : $2 },
      // The median deviation is tiny, so that quotients would be 1e250 and infinite.
      "tiny but one": { $0 == 3 ? Scaler.largestMagnitude : 1e-200 * $2 },
      "subnormal but one": { $0 == 3 ? Scaler.largestMagnitude : 0x1p-1070 * $2.rounded() },
    ]

  private static func dataset(_ name: String) throws -> Dataset {
    let change = try #require(patterns[name])
    var stream = RandomStream(purpose: RandomPurpose(7), seed: 12)
    let (n, d) = (36, 3)
    return try Dataset(
      name: name,
      features: Matrix(
        rows: n, columns: d,
        elements: (0..<n * d).map {
          change($0 / d, $0 % d, stream.normal() + Double($0 / d % 3))
        }),
      labels: (0..<n).map { $0 % 3 }, classNames: ["a", "b", "c"], featureNames: ["p", "q", "r"],
      targetName: "y")
  }

  @Test(.tags(.slow), arguments: ScalerKind.allCases, patterns.keys.sorted())
  func everyMeasureIsFinite(_ scaler: ScalerKind, _ name: String) throws {
    let dataset = try Self.dataset(name)
    let attacks = try ["out-of-range:kappa=1e300", "cluster"].map {
      try AttackCatalog.attack($0, for: dataset)
    }
    // Vector machines go to the limit of ten million iterations where rows are so far apart: they are below.
    let models = try ["softmax", "knn"].map { try ModelChoice($0) }
    let chains = try (["none"] + DefenseCatalog.names).map {
      try DefenseCatalog.chain($0, for: dataset)
    }.filter { chain in models.contains { chain.isApplicable(to: $0.learner) } }
    let conditions = try chains.flatMap { chain in
      [Condition(attack: attacks[0], level: .clean, defense: chain)]
        + (try attacks.map {
          Condition(attack: $0, level: try PoisonLevel(0.3), defense: chain)
        })
    }
    let study = try Study(
      dataset: dataset, validationShare: 0.25, trustedShare: 0.2, scaler: scaler,
      conditions: conditions, models: models)
    for cell in StudyEngine(study, threads: 2).summaries(seedCount: 3) {
      for (measure, moments) in cell.measures {
        #expect(
          moments.mean.isFinite && moments.squares.isFinite,
          "\(cell.attackName) \(cell.level) \(cell.defenseName) \(cell.modelName): \(measure)")
        #expect(moments.count < 2 || moments.interval() != nil)
      }
    }
  }

  /// A single fit, which has an engine of its own, and its scores.
  @Test(arguments: ScalerKind.allCases, patterns.keys.sorted())
  func everyScoreIsANumber(_ scaler: ScalerKind, _ name: String) throws {
    let study = try Study(
      dataset: try Self.dataset(name), validationShare: 0.25, scaler: scaler,
      scalerPolicy: .trusted,
      conditions: [
        Condition(attack: try OutOfRange(kappa: 1e300), level: try PoisonLevel(0.3))
      ], models: ModelCatalog.names.map { try ModelChoice($0) })
    for model in study.models {
      for seed in 0..<3 {
        let fit = try #require(Fit(study, study.conditions[0], model, seed: UInt32(seed)))
        let strange = fit.evaluation.prediction.scores.elements.filter { !$0.isFinite }
        #expect(strange.isEmpty, "\(model.name)")
        #expect(fit.result.logLoss?.isFinite != false)
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -1e51, 1e308])
  func otherNumbersAreRefused(_ value: Double) throws {
    let dataset = try Dataset(
      name: "s", features: Matrix(rows: 4, columns: 2, elements: [1, 2, 3, 4, 5, value, 7, 8]),
      labels: [0, 0, 1, 1], classNames: ["a", "b"], featureNames: ["f", "g"], targetName: "y")
    let error = #expect(throws: SweepsError.self) {
      try Study(
        dataset: dataset, validationShare: 0.5,
        conditions: [Condition(attack: UniformNoise(), level: .clean)], models: [])
    }
    let text = "\(try #require(error))"
    #expect(text.contains("Row 2 of \"g\"") && text.contains("up to 1e+50"), "\(text)")
  }
}

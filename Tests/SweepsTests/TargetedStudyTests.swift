import Datasets
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import Testing

/// Success and collateral of targeted attacks, from the engine of many seeds.
struct TargetedStudyTests {
  private static func study(
    _ attacks: [String], _ shares: [Double], _ models: [String] = ModelCatalog.names
  ) throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    return try Study(
      dataset: dataset, validationShare: 0.3,
      conditions: [Condition(attack: UniformNoise(), level: .clean)]
        + conditions(attacks, shares, for: dataset),
      models: models.map { kind in try ModelChoice(kind) })
  }

  private static let attacks = [
    "collision", "collision:flow=add", "backdoor:push=1", "backdoor:flow=delete,push=1",
    "subpopulation:clusters=3", "flip",
  ]

  /// The engine's sums are those of single trials, the clean ones for the gain.
  @Test func agreesWithSingleTrials() throws {
    let study = try Self.study(Self.attacks, [0.1, 0.2])
    let seedCount = 10
    let cells = StudyEngine(study, threads: 2).summaries(seedCount: seedCount)
    for (index, condition) in study.conditions.enumerated() {
      for (model, choice) in study.models.enumerated() {
        var expected: [(success: Double?, before: Double?, collateral: Double?)] = []
        for seed in 0..<UInt32(seedCount) {
          let result = study.trial(condition, seed: seed).evaluate(choice.learner).result
          let clean = study.trial(
            Condition(attack: condition.attack, level: .clean), seed: seed
          ).evaluate(choice.learner).result
          expected.append((result.success, clean.success, result.collateral))
        }
        let cell = cells[index * study.models.count + model]
        let name: Comment = "\(cell.attackName) \(cell.level) \(cell.modelName)"
        if condition.level == .clean || condition.attack.threat.goal == .availability {
          #expect(cell[.success].count == 0 && cell[.collateral].count == 0, name)
          #expect(expected.allSatisfy { $0.success == nil && $0.collateral == nil }, name)
          continue
        }
        let successes = expected.compactMap(\.success)
        let gains = expected.compactMap { pair in
          pair.success.flatMap { success in pair.before.map { success - $0 } }
        }
        #expect(cell[.success].count == successes.count && cell[.successGain].count == gains.count)
        // Ten shares in 0...1, added up in two ways.
        let limit = 40 * Double.ulpOfOne
        #expect(abs(cell[.success].mean - mean(successes)) <= limit, name)
        #expect(abs(cell[.successGain].mean - mean(gains)) <= limit, name)
        #expect(
          abs(cell[.collateral].mean - mean(expected.compactMap(\.collateral))) <= limit, name)
      }
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// ⌊5/2⌋ + 1 rows exactly on the target decide the vote of five nearest neighbours.
  @Test func threeCollisionsDecideFiveNeighbours() throws {
    // 105 training rows: 3 % are three rows.
    let study = try Self.study(["collision:beta=0"], [0.03], ["knn"])
    #expect(study.poisonedCounts == [0, 3])
    let cell = StudyEngine(study, threads: 2).summaries(seedCount: 200)[1]
    #expect(cell[.success].count == 200 && cell[.success].mean == 1)
    // Most targets are classified rightly before, so that all of this is the attack's.
    #expect(cell[.successGain].mean > 0.9)
  }

  /// A trigger of all features puts every row on one point, where five poisoned rows are.
  @Test func aWholeRowAsTriggerAlwaysWorks() throws {
    let study = try Self.study(["backdoor:features=0+1+2+3"], [0.05], ["knn"])
    #expect(study.poisonedCounts == [0, 5])
    let cell = StudyEngine(study, threads: 1).summaries(seedCount: 100)[1]
    #expect(cell[.success].count == 100 && cell[.success].mean == 1)
  }

  /// Collateral of a backdoor is a column of the confusion matrix of clean rows.
  @Test func backdoorCollateralIsInTheConfusionMatrix() throws {
    let study = try Self.study(["backdoor:class=1"], [0.3], ["softmax", "knn"])
    let cells = StudyEngine(study, threads: 1).summaries(seedCount: 50)
    for cell in cells.suffix(2) {
      let hit = cell.confusion[0, 1] + cell.confusion[2, 1]
      let others = [0, 2].flatMap { truth in (0..<3).map { cell.confusion[truth, $0] } }
        .reduce(0, +)
      #expect(abs(cell[.collateral].mean - Double(hit) / Double(others)) < 1e-12)
    }
  }
}

import Datasets
import Models
import Poisoning
import Statistics
import Sweeps
import TestSupport
import Testing

/// Every attack of the catalogue, in every flow it has, in a sweep of every model.
@Suite(
  .enabled(if: isOptimizedBuild, "thousands of fits take minutes without optimisation"),
  .tags(.slow))
struct EveryAttackTests {
  private static let table = """
    length,width,kind
    1.0,2.5,a
    1.5,2.0,a
    0.5,3.5,a
    2.0,2.2,a
    1.2,3.1,a
    0.9,2.9,a
    1.1,2.4,a
    3.0,0.5,b
    3.5,1.0,b
    2.5,0.8,b
    3.3,1.2,b
    2.9,0.7,b
    3.8,0.4,b
    2.7,1.1,b
    3.1,0.9,b
    3.6,0.6,b

    """

  /// The data sets of the study and a CSV.
  private static func datasets() throws -> [Dataset] {
    [EmbeddedDataset.iris, .wine, .breastCancer].map { $0.load() } + [
      try CSVReader.read(bytes: Array(table.utf8), name: "table.csv")
    ]
  }

  /// The attacks with the least they need, in each of their flows.
  private static func attacks(_ dataset: Dataset) throws -> [any Attack] {
    try AttackCatalog.entries.flatMap { entry in
      try entry.flows.map { flow in
        let needed = entry.needsParameters ? "\(rates(dataset)),flow=" : "flow="
        return try AttackCatalog.attack("\(entry.name):\(needed)\(flow)", for: dataset)
      }
    }
  }

  /// A noise matrix that moves a quarter of each class to the next.
  private static func rates(_ dataset: Dataset) -> String {
    let k = dataset.classCount
    let rows = (0..<k).map { a in
      (0..<k).map { b in a == b ? "0.75" : b == (a + 1) % k ? "0.25" : "0" }
        .joined(separator: ":")
    }
    return "rates=" + rows.joined(separator: "/")
  }

  @Test(arguments: 0..<4) func runsOnEveryModel(_ index: Int) throws {
    let dataset = try Self.datasets()[index]
    let attacks = try Self.attacks(dataset)
    let study = try Study(
      dataset: dataset,
      conditions: [Condition(attack: UniformNoise(), level: .clean)]
        + attacks.map { Condition(attack: $0, level: try PoisonLevel(0.1)) },
      models: [
        ModelChoice("softmax"), ModelChoice("linear-svm"), ModelChoice("rbf-svm"),
        ModelChoice("knn:n_neighbors=3"),
      ])
    let seedCount = 5
    var cells = study.emptyCells
    var correct: [[UInt32]] = []
    StudyEngine(study, threads: 2).run(seedCount: seedCount) { block in
      cells.add(block)
      correct = block.cells.map(\.correct)
      return true
    }
    #expect(cells.count == study.conditions.count * 4)
    for (cell, summary) in cells.enumerated() {
      let condition = study.conditions[cell / 4]
      #expect(summary.tally.seedCount == seedCount && summary.accuracyDrop.count == seedCount)
      let isTargeted = condition.level != .clean && condition.attack.threat.goal != .availability
      #expect(summary[.success].count <= (isTargeted ? seedCount : 0))
    }
    // One seed of each condition from the engine of single problems, whose support vector machines
    // and nearest neighbours are the same bits.
    for (index, condition) in study.conditions.enumerated() {
      let trial = study.trial(condition, seed: 3)
      #expect(trial.patch.rows.count == study.poisonedCounts[index])
      #expect(trial.training.count == study.trainingCounts[index])
      for model in 1..<4 {
        let single = trial.evaluate(study.models[model].learner).result
        #expect(
          single.confusion.correct == Int(correct[index * 4 + model][3]),
          "\(condition.attackName) \(study.models[model].name)")
      }
    }
  }
}

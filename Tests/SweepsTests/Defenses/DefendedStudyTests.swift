import Datasets
import Defenses
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import Testing

/// Sweeps with defences against single trials.
struct DefendedStudyTests {
  private static func study(
    _ chains: [DefenseChain], attacks: [String] = ["uniform", "flip", "out-of-range:flow=add"],
    models: [String] = ModelCatalog.names, policy: ScalerPolicy = .poisoned,
    dataset: Dataset = EmbeddedDataset.iris.load()
  ) throws -> Study {
    let clean = Condition(attack: UniformNoise(), level: .clean)
    let poisoned = try conditions(attacks, [0.2], for: dataset)
    return try Study(
      dataset: dataset, validationShare: 0.3, trustedShare: 0.2, scalerPolicy: policy,
      conditions: ([clean] + poisoned).flatMap { condition in
        chains.map {
          Condition(attack: condition.attack, level: condition.level, defense: $0)
        }
      }, models: models.map { try ModelChoice($0) })
  }

  /// Every count of a sweep is that of a trial of its own, whatever ran before it in the same lane.
  @Test(arguments: ScalerPolicy.allCases, [EmbeddedDataset.iris, .wine])
  func countsAreThoseOfSingleTrials(_ policy: ScalerPolicy, _ data: EmbeddedDataset) throws {
    let study = try Self.study(sampleChains(), policy: policy, dataset: data.load())
    let block = try #require(
      StudyEngine(study, firstSeed: 40, threads: 2).collect(seedCount: 5).blocks.first)
    for offset in 0..<5 {
      let seed = UInt32(40 + offset)
      for (index, condition) in study.conditions.enumerated() {
        for (number, model) in study.models.enumerated() {
          let cell = block.cells[index * study.models.count + number]
          guard let learner = study.learner(model, in: condition, seed: seed) else {
            #expect(!cell.isFitted)
            continue
          }
          let trial = study.trial(condition, seed: seed, model: model)
          #expect(
            Int(cell.correct[offset]) == trial.evaluate(learner).result.confusion.correct,
            "\(condition.attackName) \(condition.defenseName) \(model.name) \(seed)")
        }
      }
    }
  }

  @Test func cellsAreUnfittedWhereADefenseIsNotForTheModel() throws {
    let study = try Self.study([.none, DefenseChain([.training(Shy())])])
    let (blocks, cells) = StudyEngine(study, threads: 1).collect(seedCount: 4)
    for (index, cell) in cells.enumerated() {
      let isFor = cell.defenseName == "none" || ["softmax", "linear-svm"].contains(cell.model)
      #expect(cell.tally.seedCount == (isFor ? 4 : 0))
      #expect(blocks[0].cells[index].isFitted == isFor)
    }
  }

  @Test func refusesADefenseThatIsForNoModel() throws {
    let error = #expect(throws: SweepsError.self) {
      try Self.study([DefenseChain([.training(Shy())])], models: ["knn", "rbf-svm"])
    }
    #expect("\(try #require(error))".contains("not for knn, rbf-svm"))
  }

  @Test func refusesADefenseWithoutTrustedRows() throws {
    let chain = try DefenseChain([.rows(TrustedNeighbor())])
    let error = #expect(throws: SweepsError.self) {
      try Study(
        dataset: EmbeddedDataset.iris.load(),
        conditions: [Condition(attack: UniformNoise(), level: .clean, defense: chain)],
        models: [ModelChoice("knn")])
    }
    #expect("\(try #require(error))".contains("--trusted"))
  }

  /// A defence that removes nothing leaves every bit as it is without one.
  @Test func removingNothingIsTheIdentity() throws {
    let chain = try DefenseChain([.rows(FarRows(limit: .infinity))])
    let study = try Self.study([.none, chain], attacks: ["uniform", "shuffle"])
    let (blocks, cells) = StudyEngine(study, threads: 2).collect(seedCount: 8)
    let models = study.models.count
    for index in stride(from: 0, to: study.conditions.count, by: 2) {
      for model in 0..<models {
        let (bare, defended) = (index * models + model, (index + 1) * models + model)
        #expect(blocks[0].cells[bare].correct == blocks[0].cells[defended].correct)
        #expect(cells[bare][.logLoss] == cells[defended][.logLoss])
        #expect(cells[bare][.macroF1] == cells[defended][.macroF1])
        #expect(cells[defended].accuracyGain.mean == 0)
        #expect(cells[defended].accuracyGain.count == 8)
        #expect(cells[bare].accuracyGain.count == 0)
      }
    }
  }

  @Test func gainsAndDropsArePairedBySeed() throws {
    let study = try Self.study([.none, DefenseChain([.rows(FarRows())])], models: ["knn"])
    let (blocks, cells) = StudyEngine(study, threads: 2).collect(seedCount: 40)
    let rows = Double(study.validationCount)
    for (index, cell) in cells.enumerated() where cell.defenseName != "none" {
      let own = blocks[0].cells[index].correct.map { Int($0) }
      let bare = blocks[0].cells[index - 1].correct.map { Int($0) }
      let clean = blocks[0].cells[0].correct.map { Int($0) }
      let gain = zip(own, bare).reduce(0) { $0 + $1.0 - $1.1 }
      let drop = zip(clean, own).reduce(0) { $0 + $1.0 - $1.1 }
      #expect(cell.accuracyGain.mean == Double(gain) / (40 * rows))
      #expect(cell.accuracyDrop.mean == Double(drop) / (40 * rows))
    }
  }

  /// The same bits for any number of threads and blocks of any make-up.
  @Test func resultsDoNotDependOnThreads() throws {
    let study = try Self.study(sampleChains(), attacks: ["flip"])
    let one = StudyEngine(study, threads: 1).collect(seedCount: 37).blocks
    let two = StudyEngine(study, threads: 2).collect(seedCount: 37).blocks
    #expect(one == two)
  }

  @Test func detectionIsThatOfTrials() throws {
    let chain = try DefenseChain([.rows(FarRows())])
    let study = try Self.study([.none, chain], attacks: ["out-of-range"], models: ["knn"])
    let cells = StudyEngine(study, threads: 2).summaries(seedCount: 12)
    let index = try #require(
      study.conditions.firstIndex { !$0.defense.isEmpty && $0.level != .clean })
    let measures: [Measure] = [.precision, .recall, .falseAlarmRate, .rocAUC, .precisionAtBudget]
    var expected = [RunningMoments](repeating: RunningMoments(), count: 5)
    for seed in 0..<12 {
      let trial = study.trial(study.conditions[index], seed: UInt32(seed))
      let found = try #require(trial.detection)
      let values = [
        found.precision, found.recall, found.falseAlarmRate, found.rocAUC, found.precisionAtBudget,
      ]
      for (index, value) in values.enumerated() {
        if let value { expected[index].add(value) }
      }
    }
    #expect(measures.map { cells[index][$0] } == expected)
    #expect(cells[index][.recall].mean > 0.5)
    #expect(cells[0][.falseAlarmRate].count == 0)
  }
}

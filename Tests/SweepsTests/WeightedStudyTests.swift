import Datasets
import Defenses
import Documents
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import TestSupport
import Testing

/// Studies of rows that do not count alike in fits.
struct WeightedStudyTests {
  private struct Reference: Decodable {
    struct Machine: Decodable {
      let classes: [Int]
      let margin: Double
    }

    let softmax: [[Double]]
    let difference: Double
    let linear: Machine
    let rbf: Machine
  }

  private static func weight(_ row: Int) -> Double {
    row % 11 == 0 ? 0 : 0.25 + Double(row * 7 % 13) / 8
  }

  /// The rows of wine at some places, with their weights.
  private static func wine(_ rows: [Int]) throws -> Dataset {
    let wine = EmbeddedDataset.wine.load()
    return try Dataset(
      name: "wine", features: wine.features.selectingRows(rows),
      labels: rows.map { wine.labels[$0] }, classNames: wine.classNames,
      featureNames: wine.featureNames, targetName: wine.targetName
    ).weighted(by: SampleWeights(column: "w", values: rows.map(weight)))
  }

  private static let models = ["softmax", "linear-svm", "rbf-svm:C=10,gamma=0.1", "knn"]

  private static func study(
    _ conditions: [Condition], validation: Dataset? = nil, rows: [Int] = Array(0..<178),
    source: RowSource = .split
  ) throws -> Study {
    try Study(
      dataset: try wine(rows), validation: validation, source: source, conditions: conditions,
      models: try models.map { try ModelChoice(Specification($0)) })
  }

  /// Fits are those of scikit-learn with `sample_weight`; see `make_weights_reference.py`.
  @Test func fitsAreThoseOfScikitLearn() throws {
    let reference: Reference = try fixture("weights")
    let judged = try Self.wine((0..<178).filter { $0 % 3 == 0 })
    let study = try Self.study(
      [.clean()], validation: judged, rows: (0..<178).filter { $0 % 3 != 0 })
    let trial = study.trial(study.conditions[0], seed: 0)
    let evaluations = study.models.map { trial.evaluate($0.learner) }
    // ½‖W‖² makes the objective 1-strongly convex in W, so ‖ΔW‖ ≤ √42·1e-8; a probability changes by at most
    // ‖(x, 1)‖ < 10 times as much: 1e-6, and 1e-6 for an intercept, which no penalty holds.
    let probabilities = evaluations[0].prediction.scores
    for (row, expected) in reference.softmax.enumerated() {
      for (label, value) in expected.enumerated() {
        #expect(abs(probabilities[row, label] - value) < 2e-6)
      }
    }
    // Without weights they are others, and decisions are further from 0 than LIBSVM's kernel is from the true one.
    #expect(reference.difference > 1e-2)
    #expect(min(reference.linear.margin, reference.rbf.margin) > 1e-4)
    #expect(evaluations[1].prediction.classes == reference.linear.classes)
    #expect(evaluations[2].prediction.classes == reference.rbf.classes)
    let block = try #require(StudyEngine(study, threads: 1).collect(seedCount: 2).blocks.first)
    for (model, classes) in [(1, reference.linear.classes), (2, reference.rbf.classes)] {
      let correct = zip(classes, trial.validationLabels).count { $0 == $1 }
      #expect(block.cells[model].correct.map(Int.init) == [correct, correct])
    }
  }

  /// Lanes of four seeds say what single fits say, whatever an attack or a defence does with the rows.
  @Test(arguments: [RowSource.split, .growing])
  func enginesAgree(source: RowSource) throws {
    let level = try PoisonLevel(0.2)
    let attacks = ["flip", "uniform", "uniform:flow=add", "flip:flow=delete"]
    var conditions: [Condition] = [.clean()]
    for attack in attacks {
      conditions.append(
        Condition(
          attack: try AttackCatalog.attack(attack, for: EmbeddedDataset.wine.load()), level: level))
    }
    conditions.append(
      Condition(
        attack: try AttackCatalog.attack("flip:flow=add", for: EmbeddedDataset.wine.load()),
        level: level,
        defense: try DefenseCatalog.chain("knn-relabel+lof")))
    if source.grows {
      conditions = conditions.map { condition in
        Condition(
          attack: condition.attack, level: condition.level, defense: condition.defense,
          rows: TrainingRows(attacked: 60, added: 20))
      }
    }
    let study = try Self.study(conditions, source: source)
    let block = try #require(StudyEngine(study, threads: 2).collect(seedCount: 6).blocks.first)
    for offset in 0..<6 {
      for (cell, result) in study.results(seed: UInt32(offset)).enumerated() {
        #expect(
          Int(block.cells[cell].correct[offset]) == result.confusion.correct,
          "cell \(cell), seed \(offset)")
      }
    }
  }

  /// A poisoned row has the weight of the row that it replaces or was made from.
  @Test(arguments: ["flip", "uniform:flow=add", "flip:flow=delete"])
  func poisonedRowsKeepTheWeight(attack: String) throws {
    let condition = Condition(
      attack: try AttackCatalog.attack(attack, for: EmbeddedDataset.wine.load()),
      level: try PoisonLevel(0.3))
    let study = try Self.study([condition])
    let trial = study.trial(condition, seed: 1)
    #expect(trial.problem.weights == trial.training.rowIDs.map(Self.weight))
    #expect(Set(trial.problem.weights).count > 3)
  }

  /// Verdicts multiply weights, and see rows unweighted.
  @Test func verdictsMultiply() throws {
    let chain = try DefenseCatalog.chain("lof")
    let condition = Condition(
      attack: try AttackCatalog.attack("uniform", for: EmbeddedDataset.wine.load()),
      level: try PoisonLevel(0.2), defense: chain)
    let (study, plain) = (
      try Self.study([condition]),
      try Study(
        dataset: EmbeddedDataset.wine.load(), conditions: [condition],
        models: [try ModelChoice("knn")])
    )
    let (weighted, unweighted) = (
      study.trial(condition, seed: 2, model: study.models[0]),
      plain.trial(condition, seed: 2, model: plain.models[0])
    )
    let verdict = try #require(unweighted.defended).weights
    #expect(weighted.defended?.weights == verdict && verdict.contains(0))
    #expect(weighted.scaler.center == unweighted.scaler.center)
    for (row, id) in weighted.training.rowIDs.enumerated() {
      #expect(weighted.problem.weights[row] == verdict[row] * Self.weight(id))
    }
  }

  /// A row of weight 0 is as if it were not there, and one of weight 2 as if it were there twice.
  @Test func weightsAreNumbersOfRows() throws {
    let rows = (0..<178).filter { $0 % 3 != 0 }
    let counts = rows.map { $0 % 4 == 0 ? 0 : $0 % 4 == 1 ? 2 : 1 }
    let repeated = zip(rows, counts).flatMap { Array(repeating: $0, count: $1) }
    let wine = EmbeddedDataset.wine.load()
    let scaled = Scaler(.standard, fittedTo: wine.features).transform(wine.features)
    let part = { (rows: [Int], weights: [Double]?) throws in
      try Dataset(
        name: "part", features: scaled.selectingRows(rows), labels: rows.map { wine.labels[$0] },
        classNames: wine.classNames, featureNames: wine.featureNames, targetName: wine.targetName
      ).weighted(by: weights.map { SampleWeights(column: "w", values: $0) })
    }
    let judged = try part((0..<178).filter { $0 % 3 == 0 }, nil)
    let evaluated = { (dataset: Dataset) throws in
      let study = try Study(
        dataset: dataset, validation: judged, scaler: .none, conditions: [.clean()],
        models: [try ModelChoice("softmax")])
      return study.trial(study.conditions[0], seed: 0).evaluate(study.models[0].learner)
        .prediction.scores.elements
    }
    let weighted = try evaluated(part(rows, counts.map(Double.init)))
    let twice = try evaluated(part(repeated, nil))
    // As above, for each of the two.
    for (a, b) in zip(weighted, twice) { #expect(abs(a - b) < 4e-6) }
  }

  @Test func generatorsHaveNoWeights() throws {
    #expect(throws: SweepsError.self) {
      try Self.study([.clean()], source: .generator(.gaussian, pool: 60, validation: 30))
    }
  }
}

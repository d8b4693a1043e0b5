import Datasets
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import Testing

/// Studies whose models are judged on the rows of another file.
struct ValidationFileTests {
  /// Two thirds of Iris to learn from, and the other third as a file with its columns and classes in another
  /// order.
  private static func sets() throws -> (data: Dataset, other: Dataset, rows: [Int]) {
    let iris = EmbeddedDataset.iris.load()
    let (train, rest) = (
      (0..<150).filter { $0 % 3 != 0 }, (0..<150).filter { $0 % 3 == 0 }
    )
    let data = try Dataset(
      name: "iris", features: iris.features.selectingRows(train),
      labels: train.map { iris.labels[$0] }, classNames: iris.classNames,
      featureNames: iris.featureNames, targetName: iris.targetName)
    let d = iris.featureCount
    let elements = rest.flatMap { row in (0..<d).reversed().map { iris.features[row, $0] } }
    let other = try Dataset(
      name: "rest", features: Matrix(rows: rest.count, columns: d, elements: elements),
      labels: rest.map { 2 - iris.labels[$0] }, classNames: iris.classNames.reversed(),
      featureNames: iris.featureNames.reversed(), targetName: iris.targetName)
    return (data, other, rest)
  }

  private static func study(
    _ attacks: [String] = ["flip"], source: RowSource = .split, trusted: Double = 0
  ) throws -> Study {
    let (data, other, _) = try sets()
    let conditions = try attacks.map {
      Condition(attack: try AttackCatalog.attack($0, for: data), level: try PoisonLevel(0.2))
    }
    return try Study(
      dataset: data, validation: other, trustedShare: trusted, source: source,
      conditions: [.clean()] + conditions,
      models: try ["softmax", "linear-svm", "knn"].map { try ModelChoice($0) })
  }

  @Test func allRowsAreTrainedOnAndTheFilesAreJudgedOn() throws {
    let (iris, rest) = (EmbeddedDataset.iris.load(), try Self.sets().rows)
    let study = try Self.study()
    #expect(study.trainingCount == 100 && study.validationCount == 50)
    #expect(study.validationShare == 0 && study.validationFile?.name == "rest")
    #expect(try study.dataDigest == Self.sets().data.digest)
    for seed: UInt32 in [0, 5] {
      let trial = study.trial(study.conditions[1], seed: seed)
      #expect(trial.split.train == Array(0..<100) && trial.split.validation == Array(100..<150))
      #expect(trial.validationLabels == rest.map { iris.labels[$0] })
      let judged = trial.validationFeatures
      let expected = trial.scaler.transform(iris.features.selectingRows(rest))
      #expect(judged.elements == expected.elements)
      #expect(trial.patch.rows.allSatisfy { $0 < 100 } && trial.patch.rows.count == 20)
    }
    let first = study.trial(study.conditions[1], seed: 0).patch.rows
    #expect(first != study.trial(study.conditions[1], seed: 1).patch.rows)
  }

  /// Lanes of four seeds say what single fits say.
  @Test func enginesAgree() throws {
    let study = try Self.study(["flip", "uniform:flow=add"])
    let block = try #require(StudyEngine(study, threads: 2).collect(seedCount: 6).blocks.first)
    for offset in 0..<6 {
      let results = study.results(seed: UInt32(offset))
      for (cell, result) in results.enumerated() {
        #expect(Int(block.cells[cell].correct[offset]) == result.confusion.correct)
      }
    }
    // Without an attack, seeds have nothing to vary.
    for model in 0..<3 { #expect(Set(block.cells[model].correct).count == 1) }
  }

  @Test func trustedRowsAreRowsOfTheData() throws {
    let study = try Self.study(trusted: 0.1)
    let split = study.trial(study.conditions[0], seed: 4).split
    #expect(split.trusted.count == 10 && split.trusted.allSatisfy { $0 < 100 })
    #expect(Set(split.train).union(split.trusted) == Set(0..<100))
  }

  @Test func growingSetsTakeAllRows() throws {
    let (data, other, _) = try Self.sets()
    var plan = StudyPlan(.curves)
    plan.attacks = ["flip"]
    plan.levels = [try PoisonLevel(0.1)]
    plan.models = [try ModelChoice("knn")]
    let study = try plan.study(of: data, validation: other).study
    #expect(study.trainingCount == 100 && study.validationCount == 50)
    plan.curves.generator = .gaussian
    #expect(throws: SweepsError.self) { try plan.study(of: data, validation: other) }
  }

  /// What does not fit is named, all of it.
  @Test func mismatchesAreNamed() throws {
    let (data, _, _) = try Self.sets()
    let other = try Dataset(
      name: "other", features: Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6]),
      labels: [0, 1, 2], classNames: ["rose", "setosa", "tulip"],
      featureNames: [data.featureNames[0], "scent"], targetName: "species")
    let error = #expect(throws: RowsMismatch.self) { try data.matching(other) }
    #expect(error?.missingColumns == Array(data.featureNames.dropFirst()))
    #expect(error?.unknownColumns == ["scent"])
    let unknown = ["rose", "setosa", "tulip"].filter { !data.classNames.contains($0) }
    #expect(error?.unknownClasses == unknown)
    #expect("\(try #require(error))".contains("rose"))
  }
}

import Datasets
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import Testing

/// Studies of rows that belong together.
struct GroupedStudyTests {
  /// Iris, of which each plant gives two to six flowers of its species.
  private static func iris() -> Dataset {
    let iris = EmbeddedDataset.iris.load()
    return iris.grouped(
      by: RowGroups(column: "plant", rows: (0..<150).map { "\(iris.labels[$0])-\($0 * $0 % 13)" }))
  }

  private static func study(
    _ dataset: Dataset = iris(), validation: Dataset? = nil, trusted: Double = 0,
    source: RowSource = .split
  ) throws -> Study {
    let conditions = try ["flip", "uniform:flow=add", "flip:flow=delete"].map {
      Condition(attack: try AttackCatalog.attack($0, for: dataset), level: try PoisonLevel(0.2))
    }
    return try Study(
      dataset: dataset, validation: validation, trustedShare: trusted, source: source,
      conditions: [.clean()] + conditions,
      models: try ["softmax", "linear-svm", "knn"].map { try ModelChoice($0) })
  }

  /// Lanes of four seeds say what single fits say, for any number of threads.
  @Test(arguments: [RowSource.split, .growing])
  func enginesAgree(source: RowSource) throws {
    let study = try Self.study(source: source)
    #expect(study.trainingCount + study.validationCount + study.setAsideCount == 150)
    let blocks = try [1, 2].map {
      try #require(StudyEngine(study, threads: $0).collect(seedCount: 10).blocks.first)
    }
    for (one, two) in zip(blocks[0].cells, blocks[1].cells) { #expect(one.correct == two.correct) }
    for offset in 0..<10 {
      for (cell, result) in study.results(seed: UInt32(offset)).enumerated() {
        #expect(Int(blocks[0].cells[cell].correct[offset]) == result.confusion.correct)
      }
    }
  }

  @Test func noPlantIsOnBothSides() throws {
    let (study, groups) = (try Self.study(trusted: 0.1), try #require(Self.iris().groups))
    for seed in 0..<UInt32(40) {
      let trial = study.trial(study.conditions[1], seed: seed)
      let sides = [trial.split.train, trial.split.validation, trial.split.trusted].map { rows in
        Set(rows.map { groups.indices[$0] })
      }
      #expect(sides[0].isDisjoint(with: sides[1]) && sides[0].isDisjoint(with: sides[2]))
      #expect(sides[1].isDisjoint(with: sides[2]))
      #expect(trial.training.rowIDs.allSatisfy { !sides[1].contains(groups.indices[$0]) })
    }
  }

  /// Of rows that come in pairs, the nearest neighbour of a row is its twin, whose class it has: across a split
  /// of rows a model of noise looks good, across one of groups it guesses.
  @Test func twinsDoNotFlatter() throws {
    var stream = RandomStream(purpose: RandomPurpose(9_961), seed: 1)
    let (values, labels) = (
      (0..<200).map { _ in [stream.normal(), stream.normal()] }, (0..<400).map { $0 / 2 % 2 }
    )
    let pairs = try Dataset(
      name: "pairs",
      features: Matrix(rows: 400, columns: 2, elements: (0..<400).flatMap { values[$0 / 2] }),
      labels: labels, classNames: ["a", "b"], featureNames: ["x", "y"], targetName: "t")
    let accuracy = { (dataset: Dataset) throws in
      let study = try Study(
        dataset: dataset, conditions: [.clean()],
        models: [try ModelChoice("knn")])
      let results = (0..<UInt32(20)).flatMap { study.results(seed: $0) }
      return results.reduce(0) { $0 + $1.confusion.accuracy } / 20
    }
    let grouped = pairs.grouped(
      by: RowGroups(column: "pair", rows: (0..<400).map { "\($0 / 2)" }))
    // A mean of 20 splits of 200 pairs whose class is a coin's: deviation below 0.05.
    let (flattered, honest) = (try accuracy(pairs), try accuracy(grouped))
    #expect(abs(honest - 0.5) < 0.12, "\(honest)")
    #expect(flattered > honest + 0.08, "\(flattered) and \(honest)")
  }

  /// A file to judge on must not have groups of the data.
  @Test func filesShareNoGroup() throws {
    let iris = EmbeddedDataset.iris.load()
    let part = { (rows: [Int], name: (Int) -> String) throws in
      try Dataset(
        name: "part", features: iris.features.selectingRows(rows),
        labels: rows.map { iris.labels[$0] }, classNames: iris.classNames,
        featureNames: iris.featureNames, targetName: iris.targetName
      ).grouped(by: RowGroups(column: "plant", rows: rows.map(name)))
    }
    let data = try part((0..<150).filter { $0 % 3 > 0 }) { "d\($0 % 20)" }
    let other = try part((0..<150).filter { $0 % 3 == 0 }) { "f\($0 % 20)" }
    let study = try Self.study(data, validation: other, trusted: 0.2)
    #expect(study.validationCount == 50 && study.grouping?.groups == 20)
    let split = study.trial(study.conditions[0], seed: 2).split
    let groups = try #require(study.dataset.groups).indices
    #expect(
      Set(split.trusted.map { groups[$0] }).isDisjoint(with: split.train.map { groups[$0] }))
    let shared = try part((0..<150).filter { $0 % 3 == 0 }) { "d\($0 % 25)" }
    let error = #expect(throws: SweepsError.self) {
      try Self.study(data, validation: shared)
    }
    #expect("\(try #require(error))".contains("of \"plant\" that the data have, too: \"d1\""))
    let without = try Dataset(
      name: "plain", features: other.features, labels: other.labels, classNames: iris.classNames,
      featureNames: iris.featureNames, targetName: iris.targetName)
    let lacking = #expect(throws: SweepsError.self) {
      try Self.study(data, validation: without)
    }
    #expect("\(try #require(lacking))".contains("lacks the columns \"plant\""))
  }

  @Test func generatorsHaveNoGroups() throws {
    #expect(throws: SweepsError.self) {
      try Self.study(source: .generator(.gaussian, pool: 60, validation: 30))
    }
  }
}

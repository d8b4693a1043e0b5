import Datasets
import Documents
import LinAlg
import Poisoning
import TestSupport
import Testing

/// What the targeted attacks make, against their formulas.
struct TargetedAttackTests {
  private static let key = RandomKey.standard

  private static func exposure(
    _ dataset: Dataset, seed: UInt32
  ) throws -> (exposure: Exposure, validation: LabeledRows) {
    let split = try Split.stratified(dataset, validationShare: 0.25, seed: seed)
    let validation = LabeledRows(dataset, rows: split.validation)
    return (
      Exposure(
        TrainingSet(dataset, rows: split.train), key: key, seed: seed, validation: validation),
      validation
    )
  }

  private static func patch(_ attack: any Attack, _ exposure: Exposure, _ count: Int) -> Patch {
    attack.patch(
      exposure.training, count: count, key: key, seed: exposure.seed,
      validation: exposure.validation)
  }

  @Test(arguments: [0, 0.1, 2.5], ["", ",class=virginica"])
  func collisionsLieBetweenTargetAndBase(_ beta: Double, _ target: String) throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = try AttackCatalog.attack("collision:beta=\(beta)\(target)", for: dataset)
    for seed in 0..<UInt32(10) {
      let (exposure, validation) = try Self.exposure(dataset, seed: seed)
      let aim = try #require(attack.aim(exposure, validation: validation))
      let t = try #require(aim.rows.first)
      let wanted = try #require(aim.wanted)
      #expect(aim.rows.count == 1 && validation.labels[t] != wanted && aim.trigger == nil)
      if !target.isEmpty { #expect(wanted == 2) }
      let patch = Self.patch(attack, exposure, 20)
      let features = try #require(patch.features)
      #expect(patch.labels == nil)
      for (index, row) in patch.rows.enumerated() {
        #expect(exposure.training.labels[row] == wanted)
        for column in 0..<4 {
          let base = exposure.training.features[row, column]
          let exact = (validation.features[t, column] + beta * base) / (1 + beta)
          // Four roundings of numbers below 10.
          #expect(abs(features[index, column] - exact) <= 40 * Double.ulpOfOne)
        }
      }
    }
  }

  /// The class a target is to be given is that of its nearest row of another class.
  @Test func collisionsChooseTheNearestOtherClass() throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = try AttackCatalog.attack("collision", for: dataset)
    var targets: Set<Int> = []
    for seed in 0..<UInt32(40) {
      let (exposure, validation) = try Self.exposure(dataset, seed: seed)
      let aim = try #require(attack.aim(exposure, validation: validation))
      let scaler = Scaler(.standard, fittedTo: exposure.training.features)
      let points = scaler.transform(exposure.training.features)
      let target = scaler.transform(validation.features.selectingRows(aim.rows))
      let others = (0..<points.rows).filter {
        exposure.training.labels[$0] != validation.labels[aim.rows[0]]
      }
      let distances = others.map { row in
        (0..<4).reduce(0.0) {
          $0 + (points[row, $1] - target[0, $1]) * (points[row, $1] - target[0, $1])
        }
      }
      let nearest = others[try #require(distances.firstIndex(of: distances.min() ?? 0))]
      #expect(aim.wanted == exposure.training.labels[nearest])
      targets.insert(exposure.validation.map { _ in aim.rows[0] } ?? -1)
    }
    // 40 draws of 38 rows leave fewer than 15 different ones with probability below 1e-6.
    #expect(targets.count >= 15)
  }

  @Test(arguments: [
    ("backdoor", [0, 1], 0), ("backdoor:features=petal width (cm)+0,class=2", [3, 0], 2),
  ])
  func backdoorsAreTheirQuantiles(_ text: String, _ columns: [Int], _ target: Int) throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = try AttackCatalog.attack(text, for: dataset)
    for seed in 0..<UInt32(5) {
      let (exposure, validation) = try Self.exposure(dataset, seed: seed)
      let base = exposure.training
      let aim = try #require(attack.aim(exposure, validation: validation))
      let trigger = try #require(aim.trigger)
      #expect(trigger.columns == columns && aim.wanted == target)
      #expect(aim.rows == validation.labels.indices.filter { validation.labels[$0] != target })
      for (column, value) in zip(trigger.columns, trigger.values) {
        // The definition of a quantile: at least q of the values are at most it, fewer below.
        let values = (0..<base.count).map { base.features[$0, column] }
        let q = 0.99 * Double(base.count)
        #expect(Double(values.count { $0 <= value }) >= q)
        #expect(Double(values.count { $0 < value }) < q)
      }
      let patch = Self.patch(attack, exposure, 30)
      let features = try #require(patch.features)
      #expect(patch.labels?.allSatisfy { $0 == target } == true)
      for (index, row) in patch.rows.enumerated() {
        #expect(base.labels[row] != target)
        for column in 0..<4 {
          let place = columns.firstIndex(of: column)
          let expected = place.map { trigger.values[$0] } ?? base.features[row, column]
          #expect(features[index, column] == expected)
        }
      }
      let triggered = trigger.applied(to: validation.features)
      for row in 0..<validation.count {
        for (column, value) in zip(trigger.columns, trigger.values) {
          #expect(triggered[row, column] == value)
        }
      }
    }
  }

  @Test func aPushedTriggerLiesBeyondTheRange() throws {
    let dataset = EmbeddedDataset.wine.load()
    let attack = try AttackCatalog.attack("backdoor:quantile=1,push=2,features=5", for: dataset)
    let (exposure, validation) = try Self.exposure(dataset, seed: 3)
    let trigger = try #require(attack.aim(exposure, validation: validation)?.trigger)
    let range = try ranges(exposure.training.features)[5]
    let exact = range.upperBound + 2 * (range.upperBound - range.lowerBound)
    #expect(abs(trigger.values[0] - exact) <= 8 * exact.ulp)
    #expect(attack.threat.constraint == .none)
  }

  @Test(arguments: ["subpopulation", "subpopulation:clusters=3"])
  func groupsAreClusters(_ text: String) throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = try AttackCatalog.attack(text, for: dataset)
    for seed in 0..<UInt32(8) {
      let (exposure, validation) = try Self.exposure(dataset, seed: seed)
      let base = exposure.training
      let aim = try #require(attack.aim(exposure, validation: validation))
      let patch = Self.patch(attack, exposure, base.count)
      #expect(aim.wanted == nil && patch.rows.sorted() == Array(0..<base.count))
      #expect(zip(patch.rows, try #require(patch.labels)).allSatisfy { base.labels[$0] != $1 })
      // The rows aimed at lie around the rows taken first: nearer to their mean than the rows taken
      // last are to it, in the mean.
      let scaler = Scaler(.standard, fittedTo: base.features)
      let points = scaler.transform(base.features)
      let centre = (0..<4).map { column in
        patch.rows.prefix(10).reduce(0) { $0 + points[$1, column] } / 10
      }
      let distance = { (matrix: Matrix<Double>, rows: [Int]) in
        rows.reduce(0.0) { sum, row in
          sum
            + (0..<4).reduce(0.0) {
              $0 + (matrix[row, $1] - centre[$1]) * (matrix[row, $1] - centre[$1])
            }
        } / Double(max(rows.count, 1))
      }
      let last = Array(patch.rows.suffix(base.count / 2))
      #expect(
        distance(scaler.transform(validation.features), aim.rows) < distance(points, last))
    }
  }

  @Test func groupsAreRowsOfEqualValues() throws {
    // Two columns of few values: groups of equal rows.
    let features = Matrix<Double>(
      rows: 48, columns: 2,
      elements: (0..<48).flatMap { [Double($0 % 3), Double($0 % 4 / 2)] })
    let dataset = try Dataset(
      name: "grid", features: features, labels: (0..<48).map { $0 / 24 },
      classNames: ["a", "b"], featureNames: ["x", "y"], targetName: "t")
    for (text, columns) in [("x", [0]), ("x+y", [0, 1])] {
      let attack = try AttackCatalog.attack("subpopulation:features=\(text)", for: dataset)
      #expect(attack.specification == "subpopulation:features=\(text)")
      var groups: Set<[Double]> = []
      for seed in 0..<UInt32(80) {
        let (exposure, validation) = try Self.exposure(dataset, seed: seed)
        let aim = try #require(attack.aim(exposure, validation: validation))
        let base = exposure.training
        let patch = Self.patch(attack, exposure, base.count)
        let pattern = columns.map { base.features[patch.rows[0], $0] }
        let isOfGroup = { (matrix: Matrix<Double>, row: Int) in
          columns.map { matrix[row, $0] } == pattern
        }
        #expect(
          aim.rows == (0..<validation.count).filter { isOfGroup(validation.features, $0) })
        let size = (0..<base.count).count { isOfGroup(base.features, $0) }
        #expect(patch.rows.prefix(size).allSatisfy { isOfGroup(base.features, $0) })
        groups.insert(pattern)
      }
      // 80 draws miss one of 6 equal groups with probability below 6·(5/6)⁸⁰ < 3e-6.
      #expect(groups.count == (columns.count == 1 ? 3 : 6))
    }
  }

  /// Targets and groups are drawn uniformly: χ² at a false-alarm rate of 1e-6, seeds fixed.
  @Test func drawsAreUniform() throws {
    let dataset = EmbeddedDataset.iris.load()
    let (first, validation) = try Self.exposure(dataset, seed: 0)
    let exposures = (0..<UInt32(3_700)).map { seed in
      Exposure(first.training, key: Self.key, seed: seed, validation: validation)
    }
    let collision = try AttackCatalog.attack("collision:class=0", for: dataset)
    var targets = [Int](repeating: 0, count: validation.count)
    for exposure in exposures {
      targets[try #require(collision.aim(exposure, validation: validation)?.rows.first)] += 1
    }
    let others = validation.labels.indices.filter { validation.labels[$0] != 0 }
    #expect(targets.reduce(0, +) == others.reduce(0) { $0 + targets[$1] })
    let limits = GoodnessOfFit.chiSquareRange(degrees: others.count - 1, 1e-6)
    #expect(limits.contains(GoodnessOfFit.chiSquare(others.map { targets[$0] })))

    // The row whose petal width makes the group: 22 values of unequal frequency.
    let matching = try AttackCatalog.attack("subpopulation:features=3", for: dataset)
    let widths = (0..<first.training.count).map { first.training.features[$0, 3] }
    var counts: [Double: Int] = [:]
    for exposure in exposures.prefix(2_000) {
      let patch = matching.patch(first.training, count: 1, key: Self.key, seed: exposure.seed)
      counts[widths[patch.rows[0]], default: 0] += 1
    }
    let values = Set(widths)
    let statistic = values.reduce(0.0) { sum, value in
      let expected = 2_000 * Double(widths.count { $0 == value }) / Double(widths.count)
      let difference = Double(counts[value] ?? 0) - expected
      return sum + difference * difference / expected
    }
    #expect(GoodnessOfFit.chiSquareRange(degrees: values.count - 1, 1e-6).contains(statistic))
  }

  @Test func refusesWhatCannotBe() throws {
    let dataset = EmbeddedDataset.iris.load()
    for text in [
      "backdoor:features=petal", "backdoor:features=0+0", "backdoor:features=", "backdoor:class=x",
      "backdoor:quantile=1.1", "backdoor:push=inf", "collision:beta=-1", "collision:class=9",
      "subpopulation:clusters=1", "subpopulation:clusters=x", "subpopulation:features=9",
    ] {
      #expect(throws: SpecificationError.self, "\(text)") {
        try AttackCatalog.attack(text, for: dataset)
      }
    }
    // 113 training rows: 37 or 38 of each class.
    let (exposure, _) = try Self.exposure(dataset, seed: 0)
    let counts = exposure.training.classCounts
    let half = try PoisonLevel(0.5)
    #expect(throws: PoisoningError.self) {
      try AttackCatalog.attack("collision", for: dataset).validate(half, classCounts: counts)
    }
    #expect(throws: PoisoningError.self) {
      try AttackCatalog.attack("backdoor", for: dataset)
        .validate(PoisonLevel(0.8), classCounts: counts)
    }
  }
}

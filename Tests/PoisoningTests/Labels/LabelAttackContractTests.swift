import Datasets
import Documents
import LinAlg
import Models
import Poisoning
import TestSupport
import Testing

/// What label attacks that choose their rows promise, whatever they do.
struct LabelAttackContractTests {
  @Test(arguments: LabelAttackCase.all)
  func spendsNestedBudgetsExactly(_ attackCase: LabelAttackCase) throws {
    let attack = try attackCase.attack()
    let exposure = try attackCase.exposure(seed: 3, granted: attack.threat.seesValidation)
    let base = exposure.training
    let n = base.count
    #expect(attack.capacity(classCounts: base.classCounts) == n)
    let full = attack.patch(exposure, count: n)
    #expect(full.rows.sorted() == Array(0..<n) && full.features == nil)
    for (row, label) in zip(full.rows, try #require(full.labels)) {
      #expect(label != base.labels[row] && (0..<base.classCount).contains(label))
    }
    for count in [0, 1, 2, 3, n / 10, n / 4 + 1, n / 2, n - 1] {
      #expect(attack.patch(exposure, count: count) == full.prefix(count), "\(count) rows")
    }
  }

  /// Alone, in a group of four, in another lane and beside other seeds a seed gets the same.
  @Test(arguments: LabelAttackCase.all)
  func seedsDoNotSeeEachOther(_ attackCase: LabelAttackCase) throws {
    let attack = try attackCase.attack()
    let exposures = try (0..<UInt32(6)).map {
      try attackCase.exposure(seed: $0, granted: attack.threat.seesValidation)
    }
    let count = exposures[0].training.count / 2
    let alone = exposures.map { attack.patch($0, count: count) }
    for group in [[0, 1, 2, 3], [3, 2, 1, 0], [5, 4], [4, 0, 5], [0, 1, 2, 3, 4, 5]] {
      var patches = group.map { _ in Patch(rows: [1, 2]) }
      attack.poison(group.map { exposures[$0] }, count: count, into: &patches)
      #expect(patches == group.map { alone[$0] }, "\(group)")
    }
    #expect(Set(alone.map(\.rows)).count == 6)
  }

  @Test(arguments: LabelAttackCase.specifications)
  func statesItsThreat(_ specification: String) throws {
    let attackCase = LabelAttackCase(sample: .iris, specification: specification)
    let attack = try attackCase.attack()
    #expect(
      attack.threat.seesValidation
        == ["greedy", "reverse-neighbours"].contains { specification.hasPrefix($0) })
    #expect(attack.threat.changes == .labels && attack.threat.constraint == .rows)
  }

  @Test(arguments: LabelAttackCase.specifications)
  func canBeAskedForAgain(_ specification: String) throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = try AttackCatalog.attack(specification, for: dataset)
    #expect(attack.specification == specification)
    #expect(
      try AttackCatalog.attack(attack.specification, for: dataset).specification == specification)
  }

  /// One row, one class, equal rows, huge and tiny values, no spread: always a whole patch.
  @Test(arguments: LabelAttackCase.specifications)
  func survivesAnySet(_ specification: String) throws {
    let huge = Double.greatestFiniteMagnitude
    let columns: [[Double]] = [
      [0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8],
      [huge, -huge, huge, 0, 1, -1, huge, -huge],
      [1e-300, -1e-300, 0, 1e-308, .leastNonzeroMagnitude, 0, 0, 1],
      [1e9, 1e9, 1e9, 1e9 + 1, 1e9, 1e9, -1e9, 1e200], [.nan, 0, 1, .infinity, 2, 3, 4, 5],
    ]
    for labels in [
      [0, 1, 0, 1, 0, 1, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0], [2, 2, 2, 2, 2, 2, 0, 2],
      [0, 1, 2, 0, 1, 2, 0, 1],
    ] {
      for rows in [[3], [0, 1], [0, 1, 2, 3, 4, 5], [6, 7, 0, 3]] {
        let features = Matrix(
          rows: 8, columns: 6, elements: (0..<8).flatMap { row in columns.map { $0[row] } })
        let dataset = try Dataset(
          name: "odd", features: features, labels: labels, classNames: ["a", "b", "c"],
          featureNames: ["u", "v", "w", "x", "y", "z"], targetName: "t")
        let attack = try AttackCatalog.attack(specification, for: dataset)
        let exposure = Exposure(
          TrainingSet(dataset, rows: rows), key: .standard, seed: 1,
          validation: attack.threat.seesValidation
            ? LabeledRows(dataset, rows: [0, 1, 2, 7]) : nil)
        let patch = attack.patch(exposure, count: rows.count)
        #expect(patch.rows.sorted() == Array(0..<rows.count))
        for (row, label) in zip(patch.rows, try #require(patch.labels)) {
          #expect(label != exposure.training.labels[row] && (0..<3).contains(label))
        }
      }
    }
  }

  @Test(arguments: [
    ("near:surrogate=knn", "surrogate", "softmax or linear-svm or rbf-svm"),
    ("near:C=0", "C", "a positive number"), ("far:C=x", "C", "a positive number"),
    ("far:gamma=1", "gamma", "left out unless surrogate=rbf-svm"),
    ("far:surrogate=rbf-svm,gamma=-1", "gamma", "scale, auto or a positive number"),
    ("cluster:size=0", "size", "a whole number from 1 to 1000000"),
    ("cluster:tries=1.5", "tries", "a whole number from 1 to 1000000"),
    ("cluster:surrogate=softmax", "surrogate", "linear-svm or rbf-svm"),
    ("alfa:surrogate=softmax", "surrogate", "linear-svm or rbf-svm"),
    ("alfa:restarts=-1", "restarts", "a whole number from 0 to 1000"),
    ("alfa:flow=add", "flow", "replace or delete"),
    ("greedy:candidates=0", "candidates", "a whole number from 1 to 1000000"),
    ("greedy:C=-1", "C", "a positive number"), ("greedy:flow=add", "flow", "replace or delete"),
    ("reverse-neighbours:n_neighbors=0", "n_neighbors", "a whole number from 1 to 1000000"),
    ("reverse-neighbours:flow=add", "flow", "replace or delete"),
  ])
  func refusesWhatItCannotDo(_ text: String, _ name: String, _ accepted: String) throws {
    let error = try #require(throws: SpecificationError.self) {
      try AttackCatalog.attack(text, for: EmbeddedDataset.iris.load())
    }
    guard case .invalidParameter(name, _, accepted) = error.problem else {
      Issue.record("\(error)")
      return
    }
  }
}

import Datasets
import Defenses
import Foundation
import LinAlg
import Models
import Poisoning
import Reporting
import Store
import Sweeps

extension SweepStore {
  /// A store of a study that was run, in a folder.
  static func of(_ study: Study, in folder: TemporaryFolder, seedCount: Int = 4) throws
    -> SweepStore
  {
    let path = folder.path("study.sqlite")
    let store = try SweepStore(writing: path, study, program: "tests", version: "1")
    try StudyEngine(study, threads: 2).run(seedCount: seedCount) { block throws(StoreError) in
      try store.commit(block, seconds: 0)
      return true
    }
    try store.close()
    return try SweepStore(reading: path)
  }
}

extension Dataset {
  /// Two classes that no line divides well, of these names.
  static func small(_ name: String, classes: [String]) throws -> Dataset {
    try Dataset(
      name: name,
      features: Matrix(rows: 40, columns: 1, elements: (0..<40).map { Double($0 % 13) }),
      labels: (0..<40).map { $0 % classes.count }, classNames: classes, featureNames: ["x"],
      targetName: "y")
  }
}

/// A study of attacks, defences and two models.
func smallStudy(
  _ dataset: Dataset, attacks: [String], shares: [Double], defenses: [String] = ["none"]
) throws -> Study {
  var conditions: [Condition] = []
  for defense in defenses {
    conditions += try (["none"] + attacks).flatMap { attack in
      try (attack == "none" ? [0] : shares).map { share in
        Condition(
          attack: try AttackCatalog.attack(attack == "none" ? "uniform" : attack, for: dataset),
          level: try PoisonLevel(share), defense: try DefenseCatalog.chain(defense, for: dataset))
      }
    }
  }
  return try Study(
    dataset: dataset, conditions: conditions, models: [ModelChoice("softmax"), ModelChoice("knn")])
}

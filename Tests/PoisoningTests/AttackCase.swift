import Datasets
import LinAlg
import Poisoning
import TestSupport
import Testing

/// A data set that attacks are tried on.
enum Sample: String, CaseIterable, Sendable {
  case iris, wine, lopsided

  func dataset() throws -> Dataset {
    switch self {
    case .iris: EmbeddedDataset.iris.load()
    case .wine: EmbeddedDataset.wine.load()
    case .lopsided: try Self.lopsidedSet()
    }
  }

  /// 24 rows in classes of 17, 5, 2 and 0; one feature is constant, one huge, two rows are equal.
  private static func lopsidedSet() throws -> Dataset {
    let labels = Array(repeating: 0, count: 17) + Array(repeating: 1, count: 5) + [2, 2]
    var features = normalMatrix(24, 3, seed: 24)
    for row in 0..<24 {
      features[row, 1] = -0.5
      features[row, 2] *= 1e9
    }
    for column in 0..<3 { features[5, column] = features[4, column] }
    return try Dataset(
      name: "lopsided", features: features, labels: labels, classNames: ["a", "b", "c", "d"],
      featureNames: ["x", "y", "z"], targetName: "t")
  }

  /// The rows that train and those that validate under a seed.
  func rows(
    seed: UInt32 = 1
  ) throws -> (training: TrainingSet, validation: LabeledRows) {
    let dataset = try dataset()
    let split = try Split.stratified(dataset, validationShare: 0.25, seed: seed)
    return (
      TrainingSet(dataset, rows: split.train), LabeledRows(dataset, rows: split.validation)
    )
  }

  func training(seed: UInt32 = 1) throws -> TrainingSet { try rows(seed: seed).training }

  /// Rates between the classes that keep class 1, as the catalogue takes them.
  var rates: String {
    self == .lopsided
      ? "noise-matrix:rates=0.5:0.2:0:0.3/0:1:0:0/0.1:0.2:0.3:0.4/0:0:0:1"
      : "noise-matrix:rates=0.8:0.2:0/0:1:0/0.1:0.1:0.8"
  }
}

/// An attack on a sample, by the text that asks for it.
struct AttackCase: Sendable, CustomTestStringConvertible {
  let sample: Sample
  let specification: String

  var testDescription: String { "\(specification) on \(sample.rawValue)" }

  /// Every attack of the catalogue and variants with parameters, on every sample.
  static let all: [AttackCase] =
    Sample.allCases.flatMap { sample in
      let names = AttackCatalog.entries.filter { !$0.needsParameters }.map(\.name)
      let own = sample == .iris ? ["relabel:class=virginica"] : []
      return (names + variants + [sample.rates] + own).map {
        AttackCase(sample: sample, specification: $0)
      }
    }

  private static let variants = [
    "uniform:range=class", "uniform:label=random", "uniform:range=class,label=random",
    "gaussian:scale=3.0,clip=yes", "gaussian:scale=1e300", "out-of-range:kappa=100",
    "out-of-range:kappa=0.5", "out-of-range:sides=both", "sentinel:value=missing",
    "sentinel:columns=all", "sentinel:value=0,columns=all", "unit-error:kind=divide-10",
    "unit-error:kind=inches,columns=all", "unit-error:kind=decimal,columns=all",
    "unit-error:kind=swap", "duplicates:copies=1", "duplicates:copies=3,class=1",
    "deletion:along=2", "deletion:class=1", "relabel:class=2", "pair:from=0,to=2",
  ]

  /// Those whose name is among the given ones.
  static func named(_ names: String...) -> [AttackCase] {
    all.filter { names.contains(String($0.specification.prefix { $0 != ":" })) }
  }

  func attack() throws -> any Attack {
    try AttackCatalog.attack(specification, for: sample.dataset())
  }

  /// The largest budget tried: attacks that train models are slow at higher ones.
  func largest(_ attack: any Attack, _ base: TrainingSet) -> Int {
    let capacity = attack.capacity(classCounts: base.classCounts)
    return attack.isBlind ? capacity : min(capacity, base.count / 4)
  }

  /// 0, 1, some and all rows that can be poisoned.
  func counts(_ attack: any Attack, _ base: TrainingSet) -> [Int] {
    let largest = largest(attack, base)
    return [0, 1, 2, base.count / 10, largest / 2, largest - 1, largest].filter {
      (0...largest).contains($0)
    }
  }
}

extension Attack {
  /// Whether it learns nothing from the rows but ranges and the like.
  var isBlind: Bool { threat.knowledge == .none && threat.goal == .availability }
}

/// The bit patterns of a matrix, which tell 0 from -0.
func bits(_ matrix: Matrix<Double>) -> [UInt64] {
  matrix.elements.map(\.bitPattern)
}

/// One row of a matrix.
func row(_ matrix: Matrix<Double>, _ index: Int) -> [Double] {
  (0..<matrix.columns).map { matrix[index, $0] }
}

/// The values of a feature.
func column(_ matrix: Matrix<Double>, _ index: Int) -> [Double] {
  (0..<matrix.rows).map { matrix[$0, index] }
}

/// The smallest and largest value of each feature.
func ranges(_ features: Matrix<Double>) throws -> [ClosedRange<Double>] {
  try (0..<features.columns).map { column in
    let values = (0..<features.rows).map { features[$0, column] }
    return try #require(values.min())...#require(values.max())
  }
}

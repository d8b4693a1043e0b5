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

  func validation(seed: UInt32 = 1) throws -> ValidationRows {
    let dataset = try dataset()
    let split = try Split.stratified(dataset, validationShare: 0.25, seed: seed)
    return ValidationRows(dataset, rows: split.validation)
  }

  func training(seed: UInt32 = 1) throws -> TrainingSet {
    let dataset = try dataset()
    let split = try Split.stratified(dataset, validationShare: 0.25, seed: seed)
    return TrainingSet(dataset, rows: split.train)
  }
}

/// An attack on a sample, by the text that asks for it.
struct AttackCase: Sendable, CustomTestStringConvertible {
  let sample: Sample
  let specification: String

  var testDescription: String { "\(specification) on \(sample.rawValue)" }

  /// The attacks of the catalogue that know nothing of the rows, which take them in the common
  /// order.
  static let blindNames = AttackCatalog.entries.filter {
    $0.threat.knowledge == .none && !$0.threat.seesValidation
  }.map(\.name)

  /// Every such attack and variants with parameters, on every sample.
  static let all: [AttackCase] =
    Sample.allCases.flatMap { sample in
      let variants = ["out-of-range:kappa=100", "out-of-range:kappa=0.5", "relabel:class=2"]
      return (blindNames + variants + (sample == .iris ? ["relabel:class=virginica"] : []))
        .map { AttackCase(sample: sample, specification: $0) }
    }

  func attack() throws -> any Attack {
    try AttackCatalog.attack(specification, for: sample.dataset())
  }

  var changesLabels: Bool {
    specification == "flip" || specification.hasPrefix("relabel")
  }

  /// 0, 1, some and all rows that can be poisoned.
  func counts(_ attack: any Attack, _ base: TrainingSet) -> [Int] {
    let capacity = attack.capacity(classCounts: base.classCounts)
    return [0, 1, 2, base.count / 10, capacity / 2, capacity - 1, capacity]
  }
}

/// The bit patterns of a matrix, which tell 0 from -0.
func bits(_ matrix: Matrix<Double>) -> [UInt64] {
  matrix.elements.map(\.bitPattern)
}

/// One row of a matrix.
func row(_ matrix: Matrix<Double>, _ index: Int) -> [Double] {
  (0..<matrix.columns).map { matrix[index, $0] }
}

/// The smallest and largest value of each feature.
func ranges(_ features: Matrix<Double>) throws -> [ClosedRange<Double>] {
  try (0..<features.columns).map { column in
    let values = (0..<features.rows).map { features[$0, column] }
    return try #require(values.min())...#require(values.max())
  }
}

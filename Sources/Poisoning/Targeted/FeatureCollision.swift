public import Datasets
import Documents
import LinAlg

/// Feature collision: rows of one class are moved onto a target row of another, labels kept.
///
///     x_p = (t + β·b) / (1 + β)
///
/// with the target t, a validation row drawn for each seed, and base rows b of the class that the
/// target is to be given. Labels stay true to where the rows came from, so nobody who checks labels
/// sees anything. ⌊k/2⌋ + 1 collisions decide the vote of k nearest neighbours.
///
/// This is the fixed point of forward-backward splitting where features are the inputs themselves.
///
/// Source: Shafahi et al., "Poison frogs!", NeurIPS 2018.
public struct FeatureCollision: SeedwiseAttack, CataloguedAttack {
  /// β, how much of the base row is kept; not negative; default 0.1.
  public let beta: Double

  /// The class the target is to be given; nil for that of the nearest row of another class.
  public let wantedClass: Int?

  private let classText: String

  static let entry = AttackEntry(
    name: "collision", summary: "rows of a class moved onto a row of another, labels kept",
    parameters: [
      .init("beta", "how much of the base row is kept, from 0", default: "0.1"),
      .init("class", "the class the target is to be given", default: "that of its neighbours"),
    ],
    threat: ThreatModel(
      goal: .targeted, knowledge: .data, seesValidation: true, changes: .features, constraint: .none
    )
  ) { parameters throws(SpecificationError) in
    let wanted = try parameters.classIndex("class")
    return FeatureCollision(
      beta: try parameters.number("beta", accepted: "a number from 0 up", where: { $0 >= 0 }),
      wantedClass: wanted?.index, classText: wanted?.text ?? "")
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    var parameters = beta == 0.1 ? [:] : ["beta": "\(beta)"]
    if wantedClass != nil { parameters["class"] = classText }
    return parameters
  }

  /// The rows of the class; of the smallest one where the class depends on the target.
  public func capacity(classCounts: [Int]) -> Int {
    if let wantedClass { return classCounts[wantedClass] }
    let present = classCounts.filter { $0 > 0 }
    return present.count < 2 ? 0 : present.min() ?? 0
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    guard let validation = exposure.validation else {
      preconditionFailure("A collision without a row to collide with")
    }
    let base = exposure.training
    let target = target(exposure, validation)
    patch.begin(featureCount: base.features.columns)
    for row in exposure.order where base.labels[row] == target.wanted && patch.rows.count < count {
      patch.append(row: row)
      for column in 0..<base.features.columns {
        let (t, b) = (validation.features[target.row, column], base.features[row, column])
        // Weights that sum to one, so that no sum leaves the doubles.
        patch.append(feature: t * (1 / (1 + beta)) + b * (beta / (1 + beta)))
      }
    }
  }

  /// The target alone.
  public func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim? {
    let target = target(exposure, validation)
    let isTarget = validation.labels[target.row] != target.wanted
    return Aim(rows: isTarget ? [target.row] : [], wanted: target.wanted)
  }

  /// The target, a validation row that is not of the wanted class where there is one, and the class.
  private func target(
    _ exposure: Exposure, _ validation: LabeledRows
  ) -> (row: Int, wanted: Int) {
    var stream = exposure.stream(.collisionTarget)
    if let wantedClass {
      let others = validation.labels.indices.filter { validation.labels[$0] != wantedClass }
      guard !others.isEmpty else { return (0, wantedClass) }
      return (others[stream.integer(below: others.count)], wantedClass)
    }
    let row = stream.integer(below: validation.count)
    let scaler = Scaler(.standard, fittedTo: exposure.training.features)
    let (labels, own) = (exposure.training.labels, validation.labels[row])
    let points = scaler.transform(exposure.training.features)
    let point = scaler.transform(validation.features.selectingRows([row]))
    // The first of those that tie.
    let neighbor = labels.indices.filter { labels[$0] != own }.min {
      KMeans.distance(points, $0, point, 0) < KMeans.distance(points, $1, point, 0)
    }
    return (row, neighbor.map { labels[$0] } ?? own)
  }
}

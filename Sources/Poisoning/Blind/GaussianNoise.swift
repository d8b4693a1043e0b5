public import Documents
import LinAlg

/// Gaussian feature noise, as wide as the features are.
///
///     x_ij += s·sd_j·z,   z ~ N(0, 1),   sd_j over the clean training rows, divided by n
///
/// Labels stay. Small s is measurement error; from s = 3 on little of the row is left.
///
/// Source: Zhu, Wu, "Class noise vs. attribute noise", Artificial Intelligence Review 22 (2004).
public struct GaussianNoise: SeedwiseAttack, CataloguedAttack {
  /// s, the noise in standard deviations of the feature; positive; default 1.
  public let scale: Double

  /// Whether values outside the range of the clean training rows are moved to its ends.
  public let isClipped: Bool

  /// Chooses the noise.
  ///
  /// - Throws: `SpecificationError` unless the scale is a positive number.
  public init(scale: Double = 1, isClipped: Bool = false) throws(SpecificationError) {
    guard scale > 0, scale.isFinite else {
      throw Self.invalid("scale", "\(scale)", accepted: "a positive number")
    }
    (self.scale, self.isClipped) = (scale, isClipped)
  }

  /// Features, within their ranges if clipped.
  public var threat: ThreatModel {
    ThreatModel(changes: .features, constraint: isClipped ? .box : .none)
  }

  static let entry = AttackEntry(
    name: "gaussian", summary: "normal noise added to the features",
    parameters: [
      .init("scale", "in standard deviations, above 0", default: "1"),
      .init("clip", "no or yes: into the range of the clean rows", default: "no"),
    ],
    threat: ThreatModel(changes: .features, constraint: .none)
  ) { parameters throws(SpecificationError) in
    try GaussianNoise(
      scale: parameters.number("scale"),
      isClipped: parameters.word("clip", of: ["no", "yes"]) == "yes")
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    changed(["scale": "\(scale)", "clip": isClipped ? "yes" : "no"])
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let range = base.range
    let deviations = ColumnMoments(base).deviations
    let d = base.features.columns
    var z: [Double] = []
    patch.begin(featureCount: d)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.gaussianNoise, position: row)
      patch.append(row: row)
      z.removeAll(keepingCapacity: true)
      stream.normals(d, appendingTo: &z)
      for column in 0..<d {
        let noise = scale * deviations[column] * z[column]
        let x = (base.features[row, column] + noise).clampedToFinite
        patch.append(
          feature: isClipped ? min(max(x, range.lower[column]), range.upper[column]) : x)
      }
    }
  }
}

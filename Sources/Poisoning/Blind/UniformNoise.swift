package import LinAlg

/// Uniform in-range feature noise: the study's own attack.
///
///     x_ij ~ U[lo_j, hi_j],   lo and hi the range of feature j over the clean training rows
///
/// Labels stay. Since the noise is the same for every class, with equal priors the Bayes rule of
/// the poisoned distribution is the clean one: what it costs is variance and misspecification.
public struct UniformNoise: BlindAttack {
  /// `uniform`.
  public let name = "uniform"

  /// None.
  public let parameters: [String: String] = [:]

  /// In-range values, labels kept.
  public let threat = ThreatModel(changes: .features, constraint: .box)

  static let entry = AttackEntry(
    "uniform", "features uniform within their range, labels kept",
    threat: UniformNoise().threat
  ) { _ in UniformNoise() }

  private let fixedRange: FeatureRange?

  /// Noise within the range of the training rows of each split.
  public init() {
    fixedRange = nil
  }

  /// Noise within the range of the given rows, whatever the split.
  package init(rangeOf features: Matrix<Double>) {
    fixedRange = FeatureRange(features)
  }

  /// Every row.
  public func capacity(classCounts: [Int]) -> Int { classCounts.reduce(0, +) }

  /// See `BlindAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let range = fixedRange ?? base.range
    patch.begin(featureCount: base.features.columns)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.uniformNoise, position: row)
      patch.append(row: row)
      patch.appendUniforms(from: range.lower, to: range.upper, &stream)
    }
  }
}

extension RandomPurpose {
  static let uniformNoise = RandomPurpose(17)
}

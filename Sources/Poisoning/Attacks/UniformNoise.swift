public import LinAlg

/// Uniform in-range feature noise: the study's own attack.
///
///     x_ij ~ U[lo_j, hi_j],   lo and hi the range of feature j over the clean training rows
///
/// Labels stay. Since the noise is the same for every class, with equal priors the Bayes rule of
/// the poisoned distribution is the clean one: what it costs is variance and misspecification.
public struct UniformNoise: Attack {
  /// `uniform`.
  public let name = "uniform"

  /// None.
  public let parameters: [String: String] = [:]

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

  /// See `Attack`.
  public func poison(
    _ base: TrainingSet, order: [Int], count: Int, key: RandomKey, seed: UInt32,
    into patch: inout Patch
  ) {
    let range = fixedRange ?? base.range
    patch.begin(featureCount: base.features.columns)
    for row in order.prefix(count) {
      var stream = RandomStream(
        key: key, purpose: .uniformNoise, seed: seed, row: base.rowIDs[row])
      patch.append(row: row)
      patch.appendUniforms(from: range.lower, to: range.upper, &stream)
    }
  }
}

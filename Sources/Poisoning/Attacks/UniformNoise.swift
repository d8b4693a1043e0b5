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

  /// Replaces the features of `count` rows; see `Attack`.
  public func patch(_ base: TrainingSet, count: Int, key: RandomKey, seed: UInt32) -> Patch {
    let rows = poisonedRows(base, count: count, key: key, seed: seed)
    let range = fixedRange ?? FeatureRange(base.features)
    var features = Matrix<Double>(rows: count, columns: base.features.columns)
    for (index, row) in rows.enumerated() {
      var stream = RandomStream(
        key: key, purpose: .uniformNoise, seed: seed, row: base.rowIDs[row])
      features.withMutableRow(index) { x in
        for column in x.indices {
          x[column] = stream.uniform(from: range.lower[column], to: range.upper[column])
        }
      }
    }
    return Patch(rows: rows, features: features)
  }
}

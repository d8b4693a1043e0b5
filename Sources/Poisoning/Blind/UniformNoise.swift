import Documents
package import LinAlg

/// Uniform in-range feature noise: that of the course.
///
///     x_ij ~ U[lo_j, hi_j],   lo and hi the range of feature j over the clean training rows
///
/// Labels stay. Since the noise is the same for every class, with equal priors the Bayes rule of
/// the poisoned distribution is the clean one: what it costs is variance and misspecification.
///
/// The range can be that over the rows of the same class, which leaves noise where the class is.
/// The label can be drawn too, uniformly over all K classes, which leaves nothing of the row.
public struct UniformNoise: SeedwiseAttack, CataloguedAttack {
  /// Whose range the noise has.
  public enum Extent: String, Sendable, CaseIterable {
    /// That of all clean training rows.
    case global
    /// That of the clean training rows of the row's class.
    case ofClass = "class"
  }

  /// What becomes of the label.
  public enum Label: String, Sendable, CaseIterable {
    /// It stays.
    case keep
    /// It is drawn uniformly over all classes, its own among them.
    case random
  }

  /// Whose range the noise has; default `global`.
  public let extent: Extent

  /// What becomes of the label; default `keep`.
  public let label: Label

  private let fixedRange: FeatureRange?

  /// Noise within the range of the training rows of each split.
  public init(range extent: Extent = .global, label: Label = .keep) {
    (self.extent, self.label) = (extent, label)
    fixedRange = nil
  }

  /// Noise within the range of the given rows, whatever the split.
  package init(rangeOf features: Matrix<Double>, label: Label = .keep) {
    extent = .global
    self.label = label
    fixedRange = FeatureRange(features)
  }

  /// In-range values; labels too where they are drawn.
  public var threat: ThreatModel {
    ThreatModel(changes: label == .keep ? .features : .both, constraint: .box)
  }

  static let entry = AttackEntry(
    name: "uniform", summary: "features uniform within their range, labels kept",
    parameters: [
      .init("range", "global or class: the rows it is taken over", default: "global"),
      .init("label", "keep or random", default: "keep"),
    ],
    threat: UniformNoise().threat
  ) { parameters throws(SpecificationError) in
    try UniformNoise(
      range: parameters.choice("range"),
      label: parameters.choice("label"))
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    changed(["range": extent.rawValue, "label": label.rawValue])
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let ranges = ranges(base)
    patch.begin(featureCount: base.features.columns, changesLabels: label == .random)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.uniformNoise, position: row)
      let range = ranges[extent == .global ? 0 : base.labels[row]]
      patch.append(row: row)
      patch.appendUniforms(from: range.lower, to: range.upper, &stream)
      if label == .random { patch.append(label: stream.integer(below: base.classCount)) }
    }
  }

  /// One range, or that of each class.
  private func ranges(_ base: TrainingSet) -> [FeatureRange] {
    switch extent {
    case .global: return [fixedRange ?? base.range]
    case .ofClass:
      return (0..<base.classCount).map { label in
        let rows = base.labels.indices.filter { base.labels[$0] == label }
        return FeatureRange(base.features.selectingRows(rows))
      }
    }
  }
}

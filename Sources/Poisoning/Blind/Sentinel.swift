public import Documents
import LinAlg

/// Sentinels: a value that stands for "unknown" and is read as a number.
///
///     x_ij = v,   j one random feature of the row, or every one
///
/// Labels stay. With `missing` the value is lost instead, and what a pipeline with mean imputation
/// fills in stands in its place: the mean of the feature over the clean training rows.
public struct Sentinel: SeedwiseAttack, CataloguedAttack {
  /// What stands in the place of a value.
  public enum Value: Sendable, Equatable {
    /// A finite number.
    case number(Double)
    /// The mean of the feature.
    case missing

    fileprivate var text: String {
      if case .number(let number) = self { "\(number)" } else { "missing" }
    }
  }

  /// v; default −999.
  public let value: Value

  /// The features that are lost.
  public let columns: ColumnChoice

  /// Chooses the value and the features.
  ///
  /// - Throws: `SpecificationError` for a number that is not finite.
  public init(
    value: Value = .number(-999), columns: ColumnChoice = .one
  ) throws(SpecificationError) {
    if case .number(let number) = value, !number.isFinite {
      throw Self.invalid("value", "\(number)", accepted: Self.accepted)
    }
    (self.value, self.columns) = (value, columns)
  }

  private static let accepted = "a finite number or missing"

  /// Features; means are within the range.
  public var threat: ThreatModel {
    ThreatModel(changes: .features, constraint: value == .missing ? .box : .none)
  }

  static let entry = AttackEntry(
    name: "sentinel", summary: "values lost: -999, or the mean filled in",
    parameters: [.init("value", accepted, default: "-999"), ColumnChoice.parameter],
    threat: ThreatModel(changes: .features, constraint: .none)
  ) { parameters throws(SpecificationError) in
    let value: Value =
      parameters.text("value") == "missing"
      ? .missing
      : .number(try parameters.number("value", accepted: accepted, where: { _ in true }))
    return try Sentinel(value: value, columns: parameters.choice("columns"))
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    changed(["value": value.text, "columns": columns.rawValue])
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let d = base.features.columns
    let fillers = fillers(base)
    patch.begin(featureCount: d)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.sentinel, position: row)
      let lost = columns.columns(of: d, &stream)
      patch.append(row: row)
      patch.append(featuresOf: base, row: row)
      for column in lost { patch.changeFeature(column, to: fillers[column]) }
    }
  }

  /// What stands in the place of each feature.
  private func fillers(_ base: TrainingSet) -> [Double] {
    switch value {
    case .number(let number):
      return Array(repeating: number, count: base.features.columns)
    case .missing:
      // A mean of nearly equal values may be rounded out of their range.
      let range = base.range
      return ColumnMoments(base).means.enumerated().map { column, mean in
        min(max(mean, range.lower[column]), range.upper[column])
      }
    }
  }
}

public import Documents
import LinAlg

/// Unit errors: real measurements, written down in the wrong unit or place.
///
///     times-10   x_ij = 10·x_ij            inches   x_ij = 2.54·x_ij
///     divide-10  x_ij = x_ij / 10          decimal  either of the left two, at random
///     swap       x_ij and x_ik exchanged, j ≠ k drawn at random
///
/// Labels stay. Validation of ranges catches most of them; a model without it may follow them.
/// Values beyond the largest double stop there. A row of one feature has none to exchange, so the
/// catalogue refuses `swap` there.
public struct UnitError: SeedwiseAttack, CataloguedAttack {
  /// What goes wrong.
  public enum Kind: String, Sendable, CaseIterable {
    /// The decimal point is one place to the right.
    case times10 = "times-10"
    /// The decimal point is one place to the left.
    case divide10 = "divide-10"
    /// A length in inches was taken for centimetres and converted.
    case inches
    /// The decimal point is one place to either side.
    case decimal
    /// Two features stand in each other's place.
    case swap
  }

  /// What goes wrong; default `times10`.
  public let kind: Kind

  /// The features that are wrong; without meaning for `swap`.
  public let columns: ColumnChoice

  /// Chooses the error.
  ///
  /// - Throws: `SpecificationError` for features to choose where two are exchanged.
  public init(kind: Kind = .times10, columns: ColumnChoice = .one) throws(SpecificationError) {
    guard kind != .swap || columns == .one else {
      throw Self.invalid("columns", columns.rawValue, accepted: "left out with kind=swap")
    }
    (self.kind, self.columns) = (kind, columns)
  }

  static let entry = AttackEntry(
    name: "unit-error", summary: "values in the wrong unit or column",
    parameters: [
      .init("kind", Kind.allCases.map(\.rawValue).joined(separator: ", "), default: "times-10"),
      ColumnChoice.parameter,
    ],
    threat: ThreatModel(changes: .features, constraint: .none)
  ) { parameters throws(SpecificationError) in
    let kind: Kind = try parameters.choice("kind")
    guard kind != .swap || parameters.featureNames.count > 1 else {
      throw parameters.invalid("kind", accepted: "another error: there is one feature alone")
    }
    guard kind != .swap || parameters.text("columns") == nil else {
      throw parameters.invalid("columns", accepted: "left out with kind=swap")
    }
    return try UnitError(kind: kind, columns: parameters.choice("columns"))
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    changed(["kind": kind.rawValue, "columns": columns.rawValue])
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(featureCount: base.features.columns)
    for row in exposure.order.prefix(count) {
      var stream = exposure.stream(.unitError, position: row)
      patch.append(row: row)
      patch.append(featuresOf: base, row: row)
      spoil(base, row, &stream, &patch)
    }
  }

  /// Changes the row added last, a copy of a clean one.
  private func spoil(
    _ base: TrainingSet, _ row: Int, _ stream: inout RandomStream, _ patch: inout Patch
  ) {
    let d = base.features.columns
    if kind == .swap {
      guard d > 1 else { return }
      let first = stream.integer(below: d)
      let second = (first + 1 + stream.integer(below: d - 1)) % d
      patch.changeFeature(first, to: base.features[row, second])
      patch.changeFeature(second, to: base.features[row, first])
      return
    }
    for column in columns.columns(of: d, &stream) {
      let x = base.features[row, column]
      let value =
        switch kind {
        case .times10: x * 10
        case .divide10: x / 10
        case .inches: x * 2.54
        case .decimal: stream.integer(below: 2) == 0 ? x * 10 : x / 10
        case .swap: x
        }
      patch.changeFeature(column, to: value.clampedToFinite)
    }
  }
}

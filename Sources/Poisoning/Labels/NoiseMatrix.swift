public import Documents
import LinAlg

/// Label noise that depends on the class, by a matrix of rates.
///
///     T_ab = P(label b | class a),   Σ_b T_ab = 1
///
/// Features stay. The level says how many rows are poisoned, T which ones and to what: rows are
/// taken in ascending order of E/(1 − T_yy), E ~ Exp(1) for each row, so the next is always drawn
/// with probabilities proportional to 1 − T_yy among those that are left. The new label is drawn
/// from row y of T without its diagonal. Rows of a class that T keeps are never taken.
///
/// Sources: Frénay, Verleysen, "Classification in the presence of label noise", IEEE TNNLS 2014;
/// Efraimidis, Spirakis, "Weighted random sampling with a reservoir", Information Processing
/// Letters 97 (2006), for the order.
public struct NoiseMatrix: SeedwiseAttack, CataloguedAttack {
  /// T, row after row.
  public let rates: [[Double]]

  /// Takes a matrix of rates.
  ///
  /// - Throws: `SpecificationError` unless it is square, of at least two classes, and
  ///   each row has numbers from 0 on that sum to 1 within 10⁻⁹.
  public init(rates: [[Double]]) throws(SpecificationError) {
    guard rates.count > 1, Self.isStochastic(rates) else {
      throw Self.invalid(
        "rates", Self.text(rates),
        accepted: Self.accepted(classCount: max(rates.count, 2)))
    }
    self.rates = rates
  }

  static let entry = AttackEntry(
    name: "noise-matrix", summary: "labels drawn by a matrix of rates between classes",
    parameters: [
      .init("rates", "a row for each class, such as 0.8:0.2/0:1", default: "none: it is needed")
    ],
    threat: ThreatModel(changes: .labels, constraint: .rows), needsParameters: true
  ) { parameters throws(SpecificationError) in
    let accepted = accepted(classCount: parameters.classNames.count)
    guard let text = parameters.text("rates") else {
      throw parameters.missing("rates", accepted: accepted)
    }
    let rows = text.split(separator: "/", omittingEmptySubsequences: false).map { row in
      row.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
    }
    guard rows.count == parameters.classNames.count, isStochastic(rows) else {
      throw parameters.invalid("rates", accepted: accepted)
    }
    return try NoiseMatrix(rates: rows)
  }

  /// The rates, which are always needed.
  public var parameters: [String: String] { ["rates": Self.text(rates)] }

  /// Every row of a class that T does not keep.
  public func capacity(classCounts: [Int]) -> Int {
    zip(classCounts, weights).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
  }

  /// See `SeedwiseAttack`.
  ///
  /// - Precondition: The set has as many classes as the matrix.
  /// - Complexity: O(n·log n), whatever the budget.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    precondition(
      base.classCount == rates.count, "Rates of \(rates.count) classes for \(base.classCount)")
    patch.begin(changesLabels: true)
    guard count > 0 else { return }
    let weights = weights
    let chosen = base.labels.indices.compactMap { row -> (key: Double, row: Int, label: Int)? in
      let weight = weights[base.labels[row]]
      guard weight > 0 else { return nil }
      var stream = exposure.stream(.noiseMatrix, position: row)
      let key = -Lanes.log(1 - stream.uniform()) / weight
      return (key, row, label(base.labels[row], weight, stream.uniform()))
    }
    precondition(chosen.count >= count, "Only \(chosen.count) of \(count) rows can be flipped")
    for choice in chosen.sorted(by: { ($0.key, $0.row) < ($1.key, $1.row) }).prefix(count) {
      patch.append(row: choice.row, label: choice.label)
    }
  }

  /// 1 − T_yy of each class, as the sum of the other rates; 0 where the diagonal is 1.
  private var weights: [Double] {
    rates.indices.map { y in
      rates[y][y] >= 1 ? 0 : rates.indices.reduce(0) { $1 == y ? $0 : $0 + rates[y][$1] }
    }
  }

  /// The label at the quantile u of row y without its diagonal, whose rates sum to `weight`.
  private func label(_ y: Int, _ weight: Double, _ u: Double) -> Int {
    var (sum, label) = (0.0, y)
    for other in rates.indices where other != y && rates[y][other] > 0 {
      label = other
      sum += rates[y][other]
      if u * weight < sum { break }
    }
    return label
  }

  private static func isStochastic(_ rates: [[Double]]) -> Bool {
    rates.allSatisfy { row in
      row.count == rates.count && row.allSatisfy { $0 >= 0 && $0.isFinite }
        && abs(row.reduce(0, +) - 1) <= 1e-9
    }
  }

  private static func text(_ rates: [[Double]]) -> String {
    rates.map { $0.map { "\($0)" }.joined(separator: ":") }.joined(separator: "/")
  }

  private static func accepted(classCount: Int) -> String {
    let example = (0..<classCount).map { a in
      (0..<classCount).map { $0 == a ? "1" : "0" }.joined(separator: ":")
    }
    return "\(classCount) rows of \(classCount) rates that sum to 1, such as "
      + (classCount > 4 ? "1:0/0:1 for two classes" : example.joined(separator: "/"))
  }
}

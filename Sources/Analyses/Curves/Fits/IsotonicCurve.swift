/// The rising curve nearest to points, straight between them: no form is assumed but that more rows do
/// not harm.
///
///     minimise  Σ ((yᵢ − gᵢ)/SEᵢ)²   subject to  g₁ ≤ g₂ ≤ …
///
/// Source: Barlow, Bartholomew, Bremner, Brunk, "Statistical Inference under Order Restrictions" (1972),
/// the pool-adjacent-violators algorithm.
public struct IsotonicCurve: Sendable, Equatable {
  /// The sizes, ascending.
  public let rows: [Double]

  /// The accuracy at each.
  public let accuracies: [Double]

  /// Fits points.
  ///
  /// - Precondition: At least one point, and no two of one size.
  public init(_ points: [CurvePoint]) {
    let sorted = points.sorted { $0.rows < $1.rows }
    precondition(
      !sorted.isEmpty && zip(sorted, sorted.dropFirst()).allSatisfy { $0.rows < $1.rows },
      "\(points.count) points are none or share a size")
    var blocks: [(value: Double, weight: Double, count: Int)] = []
    for point in sorted {
      let weight = 1 / (point.standardError * point.standardError)
      blocks.append((point.accuracy, weight, 1))
      while blocks.count > 1, blocks[blocks.count - 2].value > blocks[blocks.count - 1].value {
        let (last, before) = (blocks.removeLast(), blocks.removeLast())
        let weight = before.weight + last.weight
        blocks.append(
          (
            (before.value * before.weight + last.value * last.weight) / weight, weight,
            before.count + last.count
          ))
      }
    }
    rows = sorted.map(\.rows)
    accuracies = blocks.flatMap { Array(repeating: $0.value, count: $0.count) }
  }

  /// The fewest rows with at least an accuracy; nil where the points do not reach it.
  public func rows(reaching accuracy: Double) -> Double? {
    guard let place = accuracies.firstIndex(where: { $0 >= accuracy }) else { return nil }
    guard place > 0, accuracies[place] > accuracies[place - 1] else { return rows[place] }
    let share =
      (accuracy - accuracies[place - 1]) / (accuracies[place] - accuracies[place - 1])
    return rows[place - 1] + share * (rows[place] - rows[place - 1])
  }
}

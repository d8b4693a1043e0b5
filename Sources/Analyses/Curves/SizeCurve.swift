/// Accuracy at ascending sizes, read as a rising curve that is straight between them.
///
/// Where it rises the values are pooled to a rising sequence first, which takes off most of the noise; a
/// curve that falls somewhere is taken as it is.
struct SizeCurve: Sendable {
  private let path: [(size: Int, cell: Int)]
  private let surface: AccuracySurface

  /// Whether no size is significantly worse than the one before.
  let isRising: Bool

  /// A curve over cells, smallest size first.
  init(_ path: [(size: Int, cell: Int)], of surface: AccuracySurface) {
    (self.path, self.surface) = (path, surface)
    isRising = surface.rises(path.map(\.cell))
  }

  /// The fewest rows that reach an accuracy; ∞ where no size does, −∞ where the smallest does.
  func rows(reaching accuracy: Double, _ means: [Double]) -> Double {
    let points = surface.points(path, means)
    let (sizes, values) = (
      points.map(\.rows), isRising ? points.pooledAccuracies : points.map(\.accuracy)
    )
    guard let place = values.firstIndex(where: { $0 >= accuracy }) else { return .infinity }
    guard place > 0 else { return -.infinity }
    let share = (accuracy - values[place - 1]) / (values[place] - values[place - 1])
    return sizes[place - 1] + share * (sizes[place] - sizes[place - 1])
  }
}

extension [CurvePoint] {
  /// The accuracies of the rising curve nearest to points, smallest size first: no form is assumed but that
  /// more rows do not harm.
  ///
  ///     minimise  Σ ((yᵢ − gᵢ)/SEᵢ)²   subject to  g₁ ≤ g₂ ≤ …
  ///
  /// - Precondition: Sizes ascend.
  ///
  /// Source: Barlow, Bartholomew, Bremner, Brunk, "Statistical Inference under Order Restrictions" (1972),
  /// the pool-adjacent-violators algorithm.
  package var pooledAccuracies: [Double] {
    precondition(zip(self, dropFirst()).allSatisfy { $0.rows < $1.rows }, "Sizes must ascend")
    var blocks: [(value: Double, weight: Double, count: Int)] = []
    for point in self {
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
    return blocks.flatMap { [Double](repeating: $0.value, count: $0.count) }
  }
}

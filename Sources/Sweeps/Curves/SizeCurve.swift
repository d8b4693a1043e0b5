/// Accuracy at ascending sizes, read as a rising curve that is straight between them.
///
/// Where it rises the values are pooled to a rising sequence first, which takes off most of the noise; a
/// curve that falls somewhere is taken as it is.
struct SizeCurve: Sendable {
  private let sizes: [Double]
  private let cells: [Int]
  private let weights: [Double]
  private let rises: Bool

  /// A curve over cells, `base` rows of which are in every size.
  init(_ path: [(size: Int, cell: Int)], of surface: AccuracySurface) {
    sizes = path.map { Double($0.size) }
    cells = path.map(\.cell)
    // A cell whose accuracy is the same under every seed has no error; it weighs as one that hardly has.
    weights = cells.map { 1 / max(surface.standardErrors[$0] * surface.standardErrors[$0], 1e-12) }
    rises = surface.rises(cells)
  }

  /// Whether no size is significantly worse than the one before.
  var isRising: Bool { rises }

  /// The fewest rows that reach an accuracy; ∞ where no size does, −∞ where the smallest does.
  func rows(reaching accuracy: Double, _ means: [Double]) -> Double {
    let values = rises ? pooled(means) : cells.map { means[$0] }
    guard let place = values.firstIndex(where: { $0 >= accuracy }) else { return .infinity }
    guard place > 0 else { return -.infinity }
    let share = (accuracy - values[place - 1]) / (values[place] - values[place - 1])
    return sizes[place - 1] + share * (sizes[place] - sizes[place - 1])
  }

  /// The nearest rising sequence, by pooling neighbours that fall.
  private func pooled(_ means: [Double]) -> [Double] {
    var blocks: [(value: Double, weight: Double, count: Int)] = []
    for (cell, weight) in zip(cells, weights) {
      blocks.append((means[cell], weight, 1))
      while blocks.count > 1, blocks[blocks.count - 2].value > blocks[blocks.count - 1].value {
        let (last, before) = (blocks.removeLast(), blocks.removeLast())
        let weight = before.weight + last.weight
        let value = (before.value * before.weight + last.value * last.weight) / weight
        blocks.append((value, weight, before.count + last.count))
      }
    }
    return blocks.flatMap { Array(repeating: $0.value, count: $0.count) }
  }
}

/// Accuracy at ascending sizes, read as a rising curve that is straight between them.
///
/// Where it rises the values are pooled to a rising sequence first, which takes off most of the noise; a
/// curve that falls somewhere is taken as it is.
struct SizeCurve: Sendable {
  private let sizes: [Double]
  private let cells: [Int]
  private let errors: [Double]
  private let rises: Bool

  /// A curve over cells, smallest size first.
  init(_ path: [(size: Int, cell: Int)], of surface: AccuracySurface) {
    sizes = path.map { Double($0.size) }
    cells = path.map(\.cell)
    // A cell whose accuracy is the same under every seed has no error; it weighs as one that hardly has.
    errors = cells.map { max(surface.standardErrors[$0], 1e-6) }
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

  /// The nearest rising sequence.
  private func pooled(_ means: [Double]) -> [Double] {
    IsotonicCurve(
      cells.indices.map {
        CurvePoint(rows: sizes[$0], accuracy: means[cells[$0]], standardError: errors[$0])
      }
    ).accuracies
  }
}

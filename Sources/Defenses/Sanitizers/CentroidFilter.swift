import LinAlg
import Models

/// Removes the rows of each class that lie farthest from its centre, or farthest along the lines to
/// the centres of other classes.
///
///     sphere: ‖x − μ_y‖        slab: max over b ≠ y of |(x − μ_y)ᵀ(μ_y − μ_b)| / ‖μ_y − μ_b‖
///
/// Of the n_c rows of a class, round(rate·n_c) go. Scores are standardised class by class. A mean is
/// moved by the poison itself; the median of each feature is moved less.
///
/// Source: Steinhardt, Koh, Liang, "Certified defenses for data poisoning attacks", NIPS 2017,
/// section 2.1; for more than two classes the slab is that of the pair in which the row lies worst.
struct CentroidFilter: RowDefense {
  /// What is measured.
  enum Shape: String, Sendable { case sphere, slab }

  /// What the centre of a class is.
  enum Center: String, CaseIterable, Sendable { case mean, median }

  let shape: Shape
  let center: Center
  let rate: Double

  var name: String { shape.rawValue }

  var parameters: [String: String] {
    changed(["rate": "\(rate)", "center": center.rawValue])
  }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    let rowsOfClass = suspects.rowsOfClass
    let centers = rowsOfClass.map { $0.isEmpty ? nil : center(of: $0, suspects.features) }
    var scores = [Double](repeating: 0, count: suspects.count)
    var isRemoved = [Bool](repeating: false, count: suspects.count)
    for (label, rows) in rowsOfClass.enumerated() {
      guard let own = centers[label] else { continue }
      let distances = rows.map { row in
        suspects.features.withRow(row) { distance($0, own, centers, label) }
      }
      let flags = Threshold.rate(rate).isExceeded(by: distances, trusted: [])
      let spread = UpperSpread(distances)
      for (place, row) in rows.enumerated() {
        scores[row] = spread.standardized(distances[place])
        isRemoved[row] = flags[place]
      }
    }
    return Verdict(suspects, scores: scores, isRemoved: isRemoved)
  }

  private func center(of rows: [Int], _ features: Matrix<Double>) -> [Double] {
    (0..<features.columns).map { j in
      let values = rows.map { features.elements[$0 * features.columns + j] }
      guard center == .median else { return values.reduce(0, +) / Double(values.count) }
      let sorted = values.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
  }

  private func distance(
    _ x: borrowing Span<Double>, _ own: [Double], _ centers: [[Double]?], _ label: Int
  ) -> Double {
    guard shape == .slab else {
      var sum = 0.0
      for j in own.indices { sum += (x[j] - own[j]) * (x[j] - own[j]) }
      return finite(sum.squareRoot())
    }
    var worst = 0.0
    for (other, center) in centers.enumerated() where other != label {
      guard let center else { continue }
      var (product, norm) = (0.0, 0.0)
      for j in own.indices {
        let direction = own[j] - center[j]
        product += (x[j] - own[j]) * direction
        norm += direction * direction
      }
      if norm > 0 { worst = max(worst, finite(abs(product) / norm.squareRoot())) }
    }
    return worst
  }

  private func finite(_ value: Double) -> Double {
    value.isFinite ? value : .greatestFiniteMagnitude
  }
}

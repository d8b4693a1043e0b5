import Foundation
package import LinAlg

/// Mean and covariance of some points, and how far others lie from them.
///
///     D²(x) = (x − m)ᵀ Σ⁻¹ (x − m)
///
/// The covariance divides by the number of points. Where it is singular, a millionth of its mean
/// variance, or of 1 where there is none, is added to each variance: points off the plane of all others are
/// then very far, not infinitely.
package struct Scatter: Sendable {
  /// The mean m, d numbers.
  package let mean: [Double]

  /// The covariance Σ, d × d, as it is inverted.
  package let covariance: Matrix<Double>

  /// ln det Σ.
  package let logDeterminant: Double

  /// L with Σ = LLᵀ; nil where not even a larger ridge gives one, and Σ is taken for the identity.
  private let factor: OrderedFactor?

  /// The share of its variance that a pivot must have: less is rounding.
  private static let leastPivot = 1e-12

  /// The scatter of the points (n × d) at the given positions, with Σ multiplied by `factor`.
  ///
  /// - Precondition: At least one position.
  package init(of points: Matrix<Double>, rows: [Int], factor: Double = 1) {
    precondition(!rows.isEmpty, "No points have a mean")
    let d = points.columns
    let x = points.elements.span
    var mean = [Double](repeating: 0, count: d)
    for row in rows {
      for j in 0..<d { mean[j] += x[row * d + j] }
    }
    for j in 0..<d { mean[j] /= Double(rows.count) }
    var offsets = OrderedPanels(rowCount: rows.count, columnCount: d)
    for (place, row) in rows.enumerated() {
      offsets.setRow(place) { x[row * d + $0] - mean[$0] }
    }
    let products = offsets.products
    let covariance = products.elements.map { $0 * (factor / Double(rows.count)) }
    self.init(mean: mean, covariance: Matrix(rows: d, columns: d, elements: covariance))
  }

  /// The scatter of a mean and a covariance that are known.
  package init(mean: [Double], covariance: Matrix<Double>) {
    let d = mean.count
    self.mean = mean
    let trace = (0..<d).reduce(0) { $0 + covariance.elements[$1 * d + $1] }
    var elements = covariance.elements
    var factor = OrderedFactor(covariance, tolerance: Self.leastPivot)
    var ridge = 1e-6 * (trace > 0 && trace.isFinite ? trace / Double(d) : 1)
    while factor == nil, ridge < .infinity {
      for j in 0..<d { elements[j * d + j] += ridge }
      ridge *= 10
      factor = OrderedFactor(
        Matrix(rows: d, columns: d, elements: elements), tolerance: Self.leastPivot)
    }
    self.covariance = Matrix(rows: d, columns: d, elements: elements)
    self.factor = factor
    logDeterminant = factor?.diagonal.reduce(0) { $0 + 2 * log($1) } ?? 0
  }

  /// The squared distance of each point (m × d).
  package func squaredDistances(of points: Matrix<Double>) -> [Double] {
    guard points.rows > 0 else { return [] }
    guard let factor else {
      return (0..<points.rows).map { row in
        let squared = (0..<mean.count).reduce(0.0) { sum, j in
          sum + (points[row, j] - mean[j]) * (points[row, j] - mean[j])
        }
        return squared.isFinite ? squared : .greatestFiniteMagnitude
      }
    }
    return factor.inverse.squaredLengths(of: points, from: mean).map {
      $0.isFinite ? $0 : .greatestFiniteMagnitude
    }
  }
}

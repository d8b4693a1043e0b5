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

  private let inverseFactor: [Double]

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
    var sums = [Double](repeating: 0, count: d * d)
    var offset = mean
    for row in rows {
      for j in 0..<d { offset[j] = x[row * d + j] - mean[j] }
      for j in 0..<d {
        for k in 0...j { sums[j * d + k] += offset[j] * offset[k] }
      }
    }
    for j in 0..<d {
      for k in 0...j {
        sums[j * d + k] *= factor / Double(rows.count)
        sums[k * d + j] = sums[j * d + k]
      }
    }
    self.init(mean: mean, covariance: Matrix(rows: d, columns: d, elements: sums))
  }

  /// The scatter of a mean and a covariance that are known.
  package init(mean: [Double], covariance: Matrix<Double>) {
    let d = mean.count
    self.mean = mean
    let trace = (0..<d).reduce(0) { $0 + covariance.elements[$1 * d + $1] }
    var elements = covariance.elements
    var factor = Self.cholesky(elements, d)
    var ridge = 1e-6 * (trace > 0 && trace.isFinite ? trace / Double(d) : 1)
    while factor == nil, ridge < .infinity {
      for j in 0..<d { elements[j * d + j] += ridge }
      ridge *= 10
      factor = Self.cholesky(elements, d)
    }
    let lower = factor ?? (0..<d * d).map { $0 % (d + 1) == 0 ? 1 : 0 }
    self.covariance = Matrix(rows: d, columns: d, elements: elements)
    logDeterminant = (0..<d).reduce(0) { $0 + 2 * log(lower[$1 * d + $1]) }
    inverseFactor = Self.inverse(lower, d)
  }

  /// The squared distance of each point (m × d).
  package func squaredDistances(of points: Matrix<Double>) -> [Double] {
    let d = mean.count
    let (x, w) = (points.elements.span, inverseFactor.span)
    var offset = mean
    return (0..<points.rows).map { row in
      for j in 0..<d { offset[j] = x[row * d + j] - mean[j] }
      var total = 0.0
      for j in 0..<d {
        var z = 0.0
        for k in 0...j { z += w[j * d + k] * offset[k] }
        total += z * z
      }
      return total.isFinite ? total : .greatestFiniteMagnitude
    }
  }

  /// L with Σ = LLᵀ; nil where a pivot is not above the rounding of its variance.
  private static func cholesky(_ matrix: [Double], _ d: Int) -> [Double]? {
    var lower = matrix
    for j in 0..<d {
      var pivot = lower[j * d + j]
      for k in 0..<j { pivot -= lower[j * d + k] * lower[j * d + k] }
      guard pivot > 1e-12 * matrix[j * d + j], pivot.isFinite else { return nil }
      let root = pivot.squareRoot()
      lower[j * d + j] = root
      for i in j + 1..<max(d, j + 1) {
        var value = lower[i * d + j]
        for k in 0..<j { value -= lower[i * d + k] * lower[j * d + k] }
        lower[i * d + j] = value / root
      }
    }
    return lower
  }

  /// L⁻¹ of a lower triangle.
  private static func inverse(_ lower: [Double], _ d: Int) -> [Double] {
    var result = [Double](repeating: 0, count: d * d)
    for column in 0..<d {
      result[column * d + column] = 1 / lower[column * d + column]
      for i in column + 1..<max(d, column + 1) {
        var value = 0.0
        for k in column..<i { value -= lower[i * d + k] * result[k * d + column] }
        result[i * d + column] = value / lower[i * d + i]
      }
    }
    return result
  }
}

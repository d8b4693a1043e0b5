package import Documents
package import LinAlg

/// The similarity of two rows that a support vector machine works with.
public enum Kernel: Sendable, Equatable {
  /// k(x, z) = xᵀz.
  case linear
  /// k(x, z) = exp(−γ‖x − z‖²).
  case rbf(gamma: Gamma)

  /// The kernel with its parameters resolved for a training set of n × d features.
  func resolved(for features: Matrix<Double>) -> KernelFunction {
    switch self {
    case .linear: .linear
    case .rbf(let gamma): .rbf(gamma: gamma.resolved(for: features))
    }
  }
}

/// How the width of the RBF kernel is chosen, as scikit-learn's `gamma`.
public enum Gamma: Sendable, Equatable, CustomStringConvertible {
  /// 1 / (d · variance of all elements of the training features); 1 when they are all equal.
  case scale
  /// 1 / d.
  case auto
  /// A positive number.
  case value(Double)

  /// What can be written for it, in words.
  package static let accepted = "scale, auto or a positive number"

  /// `scale`, `auto` or the number.
  public var description: String {
    switch self {
    case .scale: "scale"
    case .auto: "auto"
    case .value(let gamma): gamma.plainDescription
    }
  }

  /// γ for a training set of n × d features.
  ///
  /// Numerics: the variance takes two passes, each of which sums column by column in the order of rows.
  func resolved(for features: Matrix<Double>) -> Double {
    guard case .scale = self else { return fixed(featureCount: features.columns) }
    let (n, d) = (features.rows, features.columns)
    let x = features.elements.span
    var sums = [Double](repeating: 0, count: d)
    for row in 0..<n {
      for j in 0..<d { sums[j] += x[row * d + j] }
    }
    let count = Double(max(n * d, 1))
    let mean = sums.reduce(0, +) / count
    var squares = [Double](repeating: 0, count: d)
    for row in 0..<n {
      for j in 0..<d {
        let deviation = x[row * d + j] - mean
        squares[j] += deviation * deviation
      }
    }
    return Self.inverse(squares.reduce(0, +) / count, featureCount: d)
  }

  /// γ of each lane of a batch; the numbers of `resolved(for:)` without the rows of weight 0.
  func resolved(for batch: SeedBatch) -> Quad {
    let (n, d) = (batch.shape.sampleCount, batch.shape.featureCount)
    guard case .scale = self else { return Quad(repeating: fixed(featureCount: d)) }
    // Selected, not multiplied by 0: an absent row may be too large to square.
    let zero = Quad(repeating: 0)
    let (w0, w1, w2, w3) = (
      batch.weights[0], batch.weights[1], batch.weights[2], batch.weights[3]
    )
    func isPresent(_ row: Int) -> LaneMask { Quad(w0[row], w1[row], w2[row], w3[row]) .> zero }
    var count = zero
    for row in 0..<n { count += zero.replacing(with: Double(d), where: isPresent(row)) }
    count = larger(count, Quad(repeating: 1))
    var total = zero
    for j in 0..<d {
      var sum = zero
      for row in 0..<n {
        sum += zero.replacing(with: batch.columns[j * n + row], where: isPresent(row))
      }
      total += sum
    }
    let mean = total / count
    total = zero
    for j in 0..<d {
      var sum = zero
      for row in 0..<n {
        let deviation = batch.columns[j * n + row] - mean
        sum += zero.replacing(with: deviation * deviation, where: isPresent(row))
      }
      total += sum
    }
    let variance = total / count
    return Quad(
      Self.inverse(variance[0], featureCount: d), Self.inverse(variance[1], featureCount: d),
      Self.inverse(variance[2], featureCount: d), Self.inverse(variance[3], featureCount: d))
  }

  private func fixed(featureCount: Int) -> Double {
    if case .value(let gamma) = self { gamma } else { 1 / Double(max(featureCount, 1)) }
  }

  private static func inverse(_ variance: Double, featureCount: Int) -> Double {
    variance > 0 && variance.isFinite ? 1 / (Double(featureCount) * variance) : 1
  }
}

extension SpecificationParameters {
  /// The width of an RBF kernel; `scale` when it was not given.
  package func gamma(_ name: String) throws(SpecificationError) -> Gamma {
    switch text(name) {
    case nil, "scale": .scale
    case "auto": .auto
    default: .value(try number(name, accepted: Gamma.accepted))
    }
  }
}

/// A kernel with its parameters resolved, evaluated one row against many.
package enum KernelFunction: Sendable, Equatable {
  /// k(x, z) = xᵀz.
  case linear
  /// k(x, z) = exp(−γ‖x − z‖²).
  case rbf(gamma: Double)

  /// What features are multiplied by before `evaluate`.
  ///
  ///     exp(−γ‖x − z‖²) = 2^(−‖f·x − f·z‖²),   f = √(γ·log₂ e)
  package var featureFactor: Double {
    switch self {
    case .linear: 1
    case .rbf(let gamma): (gamma * 0x1.7154_7652_b82f_ep0).squareRoot()
    }
  }

  /// Features multiplied by `featureFactor`.
  package func prepared(_ features: Matrix<Double>) -> Matrix<Double> {
    guard case .rbf = self else { return features }
    let factor = featureFactor
    return Matrix(
      rows: features.rows, columns: features.columns,
      elements: features.elements.map { $0 * factor })
  }

  /// Kernel values of one row against n points, all of them prepared.
  ///
  /// Shapes: row d; points d × n, one *column* each; values n.
  func evaluate(_ row: Span<Double>, againstColumnsOf points: Matrix<Double>) -> [Double] {
    var values = [Double](repeating: 0, count: points.columns)
    switch self {
    case .linear: Lanes.products(of: row, withColumnsOf: points, into: &values)
    case .rbf: Lanes.gaussians(from: row, toColumnsOf: points, into: &values)
    }
    return values
  }

  /// k(x, x) for each column x of d × n points.
  func diagonal(ofColumnsOf points: Matrix<Double>) -> [Double] {
    switch self {
    case .rbf: return Array(repeating: 1, count: points.columns)
    case .linear:
      var squares = [Double](repeating: 0, count: points.columns)
      for feature in 0..<points.rows {
        points.withRow(feature) { row in
          for index in row.indices { squares[index].addProduct(row[index], row[index]) }
        }
      }
      return squares
    }
  }
}

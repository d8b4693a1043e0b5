import LinAlg

/// The similarity of two rows that a support vector machine works with.
public enum Kernel: Sendable, Equatable {
  /// k(x, z) = xᵀz.
  case linear
  /// k(x, z) = exp(−γ‖x − z‖²).
  case rbf(gamma: Gamma)
}

/// How the width of the RBF kernel is chosen, as scikit-learn's `gamma`.
public enum Gamma: Sendable, Equatable {
  /// 1 / (d · variance of all elements of the training features); 1 when they are all equal.
  case scale
  /// 1 / d.
  case auto
  /// A positive number.
  case value(Double)

  /// γ for a training set of n × d features.
  func resolved(for features: Matrix<Double>) -> Double {
    resolved(forElements: features.elements, featureCount: features.columns)
  }

  /// γ for n·d features in row-major order.
  ///
  /// Numerics: the variance is computed in two passes.
  func resolved(forElements elements: [Double], featureCount: Int) -> Double {
    switch self {
    case .value(let gamma): return gamma
    case .auto: return 1 / Double(max(featureCount, 1))
    case .scale:
      let count = Double(max(elements.count, 1))
      let mean = Lanes.sum(elements.span) / count
      let variance = Lanes.sumOfSquares(elements.span, from: mean) / count
      return variance > 0 && variance.isFinite ? 1 / (Double(featureCount) * variance) : 1
    }
  }
}

extension Gamma: CustomStringConvertible {
  /// `scale`, `auto` or the number.
  public var description: String {
    switch self {
    case .scale: "scale"
    case .auto: "auto"
    case .value(let gamma): plain(gamma)
    }
  }
}

/// A kernel with its parameters resolved, evaluated one row against many.
enum KernelFunction: Sendable, Equatable {
  case linear
  case rbf(gamma: Double)

  /// Kernel values of one row against n points.
  ///
  /// Shapes: row d; points d × n, one *column* each; values n.
  func evaluate(_ row: Span<Double>, againstColumnsOf points: Matrix<Double>) -> [Double] {
    var values = [Double](repeating: 0, count: points.columns)
    switch self {
    case .linear:
      Lanes.products(of: row, withColumnsOf: points, into: &values)
    case .rbf(let gamma):
      Lanes.squaredDistances(from: row, toColumnsOf: points, into: &values)
      for index in values.indices { values[index] *= -gamma }
      Lanes.exp(&values)
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

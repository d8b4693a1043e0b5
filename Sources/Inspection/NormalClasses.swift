import Defenses
import LinAlg
import Models

/// Normal distributions, one a class, in cross-validation.
///
///     ln p_c(x) = ln π_c − ½ ln det Σ_c − ½ D²_c(x) + constant
///     Σ_c = (1 − a_c)·S_c + a_c·S + 10⁻³·(tr S / d)·I,   a_c = (d + 1)/(n_c + d + 1)
///
/// S_c is the covariance of a class of n_c rows, S that of all classes about their own means, so that
/// small classes have the shape of the others.
struct NormalClasses: ClassEstimator {
  let name = "normal"

  /// Features beyond which covariances are not to be had.
  static let featureLimit = 200

  private let features: Matrix<Double>
  private let validation: CrossValidation

  init(_ features: Matrix<Double>, _ validation: CrossValidation) {
    (self.features, self.validation) = (features, validation)
  }

  mutating func probabilities(by targets: Matrix<Double>, threads: Int) -> Matrix<Double> {
    let (features, k) = (features, targets.columns)
    return validation.scores(classCount: k, threads: threads) { others, rows in
      let classes = Self.classes(
        features.selectingRows(others), targets.selectingRows(others).transposed())
      let judged = features.selectingRows(rows)
      var scores = [Double](repeating: -1e300, count: rows.count * k)
      for (label, normal) in classes.enumerated() {
        guard let normal else { continue }
        for (place, squared) in normal.scatter.squaredDistances(of: judged).enumerated() {
          scores[place * k + label] = max(normal.offset - squared / 2, -1e300)
        }
      }
      return Distribution.normalized(scores, classCount: k)
    }
  }

  private struct Normal {
    let scatter: Scatter
    /// ln π_c − ½ ln det Σ_c.
    let offset: Double
  }

  /// The classes of rows x (n × d) that belong to them by `shares` (K × n); nil where none does.
  private static func classes(_ x: Matrix<Double>, _ shares: Matrix<Double>) -> [Normal?] {
    let (n, d) = (x.rows, x.columns)
    var means = Matrix<Double>(rows: shares.rows, columns: d)
    BLAS.gemm(shares, x, into: &means)
    let sizes = (0..<shares.rows).map { label in
      shares.elements[label * n..<(label + 1) * n].reduce(0, +)
    }
    var covariances: [Matrix<Double>] = []
    var pooled = [Double](repeating: 0, count: d * d)
    for (label, size) in sizes.enumerated() {
      var offsets = x
      offsets.withMutableElements { offsets in
        for row in 0..<n {
          let root = shares.elements[label * n + row].squareRoot()
          for j in 0..<d {
            let place = row * d + j
            offsets[place] = root * (offsets[place] - means[label, j] / max(size, 1e-300))
          }
        }
      }
      var covariance = Matrix<Double>(rows: d, columns: d)
      BLAS.syrk(offsets, into: &covariance)
      for place in pooled.indices { pooled[place] += covariance.elements[place] / Double(n) }
      covariances.append(covariance)
    }
    let trace = (0..<d).reduce(0) { $0 + pooled[$1 * d + $1] }
    let ridge = 1e-3 * (trace > 0 ? trace / Double(d) : 1)
    return sizes.enumerated().map { label, size in
      guard size > 1e-9 else { return nil }
      let a = Double(d + 1) / (size + Double(d + 1))
      var mixed = pooled
      for place in mixed.indices {
        mixed[place] =
          (1 - a) * covariances[label].elements[place] / size + a * mixed[place]
          + (place % (d + 1) == 0 ? ridge : 0)
      }
      let scatter = Scatter(
        mean: (0..<d).map { means[label, $0] / size },
        covariance: Matrix(rows: d, columns: d, elements: mixed))
      return Normal(
        scatter: scatter,
        offset: Lanes.log(size / Double(n)) - scatter.logDeterminant / 2)
    }
  }
}

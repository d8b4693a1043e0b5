import Foundation
public import LinAlg

/// Classes whose features have the distributions of a data set, tied together as normal numbers are.
///
///     x_j = g_j(z_j),   z ~ N(0, R)
///
/// with g_j the `NormalScale` of feature j in the class, and R the correlations of the normal scores
/// Φ⁻¹((rank − ½)/n_c) of its values; equal values share the middle of their ranks.
public struct GaussianCopula: DataGenerator {
  /// z of each class.
  private let scores: GaussianGenerator

  /// g, class by class.
  private let scales: [[NormalScale]]

  /// The K probabilities of the classes, with sum 1.
  public var priors: [Double] { scores.priors }

  /// The names of features, classes and target.
  public var space: Dataset { scores.space }

  /// Fits the generator to the classes of `dataset`.
  ///
  /// - Throws: What `GaussianGenerator.init(fittedTo:)` throws, and `.invalidDistribution` for a
  ///   class without rows.
  /// - Complexity: O(n·d) evaluations of Φ for each of the knots, and O(n·d²).
  public init(fittedTo dataset: Dataset) throws(DatasetsError) {
    let fitted = try GaussianGenerator(fittedTo: dataset)
    let d = dataset.featureCount
    var scales: [[NormalScale]] = []
    var correlations: [Matrix<Double>] = []
    for c in 0..<dataset.classCount {
      let rows = dataset.labels.indices.filter { dataset.labels[$0] == c }
      guard !rows.isEmpty else { throw .invalidDistribution(className: dataset.classNames[c]) }
      let columns = (0..<d).map { j in rows.map { dataset.features[$0, j] } }
      scales.append(columns.map(NormalScale.init))
      correlations.append(Self.correlations(columns.map(Self.normalScores)))
    }
    self.scales = scales
    scores = try GaussianGenerator(
      name: dataset.name + "-copula", priors: fitted.priors,
      means: Matrix(rows: dataset.classCount, columns: d),
      covariances: correlations, classNames: dataset.classNames,
      featureNames: dataset.featureNames, targetName: dataset.targetName)
  }

  /// Adds g(z).
  public func appendRow(
    ofClass label: Int, _ stream: inout RandomStream, to elements: inout [Double]
  ) {
    let start = elements.count
    scores.appendRow(ofClass: label, &stream, to: &elements)
    for (j, scale) in scales[label].enumerated() {
      elements[start + j] = scale.value(elements[start + j])
    }
  }

  /// The densities of the classes; nil where correlations are singular.
  public var densities: (any ClassDensities)? {
    guard let normal = NormalDensities(means: scores.means, covariances: scores.covariances) else {
      return nil
    }
    return Densities(normal: normal, scales: scales)
  }

  private struct Densities: ClassDensities {
    let normal: NormalDensities
    let scales: [[NormalScale]]

    func logDensities(at x: [Double]) -> [Double] {
      scales.indices.map { c in
        let scores = zip(scales[c], x).map { $0.score($1) }
        return scores.reduce(normal.logDensity(ofClass: c, at: scores.map(\.z))) {
          $0 - log($1.slope)
        }
      }
    }
  }

  /// Φ⁻¹((rank − ½)/n) of each value.
  private static func normalScores(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var scores = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let share = Double(start + end) / 2 / Double(values.count)
      for place in start..<end { scores[order[place]] = NormalDistribution.quantile(share) }
      start = end
    }
    return scores
  }

  /// Correlations of columns; 0 with one that does not vary.
  private static func correlations(_ columns: [[Double]]) -> Matrix<Double> {
    let d = columns.count
    let centred = columns.map { column -> [Double] in
      let mean = column.reduce(0, +) / Double(column.count)
      return column.map { $0 - mean }
    }
    func product(_ a: Int, _ b: Int) -> Double {
      zip(centred[a], centred[b]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var matrix = Matrix<Double>(rows: d, columns: d)
    for a in 0..<d {
      for b in 0...a {
        let scale = (product(a, a) * product(b, b)).squareRoot()
        let value = a == b ? 1 : scale > 0 ? product(a, b) / scale : 0
        (matrix[a, b], matrix[b, a]) = (value, value)
      }
    }
    return matrix
  }
}

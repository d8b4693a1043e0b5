public import LinAlg

/// Rows of a data set drawn again, each moved by normal noise as wide as its class.
///
///     x = μ + (x_i − μ + h·A·z)/√(1 + h²),   h = (4/(d + 2))^{1/(d + 4)}·n_c^{−1/(d + 4)}
///
/// with x_i a row of the class at random, μ its mean and A·A its covariance; the division keeps the
/// covariance what it was.
///
/// Source: Silverman, "Density Estimation for Statistics and Data Analysis" (1986), sections 4.3.2
/// and 6.4.1.
public struct SmoothedBootstrap: DataGenerator {
  /// What its samples are called.
  public let name: String

  private let noise: GaussianGenerator

  /// The centres a class is drawn from, shrunk towards its mean: class by class, row-major.
  private let centers: [[Double]]

  /// How far noise goes in each class, h/√(1 + h²).
  private let widths: [Double]

  /// The K probabilities of the classes, with sum 1.
  public var priors: [Double] { noise.priors }

  /// The names of features, classes and target.
  public var space: Dataset { noise.space }

  /// Takes the rows of `dataset`.
  ///
  /// - Throws: What `GaussianGenerator.init(fittedTo:)` throws.
  public init(_ dataset: Dataset) throws(DatasetsError) {
    let fitted = try GaussianGenerator(fittedTo: dataset)
    let d = dataset.featureCount
    let counts = dataset.classCounts
    let h = counts.map { count -> Double in
      let root = Lanes.exp(Lanes.log(4 / Double((d + 2) * max(count, 1))) / Double(d + 4))
      return count > 1 ? root : 0
    }
    let shrink = h.map { 1 / (1 + $0 * $0).squareRoot() }
    var centers = [[Double]](repeating: [], count: dataset.classCount)
    for (row, label) in dataset.labels.enumerated() {
      for j in 0..<d {
        let mean = fitted.means[label, j]
        centers[label].append(mean + (dataset.features[row, j] - mean) * shrink[label])
      }
    }
    name = dataset.name + "-bootstrap"
    noise = fitted
    self.centers = centers
    widths = zip(h, shrink).map { $0 * $1 }
  }

  /// Adds a row: the place of x_i is drawn first, then the noise.
  public func appendRow(
    ofClass label: Int, _ stream: inout RandomStream, to elements: inout [Double]
  ) {
    let d = space.featureCount
    let place = stream.integer(below: max(centers[label].count / d, 1)) * d
    let start = elements.count
    noise.appendRow(ofClass: label, &stream, to: &elements)
    for j in 0..<d {
      let move = (elements[start + j] - noise.means[label, j]) * widths[label]
      elements[start + j] = (centers[label].isEmpty ? 0 : centers[label][place + j]) + move
    }
  }

  /// The densities of the classes; nil where a covariance is singular.
  public var densities: (any ClassDensities)? {
    let scaled = noise.covariances.indices.map { c -> Matrix<Double> in
      let square = widths[c] * widths[c]
      return Matrix(
        rows: noise.covariances[c].rows, columns: noise.covariances[c].columns,
        elements: noise.covariances[c].elements.map { $0 * square })
    }
    guard
      let kernels = NormalDensities(
        means: Matrix(rows: priors.count, columns: space.featureCount), covariances: scaled)
    else { return nil }
    return Densities(kernels: kernels, centers: centers, featureCount: space.featureCount)
  }

  /// Means of normal densities around the centres.
  private struct Densities: ClassDensities {
    let kernels: NormalDensities
    let centers: [[Double]]
    let featureCount: Int

    func logDensities(at x: [Double]) -> [Double] {
      let d = featureCount
      return centers.indices.map { c in
        let count = centers[c].count / d
        guard count > 0 else { return -.infinity }
        let terms = (0..<count).map { i in
          kernels.logDensity(ofClass: c, at: (0..<d).map { x[$0] - centers[c][i * d + $0] })
        }
        let largest = terms.max() ?? 0
        let sum = terms.reduce(0) { $0 + Lanes.exp($1 - largest) }
        return largest + Lanes.log(sum / Double(count))
      }
    }
  }
}

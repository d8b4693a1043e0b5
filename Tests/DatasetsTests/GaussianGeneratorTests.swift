import Datasets
import LinAlg
import Testing

struct GaussianGeneratorTests {
  private static func make(
    priors: [Double] = [0.2, 0.5, 0.3]
  ) throws(DatasetsError) -> GaussianGenerator {
    let covariances = [
      [1.0, 0.5, 0.5, 2], [4, -1.9, -1.9, 1], [0, 0, 0, 9],
    ].map { Matrix(rows: 2, columns: 2, elements: $0) }
    return try GaussianGenerator(
      name: "known", priors: priors,
      means: Matrix(rows: 3, columns: 2, elements: [0, 10, -5, 1, 100, 0]),
      covariances: covariances, classNames: ["a", "b", "c"], featureNames: ["f", "g"],
      targetName: "y")
  }

  private static func rows(of label: Int, in set: Dataset) -> Matrix<Double> {
    set.features.selectingRows(set.labels.indices.filter { set.labels[$0] == label })
  }

  /// Six standard errors: a false alarm of one of the 15 comparisons has probability below 10⁻⁷.
  @Test func drawsTheMomentsItWasGiven() throws {
    let generator = try Self.make()
    let sample = generator.sample(count: 20_000, seed: 1)
    for c in 0..<3 {
      let x = Self.rows(of: c, in: sample)
      let n = Double(x.rows)
      let sigma = generator.covariances[c]
      let means = (0..<2).map { j in (0..<x.rows).reduce(0) { $0 + x[$1, j] } / n }
      for i in 0..<2 {
        // 100·n·ε for the rounding of the sum, where the feature is constant.
        let meanError = 6 * (sigma[i, i] / n).squareRoot() + 100 * n * .ulpOfOne
        #expect(abs(means[i] - generator.means[c, i]) <= meanError, "mean \(i) of class \(c)")
        for j in 0...i {
          let products = (0..<x.rows).map { (x[$0, i] - means[i]) * (x[$0, j] - means[j]) }
          let covariance = products.reduce(0, +) / (n - 1)
          // The variance of a sample covariance of normals is (σᵢᵢσⱼⱼ + σᵢⱼ²)/(n − 1).
          let variance = (sigma[i, i] * sigma[j, j] + sigma[i, j] * sigma[i, j]) / (n - 1)
          #expect(
            abs(covariance - sigma[i, j]) <= 6 * variance.squareRoot() + 1e-9,
            "covariance (\(i), \(j)) of class \(c)")
        }
      }
    }
  }

  @Test func interleavesTheClasses() throws {
    let generator = try Self.make()
    let sample = generator.sample(count: 1000, seed: 1)
    var counts = [0.0, 0, 0]
    for (row, label) in sample.labels.enumerated() {
      counts[label] += 1
      for c in 0..<3 {
        #expect(abs(counts[c] - generator.priors[c] * Double(row + 1)) <= 1, "row \(row)")
      }
    }
    #expect(Array(sample.labels[..<4]) == [1, 2, 0, 1])
    #expect(generator.sample(count: 1000, seed: 2).labels == sample.labels)
    #expect(try !Self.make(priors: [1, 0, 1]).sample(count: 50, seed: 1).labels.contains(1))
  }

  @Test func nestsItsSamples() throws {
    let generator = try Self.make()
    let sample = generator.sample(count: 200, seed: 5)
    for count in [0, 1, 17, 200] {
      let shorter = generator.sample(count: count, seed: 5)
      #expect(shorter.digest == sample.digest(ofRows: Array(0..<count)))
    }
    #expect(generator.sample(count: 200, seed: 6).digest != sample.digest)
    #expect(generator.sample(count: 200, key: RandomKey(2), seed: 5).digest != sample.digest)
  }

  @Test func fitsTheMomentsOfASet() throws {
    let set = try Dataset(
      name: "s",
      features: Matrix(rows: 4, columns: 2, elements: [1, 2, 3, 6, 5, 1, 7, 8]),
      labels: [0, 0, 0, 2], classNames: ["a", "b", "c"], featureNames: ["f", "g"],
      targetName: "y")
    let generator = try GaussianGenerator(fittedTo: set)
    #expect(generator.name == "s-gaussian")
    #expect(generator.priors == [0.75, 0, 0.25])
    // Every number is an integer or a third of one: a few roundings of numbers below 16.
    let means = zip(generator.means.elements, [3.0, 3, 0, 0, 7, 8])
    #expect(means.allSatisfy { abs($0 - $1) <= 16 * .ulpOfOne })
    let covariance = zip(generator.covariances[0].elements, [4.0, -1, -1, 7])
    #expect(covariance.allSatisfy { abs($0 - $1) <= 64 * .ulpOfOne })
    #expect(generator.covariances[1] == Matrix(rows: 2, columns: 2))
    #expect(generator.covariances[2] == Matrix(rows: 2, columns: 2))
    let sample = generator.sample(count: 8, seed: 1)
    #expect(Self.rows(of: 2, in: sample).elements == [7, 8, 7, 8])
  }

  /// A duplicated feature makes every covariance singular, and the copies stay equal.
  ///
  /// They differ by the error of the eigenvectors, d·ε·λ₁/√λ₄ times |z| < 9 with λ₁ < 1.3 the
  /// greatest and λ₄ > 0.005 the least eigenvalue of the original classes: below 2·10⁻¹³, and by
  /// the rounding of sums of magnitude 10, 10·d·ε.
  @Test func keepsDuplicatedFeaturesEqual() throws {
    let iris = EmbeddedDataset.iris.load()
    var elements: [Double] = []
    for row in 0..<iris.sampleCount {
      elements += (0..<4).map { iris.features[row, $0] } + [iris.features[row, 2]]
    }
    let set = try Dataset(
      name: "five", features: Matrix(rows: iris.sampleCount, columns: 5, elements: elements),
      labels: iris.labels, classNames: iris.classNames,
      featureNames: iris.featureNames + ["copy"], targetName: "species")
    let sample = try GaussianGenerator(fittedTo: set).sample(count: 500, seed: 3)
    for row in 0..<sample.sampleCount {
      #expect(abs(sample.features[row, 2] - sample.features[row, 4]) <= 1e-12, "row \(row)")
    }
  }

  @Test(arguments: [[-1, 1, 1], [0, 0, 0], [.nan, 1, 1], [.infinity, 1, 1]])
  func refusesImpossiblePriors(_ priors: [Double]) {
    let error = #expect(throws: DatasetsError.self) { try Self.make(priors: priors) }
    guard case .invalidPriors = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [Double.nan, .infinity, 1e200])
  func refusesFeaturesWithoutFiniteMoments(_ value: Double) throws {
    let set = try Dataset(
      name: "s", features: Matrix(rows: 4, columns: 1, elements: [1, 2, value, -value]),
      labels: [0, 0, 1, 1], classNames: ["a", "b"], featureNames: ["f"], targetName: "y")
    #expect(throws: DatasetsError.invalidDistribution(className: "b")) {
      try GaussianGenerator(fittedTo: set)
    }
  }
}

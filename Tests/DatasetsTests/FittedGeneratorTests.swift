import Datasets
import LinAlg
import TestSupport
import Testing

/// The smoothed bootstrap and the Gaussian copula against the data they are fitted to.
struct FittedGeneratorTests {
  private static let count = 30_000

  /// Means and covariances of the classes are those of the data, within five standard errors.
  ///
  /// The bootstrap keeps them by construction; the copula keeps means and spreads but for its table.
  @Test(arguments: [GeneratorChoice.bootstrap, .copula, .gaussian])
  func momentsAreThoseOfTheData(_ choice: GeneratorChoice) throws {
    let iris = EmbeddedDataset.iris.load()
    let sample = try choice.generator(for: iris).sample(count: Self.count, seed: 3)
    for c in 0..<iris.classCount {
      for j in 0..<iris.featureCount {
        let (mean, deviation) = Self.moments(iris, c, j)
        let (sampleMean, sampleDeviation) = Self.moments(sample, c, j)
        let error = deviation / (Double(Self.count) / 3).squareRoot()
        #expect(abs(sampleMean - mean) < 5 * error + 0.01 * deviation)
        // The bootstrap divides by n where the data divide by n − 1: 1 % of the deviation.
        #expect(abs(sampleDeviation / deviation - 1) < 0.04)
      }
    }
  }

  /// Features go together as in the data.
  @Test(arguments: [GeneratorChoice.bootstrap, .copula])
  func correlationsAreThoseOfTheData(_ choice: GeneratorChoice) throws {
    let iris = EmbeddedDataset.iris.load()
    let sample = try choice.generator(for: iris).sample(count: Self.count, seed: 4)
    for c in 0..<iris.classCount {
      for (a, b) in [(0, 1), (0, 2), (2, 3)] {
        let difference = Self.correlation(sample, c, a, b) - Self.correlation(iris, c, a, b)
        // Ranks and values differ; 50 rows put a correlation within 0.1 of its own rank correlation.
        #expect(abs(difference) < 0.1, "class \(c), \(a) and \(b)")
      }
    }
  }

  /// Densities integrate to 1: the mean of q/p over rows drawn by p is 1 for another density q that does.
  @Test(arguments: [GeneratorChoice.bootstrap, .copula])
  func densitiesIntegrateToOne(_ choice: GeneratorChoice) throws {
    let iris = EmbeddedDataset.iris.load()
    let wide = try GaussianGenerator(fittedTo: iris)
    let normal = try #require(wide.densities)
    let own = try choice.generator(for: iris)
    let densities = try #require(own.densities)
    let sample = own.sample(count: 9_000, seed: 1)
    // Both drop the same constant, (2π)^{−d/2}. By Jensen, E ln(q/p) is below 0 where both integrate to
    // 1, and near 0 where they are alike.
    var logRatios = [Double](repeating: 0, count: 3)
    for row in 0..<sample.sampleCount {
      let (x, c) = (sample.row(row), sample.labels[row])
      logRatios[c] += normal.logDensities(at: x)[c] - densities.logDensities(at: x)[c]
    }
    for sum in logRatios {
      let mean = sum / 3_000
      #expect(mean < 0.05 && mean > -1, "\(mean)")
    }
  }

  /// A plain Bayes rule by the densities is wrong as often as they say.
  @Test(arguments: GeneratorChoice.allCases) func bayesErrorsAreThoseOfTheRule(
    _ choice: GeneratorChoice
  ) throws {
    let dataset = choice.specimen ?? EmbeddedDataset.iris.load()
    let generator = try choice.generator(for: dataset)
    let error = try #require(BayesError(of: generator, rows: 20_000))
    let densities = try #require(generator.densities)
    let sample = generator.sample(count: 6_000, seed: 77)
    var wrong = 0
    for row in 0..<sample.sampleCount {
      let scores = zip(densities.logDensities(at: sample.row(row)), generator.priors)
        .map { $0 + Lanes.log($1) }
      if scores.firstIndex(of: scores.max() ?? 0) != sample.labels[row] { wrong += 1 }
    }
    let spread = (error.share * (1 - error.share) / 6_000).squareRoot() + error.standardError
    #expect(abs(Double(wrong) / 6_000 - error.share) < 4 * spread, "\(choice)")
  }

  @Test func classesWithoutRowsAreRefused() throws {
    let set = try Dataset(
      name: "two", features: Matrix(rows: 4, columns: 1, elements: [1, 2, 3, 4]),
      labels: [0, 0, 0, 0], classNames: ["a", "b"], featureNames: ["x"], targetName: "y")
    #expect(throws: DatasetsError.self) { _ = try GaussianCopula(fittedTo: set) }
  }

  private static func values(_ set: Dataset, _ c: Int, _ j: Int) -> [Double] {
    set.labels.indices.filter { set.labels[$0] == c }.map { set.features[$0, j] }
  }

  private static func moments(_ set: Dataset, _ c: Int, _ j: Int) -> (Double, Double) {
    let x = values(set, c, j)
    let mean = x.reduce(0, +) / Double(x.count)
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(x.count - 1)).squareRoot())
  }

  private static func correlation(_ set: Dataset, _ c: Int, _ a: Int, _ b: Int) -> Double {
    let (x, y) = (values(set, c, a), values(set, c, b))
    let (mx, sx) = moments(set, c, a)
    let (my, sy) = moments(set, c, b)
    return zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) } / Double(x.count - 1) / sx / sy
  }
}

extension Dataset {
  /// The features of a row.
  fileprivate func row(_ index: Int) -> [Double] {
    (0..<featureCount).map { features[index, $0] }
  }
}

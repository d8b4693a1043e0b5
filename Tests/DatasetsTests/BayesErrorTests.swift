import Datasets
import Foundation
import LinAlg
import Testing

/// The best error there can be, against closed forms and published values.
struct BayesErrorTests {
  /// Four standard errors, and the exact Φ(−2).
  @Test(arguments: [1, 2, 20]) func twonormIsClosed(featureCount: Int) throws {
    let error = try #require(
      BayesError(of: GaussianGenerator.twonorm(featureCount: featureCount), threads: 2))
    #expect(abs(error.share - 0.022_750_131_948_179_2) < 4 * error.standardError)
    #expect(error.standardError < 0.000_3)
  }

  /// With unequal covariances each class is left where a noncentral χ² passes a bound.
  ///
  /// Values by `scipy.stats.ncx2` of SciPy 1.17.1, d = 20: x is called class 2 where
  /// ‖x − 4a/3‖² < (4/3)(d·ln 4 + ‖a‖²/3), with ‖a‖ = 2.
  @Test func ringnormIsClosed() throws {
    let error = try #require(BayesError(of: GaussianGenerator.ringnorm(), threads: 2))
    #expect(abs(error.share - Self.ringnorm) < 4 * error.standardError)
  }

  private static let ringnorm = 0.012_396_608_103_172_7

  /// Two classes of one covariance: Φ(−D/2) with D their Mahalanobis distance.
  @Test func pairsOfOneCovarianceAreClosed() throws {
    let covariance = Matrix(rows: 2, columns: 2, elements: [2, 0.6, 0.6, 1])
    let generator = try GaussianGenerator(
      name: "pair", priors: [1, 1], means: Matrix(rows: 2, columns: 2, elements: [0, 0, 2, -1]),
      covariances: [covariance, covariance], classNames: ["a", "b"], featureNames: ["f", "g"],
      targetName: "y")
    // D² = (2, −1)·Σ⁻¹·(2, −1)ᵀ, det Σ = 1.64.
    let numerator: Double = 4 * 1 + 2 * 2 * 0.6 + 1 * 2
    let distance: Double = (numerator / 1.64).squareRoot()
    let exact: Double = erfc(distance / 8.0.squareRoot()) / 2
    let error = try #require(BayesError(of: generator, threads: 2))
    #expect(abs(error.share - exact) < 4 * error.standardError)
  }

  /// 13.2 %, where Breiman and others' book of 1984 says "about 0.14".
  ///
  /// NumPy, with the integrals over u by the midpoint rule and 30,000 rows of its own, finds 0.1323, with
  /// a standard error of 0.001.
  @Test func waveformsAreAsCountedElsewhere() throws {
    let error = try #require(BayesError(of: WaveformGenerator(), threads: 2))
    #expect(abs(error.share - 0.1323) < 0.004, "\(error)")
    #expect(error.share < 0.14)
  }

  /// The integral over u, once more by the midpoint rule.
  @Test func waveformDensitiesAreIntegrals() throws {
    let sample = WaveformGenerator().sample(count: 9, seed: 3)
    let densities = try #require(WaveformGenerator().densities)
    let waves = [10.0, 14, 6].map { centre in
      (0..<21).map { max(6 - abs(Double($0) - centre), 0) }
    }
    for row in 0..<9 {
      let x = (0..<21).map { sample.features[row, $0] }
      let logs = [(0, 1), (0, 2), (1, 2)].map { a, b -> Double in
        let steps = 20_000
        let squares = (0..<steps).map { step -> Double in
          let u = (Double(step) + 0.5) / Double(steps)
          var square = 0.0
          for i in 0..<21 {
            let difference: Double = x[i] - u * waves[a][i] - (1 - u) * waves[b][i]
            square += difference * difference
          }
          return square
        }
        let least = squares.min() ?? 0
        return log(squares.reduce(0) { $0 + exp((least - $1) / 2) } / Double(steps)) - least / 2
      }
      let ours = densities.logDensities(at: x)
      for c in 1..<3 {
        // The rule is right to (length of the path/steps)²/24 of the curvature, 10⁻⁷ here.
        #expect(abs((ours[c] - ours[0]) - (logs[c] - logs[0])) < 1e-6)
      }
    }
  }

  @Test func samplesGrowAndHaveMeans() {
    let generators: [any DataGenerator] = [
      GaussianGenerator.twonorm(), GaussianGenerator.ringnorm(), WaveformGenerator(),
    ]
    for generator in generators {
      let large = generator.sample(count: 3_000, key: .standard, seed: 5)
      let small = generator.sample(count: 100, key: .standard, seed: 5)
      #expect(small.labels == Array(large.labels.prefix(100)))
      #expect(
        small.features.elements == Array(large.features.elements.prefix(100 * large.featureCount)))
      #expect(generator.sample(count: 100, key: .standard, seed: 6).features != small.features)
    }
    // The middle wave of a third of the rows is on average half of h₁ + h₂ and so on: at feature 11,
    // h₁ = 6, h₂ = h₃ = 2, so 4, 4 and 2 in the classes, 10/3 over all.
    let waves = WaveformGenerator().sample(count: 30_000, seed: 1)
    let mean = (0..<30_000).reduce(0.0) { $0 + waves.features[$1, 10] } / 30_000
    // Variances: 1 of the noise, (6 − 2)²/12 of u in two classes, 8/9 between classes: below 3.
    #expect(abs(mean - 10.0 / 3) < 5 * (3.0 / 30_000).squareRoot())
  }

  @Test func singularClassesHaveNoDensity() throws {
    let flat = Matrix<Double>(rows: 2, columns: 2, elements: [1, 0, 0, 0])
    let generator = try GaussianGenerator(
      name: "flat", priors: [1, 1], means: Matrix(rows: 2, columns: 2), covariances: [flat, flat],
      classNames: ["a", "b"], featureNames: ["f", "g"], targetName: "y")
    #expect(BayesError(of: generator) == nil)
  }
}

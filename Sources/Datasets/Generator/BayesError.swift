public import LinAlg

/// The share of rows that the best of all classifiers gets wrong.
///
///     E[1 − max_c P(c | x)]
///
/// over samples of the generator, whose rows have known probabilities. That spreads less than counting
/// wrong rows would.
public struct BayesError: Sendable, Equatable {
  /// The share, 0…1.
  public let share: Double

  /// How far it may be off by chance: its standard error.
  public let standardError: Double

  /// Rows that are drawn by one thread at a time.
  private static let blockSize = 4_096

  /// Estimates from `rows` rows; nil where a class has no density.
  ///
  /// - Precondition: `rows > 1`.
  /// - Complexity: O(rows·K·d²) for normal classes.
  public init?(
    of generator: any DataGenerator, rows: Int = 100_000, key: RandomKey = .standard,
    seed: UInt32 = 0, threads: Int = 1
  ) {
    precondition(rows > 1, "No error from \(rows) rows")
    guard let densities = generator.densities else { return nil }
    let sample = generator.sample(count: rows, key: key, seed: seed)
    let (x, d) = (sample.features.elements, sample.featureCount)
    let logPriors = generator.priors.map { $0 > 0 ? Lanes.log($0) : -.infinity }
    let blocks = Parallel.map(
      (rows + Self.blockSize - 1) / Self.blockSize, threads: threads
    ) { block -> (Double, Double) in
      var (sum, squares) = (0.0, 0.0)
      for row in block * Self.blockSize..<min((block + 1) * Self.blockSize, rows) {
        let scores = zip(densities.logDensities(at: Array(x[row * d..<(row + 1) * d])), logPriors)
          .map(+)
        let largest = scores.max() ?? 0
        let total = scores.reduce(0) { $0 + Lanes.exp($1 - largest) }
        let wrong = 1 - 1 / total
        sum += wrong
        squares += wrong * wrong
      }
      return (sum, squares)
    }
    let n = Double(rows)
    let mean = blocks.reduce(0) { $0 + $1.0 } / n
    let variance = max(0, blocks.reduce(0) { $0 + $1.1 } / n - mean * mean)
    share = mean
    standardError = (variance / (n - 1)).squareRoot()
  }
}

/// Mean and variance of a sequence of numbers, one at a time, without keeping them.
///
///     mₙ = mₙ₋₁ + (x − mₙ₋₁) / n,    Sₙ = Sₙ₋₁ + (x − mₙ₋₁)(x − mₙ)
///
/// The result depends on the order; sweeps add in the order of seeds.
///
/// Source: Welford, "Note on a method for calculating corrected sums of squares and products",
/// Technometrics 4 (1962).
public struct RunningMoments: Sendable, Equatable {
  /// Number of values n.
  public private(set) var count = 0

  /// The mean of the values; 0 for none.
  public private(set) var mean = 0.0

  /// The sum of squared deviations from the mean.
  public private(set) var squares = 0.0

  /// No values yet.
  public init() {}

  /// The moments of `count` values whose mean and squared deviations are known.
  public init(count: Int, mean: Double, squares: Double) {
    (self.count, self.mean, self.squares) = (count, mean, squares)
  }

  /// The moments of n whole numbers divided by `divisor`, from their exact sums.
  ///
  ///     m = Σ / (n·divisor),    S = (n·Σ² − (Σ)²) / (n·divisor²)
  ///
  /// Numerics: one rounding each, since the numerators are exact.
  public init(count: Int, sum: Int, squareSum: Int, divisor: Int) {
    self.init()
    guard count > 0, divisor > 0 else { return }
    let spread = Int128(count) * Int128(squareSum) - Int128(sum) * Int128(sum)
    self.count = count
    mean = Double(sum) / (Double(count) * Double(divisor))
    squares = Double(spread) / (Double(count) * Double(divisor) * Double(divisor))
  }

  /// Takes one value.
  public mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
  }

  /// Takes the values that another has taken.
  ///
  /// Source: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample
  /// variances", COMPSTAT 1982.
  public mutating func merge(_ other: RunningMoments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    mean += difference * (Double(other.count) / total)
    squares +=
      other.squares + difference * difference * (Double(count) * Double(other.count) / total)
    count += other.count
  }

  /// The standard deviation, where there are two values and their moments are finite.
  private var finiteDeviation: Double? {
    standardDeviation.flatMap { $0.isFinite && mean.isFinite ? $0 : nil }
  }

  /// The sample standard deviation √(S / (n − 1)); nil for fewer than two values.
  public var standardDeviation: Double? {
    count < 2 ? nil : (squares / Double(count - 1)).squareRoot()
  }

  /// The interval that holds the mean of the population the values come from.
  ///
  ///     mean ± t(1 − α/2, n − 1)·sd / √n,   α = 1 − confidence
  ///
  /// Nil for fewer than two values, or values that are not finite. Its coverage is exact for normal values and close to it for
  /// bounded ones like accuracies when n is large.
  public func interval(confidence: Double = 0.95) -> Interval? {
    finiteDeviation.map { deviation in
      let t = StudentT(degreesOfFreedom: count - 1).quantile((1 + confidence) / 2)
      return Interval(centre: mean, halfWidth: t * deviation / Double(count).squareRoot())
    }
  }

  /// The interval for new data from the same source, after seeds have re-split one data set.
  ///
  ///     mean ± t(1 − α/2, n − 1)·sd·√(1/n + validation/training)
  ///
  /// Overlapping splits make seeds dependent; more seeds do not narrow this below the second term.
  ///
  /// Source: Nadeau, Bengio, "Inference for the generalization error", Machine Learning 52 (2003).
  public func populationInterval(
    validationCount: Int, trainingCount: Int, confidence: Double = 0.95
  ) -> Interval? {
    finiteDeviation.map { deviation in
      let t = StudentT(degreesOfFreedom: count - 1).quantile((1 + confidence) / 2)
      let error = deviation / Double(count).squareRoot()
      let factor = Self.populationFactor(
        seedCount: count, validationCount: validationCount, trainingCount: trainingCount)
      return Interval(centre: mean, halfWidth: t * error * factor)
    }
  }

  /// How much wider that interval is than the one for more seeds: √(1 + n·validation/training).
  public static func populationFactor(
    seedCount: Int, validationCount: Int, trainingCount: Int
  ) -> Double {
    (1 + Double(seedCount) * Double(validationCount) / Double(trainingCount)).squareRoot()
  }

  /// The probability of a mean at least as far from 0 if it were 0: two-sided, by Student's t.
  ///
  /// 1 where there is no spread to judge by and the mean is 0, 0 where it is not.
  public var probabilityOfZero: Double {
    guard let deviation = finiteDeviation else { return 1 }
    guard deviation > 0 else { return mean == 0 ? 1 : 0 }
    let t = abs(mean) / (deviation / Double(count).squareRoot())
    return min(1, 2 * StudentT(degreesOfFreedom: count - 1).cumulative(-t))
  }
}

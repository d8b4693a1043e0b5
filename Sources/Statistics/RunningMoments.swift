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

  /// What the values are, which bounds intervals.
  public private(set) var quantity = Quantity.any

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

  /// The same values, of a quantity that is known.
  public func measuring(_ quantity: Quantity) -> RunningMoments {
    var moments = self
    moments.quantity = quantity
    return moments
  }

  /// Whether two have seen as many values with the same moments, whatever they measure.
  public static func == (a: RunningMoments, b: RunningMoments) -> Bool {
    a.count == b.count && a.mean == b.mean && a.squares == b.squares
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
  /// Nil for fewer than two values, or where they are not numbers. It ends where the quantity does. Where a
  /// few seeds or a few rows are all that spread is known by, equal values say little, so of shares it
  /// takes in what as many rows would leave open at least.
  ///
  /// Numerics: its coverage is exact for normal values; of binomial counts of 5 to 200 rows it is 93 % and
  /// more from two seeds on, up to 100 % of fewer than ten, where t alone has 1 to 95 %.
  public func interval(confidence: Double = 0.95) -> Interval? {
    interval(factor: 1, rows: isScarce ? rowCount.map { count * $0 } : nil, confidence)
  }

  /// Half the width of that interval, from the mean to its further end.
  public func halfWidth(confidence: Double = 0.95) -> Double? {
    interval(confidence: confidence).map { max(mean - $0.lower, $0.upper - mean) }
  }

  /// The interval for new data from the same source, after seeds have re-split one data set.
  ///
  ///     mean ± t(1 − α/2, n − 1)·sd·√(1/n + validation/training)
  ///
  /// Overlapping splits make seeds dependent; more seeds do not narrow this below the second term. Of shares
  /// it takes in what as many rows as there are would leave open at least: 86 to 100 % for 24 of 24.
  ///
  /// It is approximate: see `docs/reference/files.md` for its coverage.
  ///
  /// Source: Nadeau, Bengio, "Inference for the generalization error", Machine Learning 52 (2003).
  public func populationInterval(
    validationCount: Int, trainingCount: Int, confidence: Double = 0.95
  ) -> Interval? {
    let factor = Self.populationFactor(
      seedCount: count, validationCount: validationCount, trainingCount: trainingCount)
    return interval(factor: factor, rows: validationCount + trainingCount, confidence)
  }

  /// The interval for new rows from the source of those that models are judged on, which are the same under
  /// every seed: what seeds leave open, and what so many rows do.
  ///
  ///     mean − √((mean − a)² + (mean − b)²),   and likewise above,
  ///
  /// with a the end of the interval over seeds and b that of as many rows. Nil of what is no share, and for
  /// fewer than two values.
  ///
  /// Source: Newcombe, "Interval estimation for the difference between independent proportions", Statistics
  /// in Medicine 17 (1998), method 10, for how errors of two sources add up.
  public func newRowsInterval(rowCount: Int, confidence: Double = 0.95) -> Interval? {
    guard let seeds = interval(factor: 1, rows: nil, confidence),
      let rows = quantity.binomialInterval(mean, of: rowCount, confidence: confidence)
    else { return nil }
    let (a, b) = (mean - seeds.lower, mean - rows.lower)
    let (c, d) = (seeds.upper - mean, rows.upper - mean)
    return Interval(
      from: mean - (a * a + b * b).squareRoot(), to: mean + (c * c + d * d).squareRoot()
    ).clipped(to: quantity.range)
  }

  /// mean ± t·sd/√n·factor, with the binomial part of some rows.
  private func interval(factor: Double, rows: Int?, _ confidence: Double) -> Interval? {
    guard let deviation = finiteDeviation else { return nil }
    let t = StudentT(degreesOfFreedom: count - 1).quantile((1 + confidence) / 2)
    let error = deviation / Double(count).squareRoot()
    return Interval(centre: mean, halfWidth: t * error * factor)
      .spanning(
        rows.flatMap { quantity.binomialInterval(mean, of: $0, confidence: confidence) }
      ).clipped(to: quantity.range)
  }

  /// The rows that each value is a share of.
  private var rowCount: Int? {
    switch quantity {
    case .any, .within: nil
    case .share(let rows), .difference(let rows): rows
    }
  }

  /// Whether all that is known of the spread comes from fewer than ten values, or fewer than ten rows: those
  /// that are not as most are, or those in which a difference shows.
  private var isScarce: Bool {
    let ten = 10.0
    guard let rowCount, Double(count) >= ten else { return true }
    let (rows, n) = (Double(rowCount), Double(count))
    if case .difference = quantity { return (squares + n * mean * mean) * rows * rows < ten - 0.5 }
    return min(mean, 1 - mean) * n * rows < ten - 0.5
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
  public var probabilityOfZero: Double { probability(ofDeviation: abs(mean)) }

  /// The probability of a mean at least so far from that of the population, either way.
  ///
  /// Without spread 1 for no deviation, else 0; 1 for fewer than two values.
  package func probability(ofDeviation distance: Double) -> Double {
    guard let deviation = finiteDeviation else { return 1 }
    guard deviation > 0 else { return distance == 0 ? 1 : 0 }
    let t = distance / (deviation / Double(count).squareRoot())
    return min(1, 2 * StudentT(degreesOfFreedom: count - 1).cumulative(-t))
  }
}

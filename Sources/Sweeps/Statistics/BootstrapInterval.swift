public import LinAlg

/// Intervals of a statistic from its values on resamples.
public enum BootstrapInterval {
  /// Resamples of n units, each n draws with replacement, and the statistic of each.
  ///
  /// `statistic` is given the units of a resample, as numbers from 0 to n − 1. Resample r draws from the
  /// stream at (key, purpose, seed, r), so it does not depend on threads.
  /// - Precondition: `count > 0 && resamples > 0`.
  public static func replicates(
    of count: Int, resamples: Int, key: RandomKey = .standard, seed: UInt32 = 0, threads: Int = 1,
    _ statistic: @Sendable ([Int]) -> Double
  ) -> [Double] {
    precondition(count > 0 && resamples > 0, "No \(resamples) resamples of \(count) units")
    return Parallel.map(resamples, threads: threads) { resample in
      var stream = RandomStream(key: key, purpose: .bootstrap, seed: seed, row: resample)
      return statistic((0..<count).map { _ in stream.integer(below: count) })
    }
  }

  /// The statistic without each of n units, for `accelerated`.
  public static func jackknife(
    of count: Int, threads: Int = 1, _ statistic: @Sendable ([Int]) -> Double
  ) -> [Double] {
    Parallel.map(count, threads: threads) { left in
      statistic((0..<count).filter { $0 != left })
    }
  }

  /// The middle of the replicates.
  ///
  /// - Precondition: At least one replicate, none NaN, and `0 < confidence < 1`.
  public static func percentile(_ replicates: [Double], confidence: Double = 0.95) -> Interval {
    let sorted = replicates.sorted()
    let tail = (1 - confidence) / 2
    return Interval(from: quantile(sorted, tail), to: quantile(sorted, 1 - tail))
  }

  /// The bias-corrected and accelerated interval: percentiles shifted for bias and for a variance that
  /// changes with the statistic.
  ///
  ///     z₀ = Φ⁻¹(share of replicates below the estimate, half of those equal to it)
  ///     a  = Σ(θ̄ − θ₍ᵢ₎)³ / 6(Σ(θ̄ − θ₍ᵢ₎)²)^{3/2}      over the jackknife values θ₍ᵢ₎
  ///     α ↦ Φ(z₀ + (z₀ + z_α)/(1 − a(z₀ + z_α)))
  ///
  /// Nil where all replicates are on one side of the estimate.
  /// - Precondition: At least one replicate and jackknife value, none NaN, and `0 < confidence < 1`.
  ///
  /// Source: Efron, "Better bootstrap confidence intervals", Journal of the American Statistical
  /// Association 82 (1987).
  public static func accelerated(
    _ estimate: Double, _ replicates: [Double], jackknife: [Double], confidence: Double = 0.95
  ) -> Interval? {
    let sorted = replicates.sorted()
    let below = Double(sorted.count { $0 < estimate })
    let equal = Double(sorted.count { $0 == estimate })
    let share = (below + equal / 2) / Double(sorted.count)
    guard share > 0, share < 1 else { return nil }
    let mean = jackknife.reduce(0, +) / Double(jackknife.count)
    var (squares, cubes) = (0.0, 0.0)
    for value in jackknife {
      let deviation = mean - value
      squares += deviation * deviation
      cubes += deviation * deviation * deviation
    }
    let acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    let bias = NormalDistribution.quantile(share)
    let tail = (1 - confidence) / 2
    let ends = [tail, 1 - tail].map { probability in
      let z = bias + NormalDistribution.quantile(probability)
      return quantile(sorted, NormalDistribution.cumulative(bias + z / (1 - acceleration * z)))
    }
    return Interval(from: min(ends[0], ends[1]), to: max(ends[0], ends[1]))
  }

  /// The quantile of ascending values, linear between their places.
  private static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    let place = probability * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    // Equal values, infinite ones too, have no difference to take a share of.
    guard sorted[low] != sorted[high] else { return sorted[low] }
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}

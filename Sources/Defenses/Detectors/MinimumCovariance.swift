package import LinAlg
import Statistics

/// The minimum covariance determinant: the half of the points that lies closest together, and the
/// scatter of all that are near it.
///
///     h = ⌈(n + d + 1)/2⌉ points with the smallest det Σ
///     Σ₀ = c(h/n)·Σ(those),   keep D²₀ < χ²_{d, 0.975},   Σ = c(0.975)·Σ(kept)
///     c(α) = α / P(χ²_{d+2} ≤ χ²_{d, α})
///
/// The search starts from random sets of d + 1 points. A concentration step takes the h points
/// nearest to the scatter of a set; it never raises the determinant. All starts take two steps, the
/// ten best go on to the end.
///
/// Source: Rousseeuw and Van Driessen, "A fast algorithm for the minimum covariance determinant
/// estimator", Technometrics 41 (1999); c: Croux and Haesbroeck, Journal of Multivariate Analysis
/// 71 (1999).
package struct MinimumCovariance: Sendable {
  /// Scatter of the points that are kept, made consistent at normal distributions.
  package let scatter: Scatter

  /// The positions of the h points of the smallest determinant, ascending.
  package let core: [Int]

  /// ln det of their covariance.
  package let coreLogDeterminant: Double

  /// Points beyond which the search runs on a sample of so many.
  private static let searchLimit = 1_500

  /// Estimates the scatter of n points (n × d).
  ///
  /// - Precondition: At least one point.
  /// - Complexity: O((n + d)·d²) a step of each start.
  package init(
    of points: Matrix<Double>, startCount: Int = 30, _ stream: inout RandomStream, threads: Int = 1
  ) {
    let (n, d) = (points.rows, points.columns)
    precondition(n > 0, "No points have a scatter")
    let h = min(n, (n + d + 2) / 2)
    let core = Self.search(points, h, startCount, &stream, threads)
    let raw = Scatter(of: points, rows: core)
    self.core = core
    coreLogDeterminant = raw.logDeterminant
    let factor = h < n ? Self.consistencyFactor(d, Double(h) / Double(n)) : 1
    let cutoff = ChiSquared(degreesOfFreedom: Double(d)).quantile(0.975) * factor
    let distances = raw.squaredDistances(of: points)
    let kept = distances.indices.filter { distances[$0] < cutoff }
    scatter = Scatter(
      of: points, rows: kept.isEmpty ? core : kept, factor: Self.consistencyFactor(d, 0.975))
  }

  /// c(α), what makes the covariance of the innermost share α of a normal sample that of all.
  static func consistencyFactor(_ d: Int, _ alpha: Double) -> Double {
    let inner = ChiSquared(degreesOfFreedom: Double(d)).quantile(alpha)
    return alpha / ChiSquared(degreesOfFreedom: Double(d + 2)).cumulative(inner)
  }

  private static func search(
    _ points: Matrix<Double>, _ h: Int, _ startCount: Int, _ stream: inout RandomStream,
    _ threads: Int
  ) -> [Int] {
    let n = points.rows
    guard h < n else { return Array(0..<n) }
    guard n > searchLimit else {
      let best = starts(points, h, startCount, &stream, threads)
      return concentrated(points, h, best, threads).core
    }
    let part = points.selectingRows(stream.permutation(of: n, prefix: searchLimit))
    let share = (searchLimit * h + n - 1) / n
    let best = starts(part, share, startCount, &stream, threads)
    // From the scatter of the best half of the sample to the half of all.
    let seeds = Parallel.map(best.count, threads: threads) { index in
      Start(points, h, from: Scatter(of: part, rows: best[index].core))
    }
    return concentrated(points, h, seeds, threads).core
  }

  /// A set of h points on its way down.
  struct Start: Sendable {
    var core: [Int]
    var scatter: Scatter

    /// The h points nearest to a scatter.
    init(_ points: Matrix<Double>, _ h: Int, from scatter: Scatter) {
      core = Self.core(points, h, scatter)
      self.scatter = Scatter(of: points, rows: core)
    }

    private static func core(_ points: Matrix<Double>, _ h: Int, _ scatter: Scatter) -> [Int] {
      Ranking.ascending(scatter.squaredDistances(of: points)).prefix(h).sorted()
    }

    /// Takes the h points nearest to the scatter of these.
    ///
    /// - Returns: Whether they are others.
    mutating func concentrate(_ points: Matrix<Double>, _ h: Int) -> Bool {
      let next = Self.core(points, h, scatter)
      guard next != core else { return false }
      (core, scatter) = (next, Scatter(of: points, rows: next))
      return true
    }
  }

  /// The ten best of random starts after two concentration steps.
  private static func starts(
    _ points: Matrix<Double>, _ h: Int, _ count: Int, _ stream: inout RandomStream, _ threads: Int
  ) -> [Start] {
    let size = min(points.columns + 1, points.rows)
    let draws = (0..<count).map { _ in stream.permutation(of: points.rows, prefix: size) }
    let all = Parallel.map(count, threads: threads) { index in
      let seed = Start(points, h, from: Scatter(of: points, rows: draws[index]))
      return Start(points, h, from: seed.scatter)
    }
    return Ranking.ascending(all.map(\.scatter.logDeterminant)).prefix(10).map { all[$0] }
  }

  /// The best of the starts after concentration to the end.
  private static func concentrated(
    _ points: Matrix<Double>, _ h: Int, _ starts: [Start], _ threads: Int
  ) -> Start {
    let ends = Parallel.map(starts.count, threads: threads) { index in
      var end = starts[index]
      // Determinants of finitely many sets only fall, so it ends; the bound is for rounding.
      for _ in 0..<100 {
        guard end.concentrate(points, h) else { break }
      }
      return end
    }
    // The first of those that tie.
    return ends.min { $0.scatter.logDeterminant < $1.scatter.logDeterminant } ?? ends[0]
  }
}

public import Defenses
import LinAlg
public import Models

/// What rows say of each other's labels, and how many labels are wrong.
///
/// p_ic is the probability of class c for row i by models of the other rows, in five-fold cross-validation,
/// such as softmax regression and normal classes; the one that gives the labels most likelihood is relied
/// on. A share ε of the labels may have nothing to do with the rows, where that is much more likely and
/// neighbours agree (`LabelModels`): a model would bend to them otherwise. If labels were drawn from these probabilities,
///
///     E(t) = Σᵢ q_i(t),   q_i(t) = Σ_c p_ic·1[p_ic ≤ t]
///
/// rows would have a label of probability at most t, with variance Σ q_i(1 − q_i). O(t) have. So
/// O(t) − E(t) labels are wrong beyond chance, and a row whose own label has probability t is wrong by
/// chance with probability E(t)/O(t) at most: its false-discovery rate.
///
/// Nothing is called wrong where neighbours do not agree: in four of five rows that would be, at most two of
/// the 20 nearest must have the label.
///
/// Where neighbours predict labels better than these models, by 2 points and 1/√n for chance, classes have shapes that the models
/// miss, and what they say is not to be relied on. Then a row is called wrong when at most one of its 20
/// nearest others has its label and at least 17 agree on another; the share of those that do is what is
/// known of how sure that is, and no rate of false discoveries can be given.
///
/// Source: the threshold by which findings are called: Storey, "A direct approach to false discovery
/// rates", JRSS B 64 (2002).
public struct LabelEvidence: Sendable {
  /// The class that is most probable for each row.
  public let suggested: [Int]

  /// The probability of each row's own label.
  public let ownProbability: [Double]

  /// For each row, the share of chance findings among all whose label is as improbable as its own.
  public let falseDiscoveryRate: [Double]

  /// Whether neighbours took the place of models.
  public let isByNeighbors: Bool

  /// Whether neighbours agree with what models would call wrong; nothing is called so otherwise.
  public let isConfirmed: Bool

  /// O(t), E(t) and the standard deviation of O(t) by chance, at the thresholds t.
  public let curve: [Point]

  /// One threshold.
  public struct Point: Sendable, Equatable, Encodable {
    /// t.
    public let threshold: Double
    /// O(t).
    public let observed: Int
    /// E(t).
    public let expected: Double
    /// √Σ q_i(1 − q_i).
    public let deviation: Double
  }

  /// Thresholds at which O and E are compared.
  private static let thresholds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3]

  private static let neighborCount = 20

  /// Rows beyond which neighbours are sought among a sample of so many.
  private static let neighborLimit = 20_000

  /// Weighs the labels of rows; `key` and `seed` address the folds.
  ///
  /// `progress` is told how many of 2 steps are done.
  public init(
    _ suspects: Suspects, _ regression: SoftmaxRegression, threads: Int,
    progress: (Int) -> Void = { _ in }
  ) {
    let (n, k) = (suspects.count, suspects.classCount)
    let foldCount = min(5, n)
    var stream = suspects.stream(.folds)
    let shares = Self.neighborShares(suspects, threads)
    progress(1)
    var p = [Double](repeating: 1 / Double(max(k, 1)), count: n * k)
    if foldCount >= 2 {
      let validation = CrossValidation(
        suspects.labels, classCount: k, foldCount: foldCount, &stream)
      let models = LabelModels(suspects.problem, regression, validation, threads: threads)
      p =
        models.tolerant.flatMap {
          Self.isConfirmed($0, by: shares, suspects.labels, k) ? $0 : nil
        } ?? models.plain
    }
    progress(2)
    isByNeighbors =
      Self.accuracy(shares, suspects.labels, k)
      > Self.accuracy(p, suspects.labels, k) + 0.02 + 1 / Double(max(n, 1)).squareRoot()
    isConfirmed = isByNeighbors || Self.isConfirmed(p, by: shares, suspects.labels, k)
    if isByNeighbors { p = shares }
    let own = (0..<n).map { p[$0 * k + suspects.labels[$0]] }
    let best = (0..<n).map { row in
      (0..<k).reduce(0) { p[row * k + $1] > p[row * k + $0] ? $1 : $0 }
    }
    suggested = best
    ownProbability = own
    let top = (0..<n).map { p[$0 * k + best[$0]] }
    falseDiscoveryRate =
      isByNeighbors
      ? (0..<n).map { own[$0] <= 0.05 && top[$0] >= 0.85 ? 1 - top[$0] : 1 }
      : Self.falseDiscoveryRates(p, own)
    curve = Self.thresholds.map { t in
      var (expected, variance) = (0.0, 0.0)
      for row in 0..<n {
        var q = 0.0
        for index in row * k..<(row + 1) * k where p[index] <= t { q += p[index] }
        expected += q
        variance += q * (1 - q)
      }
      return Point(
        threshold: t, observed: own.count { $0 <= t }, expected: expected,
        deviation: variance.squareRoot())
    }
  }

  /// Whether neighbours agree with what a model would call wrong: of four in five such rows at most two of
  /// the 20 nearest have the label.
  ///
  /// They do where labels are wrong, and do not where the model has missed the shape of a class, whose
  /// rows then stand where it says none can be.
  private static func isConfirmed(
    _ p: [Double], by shares: [Double], _ labels: [Int], _ k: Int
  ) -> Bool {
    let own = labels.indices.map { p[$0 * k + labels[$0]] }
    let rates = falseDiscoveryRates(p, own)
    let named = labels.indices.filter { rates[$0] <= Inspection.falseDiscoveryLimit }
    let agreed = named.count { shares[$0 * k + labels[$0]] <= 0.1 }
    return agreed * 5 >= named.count * 4
  }

  private static func accuracy(_ p: [Double], _ labels: [Int], _ k: Int) -> Double {
    let right = labels.indices.count { row in
      (0..<k).allSatisfy { p[row * k + $0] <= p[row * k + labels[row]] }
    }
    return Double(right) / Double(max(labels.count, 1))
  }

  /// How many labels are wrong: beyond chance by models, or called wrong by neighbours.
  public var estimatedErrors: Double {
    if isByNeighbors { return Double(falseDiscoveryRate.count { $0 < 1 }) }
    return excess.map { Double($0.observed) - $0.expected } ?? 0
  }

  /// The threshold at which most labels are wrong beyond chance, where it is beyond chance at all.
  ///
  /// O must be above E by 4 deviations and 2 rows: fewer than 1 file in 1,000 is so by chance.
  public var excess: Point? {
    guard !isByNeighbors, isConfirmed else { return nil }
    return curve.filter { Double($0.observed) - $0.expected > 4 * $0.deviation + 2 }
      .max {
        Double($0.observed) - $0.expected < Double($1.observed) - $1.expected
      }
  }

  private static func neighborShares(_ suspects: Suspects, _ threads: Int) -> [Double] {
    let (n, k) = (suspects.count, suspects.classCount)
    var stream = suspects.stream(.inspectionSample)
    let rows =
      n > neighborLimit
      ? stream.permutation(of: n, prefix: neighborLimit).sorted() : Array(0..<n)
    let votes = NeighborVotes(
      suspects, among: rows, neighborCount: neighborCount, threads: threads)
    return (0..<n).flatMap { row in (0..<k).map { votes.share(of: $0, row) } }
  }

  /// min over t ≥ own probability of E(t)/O(t), with t at the probabilities of own labels.
  private static func falseDiscoveryRates(_ p: [Double], _ own: [Double]) -> [Double] {
    let ascending = p.sorted()
    let order = own.indices.sorted { own[$0] < own[$1] }
    var (place, expected) = (0, 0.0)
    var rates = [Double](repeating: 1, count: own.count)
    var group = 0
    while group < order.count {
      var end = group
      while end < order.count, own[order[end]] == own[order[group]] { end += 1 }
      while place < ascending.count, ascending[place] <= own[order[group]] {
        expected += ascending[place]
        place += 1
      }
      for index in group..<end { rates[order[index]] = min(expected / Double(end), 1) }
      group = end
    }
    var least = 1.0
    for index in order.reversed() {
      least = min(least, rates[index])
      rates[index] = least
    }
    return rates
  }
}

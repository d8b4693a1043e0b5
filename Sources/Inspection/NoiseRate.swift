import LinAlg
package import Statistics

/// The share e of labels that are wrong, by how often labels contradict models that are more and less sure.
///
///     P(label ≠ most probable class) = e + (1 − e·K/(K − 1))·h(u)
///     h(u) = 2c·σ(−δ·x_u),   ½ ≤ c ≤ (K − 1)/K
///
/// u is the share of rows that models are surer of, and h how often classes that overlap are taken for each
/// other: least where models are surest, as for two normal classes δ apart, of whose rows a share u is more than
/// x_u from the border. Wrong labels contradict models however sure those are. So the rate is what contradiction
/// comes down to at the surest rows, as far as the fall from the least sure ones bears it out; of δ and c the
/// likeliest are taken for each e. Where classes overlap everywhere, the likelihood tells little of e.
///
/// It rests on labels being changed whatever the features of a row are, and on the overlap of classes falling at
/// least as steeply as that of normal ones.
package struct NoiseRate: Sendable {
  /// How likely contradictions are under each of `candidates`, as a logarithm.
  private let likelihoods: [Double]

  /// The probability that no label is wrong, before the labels are looked at.
  ///
  /// All other `candidates` are equally probable: √e is anything up to √½.
  private static let cleanProbability = 0.5

  /// What e may be: ½·(i/100)².
  private static let candidates = (0...100).map { 0.5 * Double($0 * $0) / 10_000 }

  /// Distances δ, from 0.1 to 8.
  private static let distances = (0...46).map { 0.1 * Lanes.exp(Double($0) * Lanes.log(1.1)) }

  /// Ranks that are taken for one beyond so many.
  private static let binLimit = 100

  /// The rate of wrong labels by the probabilities (n × K) of the classes of their rows.
  init(_ labels: [Int], _ p: [Double], classCount k: Int) {
    let best = labels.indices.map { Distribution.mode(p, $0, classCount: k) }
    let surest = labels.indices.sorted {
      let (a, b) = (p[$0 * k + best[$0]], p[$1 * k + best[$1]])
      return a > b || (a == b && $0 < $1)
    }
    self.init(contradictions: surest.map { best[$0] != labels[$0] }, classCount: k)
  }

  /// The rate by whether the label of each row contradicts models, the rows that they are surest of first.
  package init(contradictions: [Bool], classCount k: Int) {
    let n = contradictions.count
    let bins = min(n, Self.binLimit)
    let edges = (0...bins).map { $0 * n / max(bins, 1) }
    let counts = (0..<bins).map { Double(edges[$0 + 1] - edges[$0]) }
    let wrong = (0..<bins).map { bin in
      Double(contradictions[edges[bin]..<edges[bin + 1]].count { $0 })
    }
    let middles = (0..<bins).map { Double(edges[$0] + edges[$0 + 1]) / Double(2 * n) }
    let largest = Double(k - 1) / Double(k)
    let ceilings = k == 2 ? [0.5] : (0..<4).map { 0.5 + (largest - 0.5) * Double($0) / 3 }
    var best = [Double](repeating: -.infinity, count: Self.candidates.count)
    for distance in Self.distances {
      let overlap = middles.map { Self.overlap($0, distance) }
      for ceiling in ceilings {
        for (index, rate) in Self.candidates.enumerated() {
          var likelihood = 0.0
          for bin in 0..<bins {
            let share = rate + (1 - rate / largest) * 2 * ceiling * overlap[bin]
            let p = min(max(share, 1e-6), 1 - 1e-6)
            likelihood += wrong[bin] * Lanes.log(p) + (counts[bin] - wrong[bin]) * Lanes.log(1 - p)
          }
          best[index] = max(best[index], likelihood)
        }
      }
    }
    likelihoods = best
  }

  /// σ(−δ·x) at the x that a share u of the rows of two normal classes is farther than from their border.
  private static func overlap(_ u: Double, _ distance: Double) -> Double {
    var (low, high) = (0.0, distance / 2 + 10)
    for _ in 0..<40 {
      let x = (low + high) / 2
      let farther =
        NormalDistribution.cumulative(distance / 2 - x)
        + NormalDistribution.cumulative(-distance / 2 - x)
      if farther > u { low = x } else { high = x }
    }
    return 1 / (1 + Lanes.exp(distance * low))
  }

  /// How probable each of `candidates` is, contradictions known.
  private var probabilities: [Double] {
    let most = likelihoods.max() ?? 0
    let rest = (1 - Self.cleanProbability) / Double(likelihoods.count - 1)
    let weights = likelihoods.enumerated().map { index, likelihood in
      (index == 0 ? Self.cleanProbability : rest) * Lanes.exp(max(likelihood - most, -700))
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// What e is expected to be.
  package var mean: Double { zip(Self.candidates, probabilities).reduce(0) { $0 + $1.0 * $1.1 } }

  /// A few values of e and how probable each is: 0, and the middles of seven equally probable parts of the rest.
  var plausible: [(rate: Double, probability: Double)] {
    let p = probabilities
    let rest = 1 - p[0]
    let parts = 7
    var (index, below) = (1, 0.0)
    let middles = (0..<parts).map { part in
      let sought = rest * (Double(part) + 0.5) / Double(parts)
      while index < p.count - 1 && below + p[index] < sought {
        below += p[index]
        index += 1
      }
      return Self.candidates[index]
    }
    return [(0, p[0])] + middles.map { ($0, rest / Double(parts)) }
  }

  /// The 95 % interval of e, by the likelihood ratio.
  package var interval: Interval {
    let least = (likelihoods.max() ?? 0) - 1.92
    let inside = likelihoods.indices.filter { likelihoods[$0] >= least }
    let (first, last) = (inside.first ?? 0, inside.last ?? 0)
    return Interval(from: end(first, first - 1, least), to: end(last, last + 1, least))
  }

  /// Where the likelihood falls to `least` between a candidate inside and one outside.
  private func end(_ inside: Int, _ outside: Int, _ least: Double) -> Double {
    let e = Self.candidates
    guard e.indices.contains(outside) else { return e[inside] }
    let fall = likelihoods[inside] - likelihoods[outside]
    let share = fall > 0 ? (likelihoods[inside] - least) / fall : 0
    return e[inside] + share * (e[outside] - e[inside])
  }
}

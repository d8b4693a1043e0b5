import LinAlg

/// Several opinions of the same rows mixed, so that the labels of some of the rows are likeliest.
///
///     p_i = Σ_m w_m·q^m_i,   q^m_ic ∝ (p^m_ic)^β_m,   L = Σᵢ ln Σ_c p_ic·T_cy
///
/// β_m mends an opinion that is too sure or not sure enough, by L of that opinion alone, and w_m is what it is
/// relied on.
///
/// Source: Wolpert, "Stacked generalization", Neural Networks 5 (1992).
struct Mixture: Sendable {
  private let labels: [Int]
  private let classCount: Int
  private let rows: [Int]
  private let threads: Int

  /// Powers that opinions are sharpened by.
  private static let powers = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8]

  /// Turns of expectation and maximisation, which find the weights.
  private static let turns = 40

  /// The labels of all rows, and the rows by which opinions are weighed.
  init(_ labels: [Int], classCount: Int, rows: [Int], threads: Int) {
    (self.labels, self.classCount) = (labels, classCount)
    (self.rows, self.threads) = (rows, threads)
  }

  /// p^β over its sum for each opinion, with the β of the largest L.
  func sharpened(_ opinions: [[Double]], _ noise: LabelNoise) -> [[Double]] {
    Parallel.map(opinions.count, threads: threads) { index in
      let logs = opinions[index].map { Lanes.log($0) }
      let power = bestPower(logs, noise)
      return Distribution.normalized(logs.map { power * $0 }, classCount: classCount)
    }
  }

  private func bestPower(_ logs: [Double], _ noise: LabelNoise) -> Double {
    let k = classCount
    var best = (power: 1.0, likelihood: -Double.infinity)
    for power in Self.powers {
      var likelihood = 0.0
      for row in rows {
        var largest = logs[row * k]
        for place in row * k..<(row + 1) * k { largest = max(largest, logs[place]) }
        var (sum, own) = (0.0, 0.0)
        for c in 0..<k {
          let value = Lanes.exp(max(power * (logs[row * k + c] - largest), -700))
          sum += value
          own += value * noise.transition[c * k + labels[row]]
        }
        likelihood += Lanes.log(own / sum)
      }
      if likelihood > best.likelihood { best = (power, likelihood) }
    }
    return best.power
  }

  /// Σ_m w_m·p^m, with weights w of the largest L.
  func mixed(_ opinions: [[Double]], _ noise: LabelNoise) -> [Double] {
    let k = classCount
    let own = opinions.map { p in
      rows.map { row in
        (0..<k).reduce(0) { $0 + p[row * k + $1] * noise.transition[$1 * k + labels[row]] }
      }
    }
    var weights = [Double](repeating: 1 / Double(opinions.count), count: opinions.count)
    for _ in 0..<Self.turns {
      var sums = [Double](repeating: 0, count: opinions.count)
      for place in rows.indices {
        var total = 0.0
        for m in own.indices { total += weights[m] * own[m][place] }
        for m in own.indices { sums[m] += weights[m] * own[m][place] / total }
      }
      weights = sums.map { $0 / Double(rows.count) }
    }
    var p = [Double](repeating: 0, count: labels.count * k)
    for (m, opinion) in opinions.enumerated() {
      for place in p.indices { p[place] += weights[m] * opinion[place] }
    }
    return p
  }
}

import LinAlg

/// Several opinions of the same rows made one, so that the labels of the rows are likeliest.
///
///     p_ic ∝ Π_m (p^m_ic)^β_m,   β ≥ 0,   L(β) = Σᵢ ln Σ_c p_ic·T_cy
///
/// Opinions that agree are surer together than each by itself, as far as L bears it out. L is raised by Newton
/// steps of its lower bound for the classes that labels most probably come from.
///
/// Source: Genest, Zidek, "Combining probability distributions", Statistical Science 1 (1986), section 3.
struct OpinionPool: Sendable {
  /// p, n × K.
  let probabilities: [Double]

  /// Rows beyond which β is found by so many, evenly spread.
  private static let sampleLimit = 5_000

  private static let steps = 30

  /// Pools opinions (n × K each, all positive) of rows with labels.
  init(_ opinions: [[Double]], _ labels: [Int], _ noise: LabelNoise, classCount k: Int) {
    let logarithms = opinions.map { $0.map { Lanes.log($0) } }
    let n = labels.count
    let rows =
      n <= Self.sampleLimit
      ? Array(0..<n) : (0..<Self.sampleLimit).map { $0 * n / Self.sampleLimit }
    let work = Objective(
      logarithms: logarithms, labels: labels, transition: noise.transition, classCount: k,
      rows: rows)
    var powers = [Double](repeating: 1 / Double(opinions.count), count: opinions.count)
    var point = work.evaluate(powers)
    for _ in 0..<Self.steps {
      var step = point.gradient
      guard let factor = try? CholeskyFactor(point.curvature) else { break }
      factor.solve(&step)
      var (length, next) = (1.0, point)
      var moved = powers
      repeat {
        moved = zip(powers, step).map { max($0 + length * $1, 0) }
        next = work.evaluate(moved)
        length /= 2
      } while next.value < point.value && length > 1e-3
      guard next.value > point.value else { break }
      let gain = next.value - point.value
      (powers, point) = (moved, next)
      if gain < 1e-4 { break }
    }
    probabilities = Distribution.normalized(
      (0..<n * k).map { place in
        logarithms.indices.reduce(0) { $0 + powers[$1] * logarithms[$1][place] }
      }, classCount: k)
  }

  private struct Objective {
    let logarithms: [[Double]]
    let labels: [Int]
    let transition: [Double]
    let classCount: Int
    let rows: [Int]

    struct Point {
      var value = 0.0
      var gradient: [Double]
      var curvature: Matrix<Double>
    }

    /// L, its gradient Σ (E_post − E_p) of the logarithms, and Σ Cov_p of them.
    func evaluate(_ powers: [Double]) -> Point {
      let (k, count) = (classCount, powers.count)
      var point = Point(
        gradient: Array(repeating: 0, count: count), curvature: Matrix(rows: count, columns: count))
      for m in 0..<count { point.curvature[m, m] = 1e-6 * Double(rows.count) }
      var p = [Double](repeating: 0, count: k)
      var means = [Double](repeating: 0, count: count)
      for row in rows {
        for c in 0..<k {
          p[c] = 0
          for m in 0..<count { p[c] += powers[m] * logarithms[m][row * k + c] }
        }
        p = Distribution.normalized(p, classCount: k)
        var own = 0.0
        for c in 0..<k { own += p[c] * transition[c * k + labels[row]] }
        point.value += Lanes.log(max(own, 1e-300))
        for m in 0..<count {
          means[m] = 0
          for c in 0..<k {
            let share = p[c] * transition[c * k + labels[row]] / max(own, 1e-300)
            means[m] += p[c] * logarithms[m][row * k + c]
            point.gradient[m] += (share - p[c]) * logarithms[m][row * k + c]
          }
        }
        for a in 0..<count {
          for b in 0...a {
            var product = 0.0
            for c in 0..<k {
              product += p[c] * logarithms[a][row * k + c] * logarithms[b][row * k + c]
            }
            point.curvature[a, b] += product - means[a] * means[b]
          }
        }
      }
      for a in 0..<count {
        for b in 0..<a { point.curvature[b, a] = point.curvature[a, b] }
      }
      return point
    }
  }
}

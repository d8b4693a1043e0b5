import Foundation

/// What T noisy sums of Poisson samples reveal of a row that is replaced by another.
///
///     P = (1 − q)·N(0, σ²) + q·N(1, σ²),   Q = (1 − q)·N(0, σ²) + q·N(−1, σ²)
///     δ(ε) = E max(0, 1 − e^{ε − (L₁ + … + L_T)}),   Lₜ = ln(P/Q)(xₜ), xₜ ~ P
///
/// q is the share of rows in a step, σ the noise in units of the clipping norm. No pair of rows with
/// gradients g and g′ of norm 1 at most does worse in a step than P and Q: by advanced joint convexity
/// the divergence at e^ε ≥ 1 is that of N(g) from a mixture of N(0) and N(g′), on any event of
/// probability t under N(g) these have Φ(Φ⁻¹(t) − ‖g‖/σ) and Φ(Φ⁻¹(t) − ‖g − g′‖/σ) at least, and P
/// and Q have just that with the largest norms, 1 and 2. Pairs that dominate each step dominate T.
///
/// All values are upper bounds. Losses are put on a grid by parting the mass between two of its points
/// so that P and Q keep theirs, which can only part P from Q (connect the dots); sums are tilted by e^{θL}
/// before they are transformed, so that δ has its relative precision; what wraps around counts where it
/// lands, what lies above goes by Chernoff's bound, and rounding by the errors of the transform.
///
/// Source: Zhu, Dong, Wang, "Optimal accounting of differential privacy via characteristic function",
/// AISTATS 2022, theorem 10; Balle, Barthe, Gaboardi, "Privacy amplification by subsampling", NeurIPS
/// 2018, theorem 2; Doroshenko et al., "Connect the dots: tighter discrete approximations of privacy
/// loss distributions", PoPETs 2022.
package struct PrivacyLoss: Sendable {
  /// The loss of a step: the logarithms of P's masses at (i − `half`)·`spacing`; what is left is at ∞.
  private let logMasses: [Double]
  private let half: Int
  private let spacing: Double
  private let steps: Int
  /// The probability of an infinite loss in any step.
  private let infinite: Double
  /// ε.
  private let epsilon: Double
  /// θ, and the logarithm of E e^{θL}.
  private let tilt: Double
  private let moments: Moments

  /// The logarithm of E e^{θL}, and its first two derivatives.
  private struct Moments {
    var logarithm = 0.0
    var mean = 0.0
    var variance = 0.0
  }

  /// Prepares δ of an ε.
  ///
  /// - Precondition: `epsilon`, σ and T are positive, `0 < samplingRate <= 1`.
  private init(epsilon: Double, samplingRate q: Double, noiseMultiplier sigma: Double, steps: Int) {
    (self.epsilon, self.steps) = (epsilon, steps)
    // Beyond 38 σ a normal distribution has 3e-316.
    let largest = Self.loss(at: 1 + 38 * sigma, q, sigma)
    let spacing = max(epsilon / (100 * Double(steps).squareRoot()), largest / 0x1p14)
    let half = Int((largest / spacing).rounded(.up))
    (self.spacing, self.half) = (spacing, half)
    var masses = [Double](repeating: 0, count: 2 * half + 1)
    let ends = (-half...half).map { Self.place(ofLoss: Double($0) * spacing, q, sigma) }
    masses[0] = Self.mass(-.infinity, ends[0], q, sigma, mean: 1).value
    for i in 0..<2 * half {
      let p = Self.mass(ends[i], ends[i + 1], q, sigma, mean: 1)
      let r = Self.mass(ends[i], ends[i + 1], q, sigma, mean: -1)
      let ratio = exp(Double(i - half) * spacing)
      // Where e^L leaves the doubles all goes up, which is an upper bound, too.
      let surplus = p.value - ratio * r.value + p.error + ratio * r.error
      let up = ratio < 1e250 ? min(p.value, max(surplus / -expm1(-spacing), 0)) : p.value
      masses[i] += p.value - up
      masses[i + 1] += up
    }
    infinite = min(
      1, Double(steps) * Self.mass(ends[2 * half], .infinity, q, sigma, mean: 1).value)
    let logMasses = masses.map { log($0) }
    self.logMasses = logMasses
    // Chernoff's bound is least where the tilted mean is ε / T.
    let goal = epsilon / Double(steps)
    let at = { Self.moments(logMasses, half, spacing, $0) }
    var (low, high) = (0.0, 1.0)
    while at(high).mean < goal, high < 1e15 { (low, high) = (high, high * 2) }
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if at(middle).mean < goal { low = middle } else { high = middle }
    }
    tilt = low
    moments = at(low)
  }

  /// x with the loss l, from a quadratic in e^{x/σ²}.
  private static func place(ofLoss l: Double, _ q: Double, _ sigma: Double) -> Double {
    let square = sigma * sigma
    guard l != 0 else { return 0 }
    // ln sinh(|l| / 2), and ln of the argument of asinh.
    let size = abs(l) / 2 + log(-expm1(-abs(l)) / 2)
    let argument = log1p(-q) - log(q) + 1 / (2 * square) + size
    let inverse = argument > 300 ? argument + log(2) : asinh(exp(argument))
    return (l < 0 ? -1 : 1) * square * (abs(l) / 2 + inverse)
  }

  /// ln(P/Q) at x ≥ 0.
  private static func loss(at x: Double, _ q: Double, _ sigma: Double) -> Double {
    let square = sigma * sigma
    let part = { (y: Double) -> Double in
      let (a, b) = (log1p(-q), log(q) + y)
      return max(a, b) + log1p(exp(-abs(a - b)))
    }
    guard q < 1 else { return 2 * x / square }
    return part((x - 0.5) / square) - part((-x - 0.5) / square)
  }

  /// The mass between two places of (1 − q)·N(0, σ²) + q·N(mean, σ²), and how far it may be off.
  private static func mass(
    _ a: Double, _ b: Double, _ q: Double, _ sigma: Double, mean: Double
  ) -> (value: Double, error: Double) {
    let normal = normal(a / sigma, b / sigma)
    let shifted = Self.normal((a - mean) / sigma, (b - mean) / sigma)
    return (
      (1 - q) * normal.value + q * shifted.value, (1 - q) * normal.error + q * shifted.error
    )
  }

  /// The mass of N(0, 1) between two places, as a difference of tails on one side.
  private static func normal(_ a: Double, _ b: Double) -> (value: Double, error: Double) {
    let (near, far) = a + b > 0 ? (a, b) : (-b, -a)
    let (large, small) = (erfc(near / 2.0.squareRoot()) / 2, erfc(far / 2.0.squareRoot()) / 2)
    // Tails are within a few roundings, and so are their arguments, whose error grows with their square.
    let relative = 8 * Double.ulpOfOne * (1 + (near.isFinite ? near * near : 0))
    return (max(large - small, 0), relative * large)
  }

  private static func moments(
    _ logMasses: [Double], _ half: Int, _ spacing: Double, _ tilt: Double
  ) -> Moments {
    // The largest term first: e^{θL} alone may overflow.
    let peak = logMasses.indices.reduce(-Double.infinity) {
      max($0, logMasses[$1] + tilt * Double($1 - half) * spacing)
    }
    var (total, sum, squares) = (0.0, 0.0, 0.0)
    for i in logMasses.indices {
      let l = Double(i - half) * spacing
      let weight = exp(logMasses[i] + tilt * l - peak)
      total += weight
      sum += weight * l
      squares += weight * l * l
    }
    let mean = sum / total
    return Moments(
      logarithm: peak + log(total), mean: mean, variance: max(squares / total - mean * mean, 0))
  }

  /// ln of Chernoff's bound on P(L₁ + … + L_T > ε), which is above δ.
  private var bound: Double { Double(steps) * moments.logarithm - tilt * epsilon }

  /// δ.
  private var delta: Double {
    let t = Double(steps)
    let (mean, deviation) = (t * moments.mean, (t * moments.variance).squareRoot())
    // Where the tail above is e⁻¹⁶ of the bound.
    let top =
      [1.0, 2, 4, 8, 16].map { factor in
        let other = tilt + factor / max(deviation, spacing)
        return (t * Self.moments(logMasses, half, spacing, other).logarithm - bound + 16) / other
      }.min() ?? 0
    let bottom = Int((min(2 * mean - top, epsilon) / spacing).rounded(.down))
    let count = max(Int((top / spacing).rounded(.up)) - bottom + 1, 2)
    let size = 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
    let sums = tiltedSums(size)
    // ‖error of a transform‖ ≤ c·u·log₂N·‖·‖, and a power of T has T times that.
    let error = 16 * Double.ulpOfOne * (t + 1) * log2(Double(size))
    var total = 0.0
    for index in bottom..<bottom + size {
      let excess = Double(index) * spacing - epsilon
      guard excess > 0 else { continue }
      let place = ((index % size) + size) % size
      total += (max(sums[place], 0) + error) * exp(-tilt * excess) * -expm1(-excess)
    }
    // What masses and moments may be off by is far less than 1e-9 of δ.
    return min(1, exp(bound) * (total + exp(-16)) * (1 + 1e-9) + infinite)
  }

  /// The distribution of L₁ + … + L_T, tilted, on a circle of `size` points of the grid.
  private func tiltedSums(_ size: Int) -> [Double] {
    var real = [Double](repeating: 0, count: size)
    var imaginary = real
    for i in logMasses.indices {
      let exponent = logMasses[i] + tilt * Double(i - half) * spacing - moments.logarithm
      real[(((i - half) % size) + size) % size] += exp(exponent)
    }
    FourierTransform.apply(&real, &imaginary)
    for k in 0..<size {
      var (x, y) = (1.0, 0.0)
      var (a, b) = (real[k], imaginary[k])
      var power = steps
      while power > 0 {
        if power & 1 == 1 { (x, y) = (x * a - y * b, x * b + y * a) }
        (a, b) = (a * a - b * b, 2 * a * b)
        power >>= 1
      }
      // Conjugates turn the transform into its inverse.
      (real[k], imaginary[k]) = (x / Double(size), -y / Double(size))
    }
    FourierTransform.apply(&real, &imaginary)
    return real
  }
}

extension PrivacyLoss {
  /// The δ that T steps keep within for an ε.
  ///
  /// - Precondition: `epsilon`, σ and T are positive, `0 < samplingRate <= 1`.
  package static func delta(
    epsilon: Double, samplingRate: Double, noiseMultiplier: Double, steps: Int
  ) -> Double {
    precondition(
      epsilon > 0 && samplingRate > 0 && samplingRate <= 1 && noiseMultiplier > 0 && steps >= 1,
      "No mechanism with rate \(samplingRate), noise \(noiseMultiplier), \(steps) steps")
    return PrivacyLoss(
      epsilon: epsilon, samplingRate: samplingRate, noiseMultiplier: noiseMultiplier, steps: steps
    ).delta
  }

  /// The smallest noise multiplier, to a relative 10⁻⁶, with which T steps keep within (ε, δ); nil where
  /// ε is so small that rounding would count for as much.
  ///
  /// - Precondition: `epsilon` and T are positive, `0 < delta < 1`, `0 < samplingRate <= 1`.
  package static func noiseMultiplier(
    epsilon: Double, delta: Double, samplingRate: Double, steps: Int
  ) -> Double? {
    precondition(
      epsilon > 0 && delta > 0 && delta < 1 && samplingRate > 0 && samplingRate <= 1 && steps >= 1,
      "No noise gives ε = \(epsilon), δ = \(delta) in \(steps) steps of \(samplingRate)")
    let loss = { (sigma: Double) in
      PrivacyLoss(
        epsilon: epsilon, samplingRate: samplingRate, noiseMultiplier: sigma, steps: steps)
    }
    // Chernoff's bound takes no transform and asks for little more noise than is needed.
    let isSurelyEnough = { (sigma: Double) in
      let loss = loss(sigma)
      return exp(loss.bound) + loss.infinite <= delta
    }
    var (low, high) = (0.5, 1.0)
    while !isSurelyEnough(high) {
      (low, high) = (high, high * 2)
      guard high < 1e9 else { return nil }
    }
    while low > 1e-3, isSurelyEnough(low) { (low, high) = (low / 2, low) }
    while high > 1.01 * low {
      let middle = (low * high).squareRoot()
      if isSurelyEnough(middle) { high = middle } else { low = middle }
    }
    // By δ itself from here: regula falsi on logarithms, which are nearly straight.
    let excess = { (sigma: Double) in log(max(loss(sigma).delta, 1e-300) / delta) }
    var atHigh = excess(high)
    while atHigh > 0 {
      guard high < 1e9 else { return nil }
      (high, atHigh) = (high * 1.01, excess(high * 1.01))
    }
    var (step, atLow) = (0.97, atHigh)
    low = high
    while atLow <= 0 {
      (high, atHigh) = (low, atLow)
      guard low > 1e-3 else { return low }
      (low, step) = (low * step, step * step)
      atLow = excess(low)
    }
    while high > (1 + 1e-6) * low {
      let share = min(max(atLow / (atLow - atHigh), 0.02), 0.98)
      let middle = low * pow(high / low, share)
      let atMiddle = excess(middle)
      if atMiddle > 0 {
        (low, atLow) = (middle, atMiddle)
      } else {
        (high, atHigh) = (middle, atMiddle)
      }
    }
    return high
  }
}

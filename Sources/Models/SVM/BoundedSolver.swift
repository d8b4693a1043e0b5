/// Sequential minimal optimisation of a quadratic function in a box, with the sum kept.
///
///     minimise  ½βᵀKβ − pᵀβ   subject to  Σβ = Σβ⁰,   l_t ≤ β_t ≤ u_t
///
/// The state is β and the slack of each row, g = p − Kβ. Each iteration moves the pair
///
///     i = argmax { g_t : β_t < u_t },
///     j = argmax { (g_i − g_t)² / (K_ii + K_tt − 2K_it) : β_t > l_t, g_t < g_i }
///
/// by λ = (g_i − g_j) / (K_ii + K_jj − 2K_ij), less if a bound is nearer, and stops when
/// max g (may move up) − min g (may move down) < `tolerance`. This is LIBSVM's path without
/// shrinking.
///
/// Source: Fan, Chen, Lin, "Working set selection using second order information for training
/// support vector machines", JMLR 6 (2005), WSS 2.
struct BoundedSolver: BoundedMinimizer {
  /// What replaces a curvature that is not positive, as in LIBSVM.
  static let smallestCurvature = 1e-12

  let tolerance: Double
  let maxIterations: Int
  var kernel: KernelCache

  /// Moves β, whose slack is `slack`, to the minimum.
  ///
  /// - Precondition: Every β_t lies within its bounds.
  mutating func minimize(
    from beta: [Double], slack: [Double], lower: [Double], upper: [Double]
  ) -> BoundedEnd {
    let diagonal = kernel.diagonal
    var (beta, g) = (beta, slack)
    var iterations = 0
    var hasConverged = false

    while iterations < maxIterations {
      guard let i = mostViolating(g, beta, upper) else {
        hasConverged = true
        break
      }
      let rowI = kernel.row(i)
      let (partner, lowest) = bestPartner(of: i, rowI, diagonal, g, beta, lower)
      guard let j = partner, g[i] - lowest >= tolerance else {
        hasConverged = true
        break
      }
      let rowJ = kernel.row(j)
      let curvature = curvature(diagonal[i], diagonal[j], rowI[j])
      let (roomI, roomJ) = (upper[i] - beta[i], beta[j] - lower[j])
      let step = min((g[i] - g[j]) / curvature, roomI, roomJ)
      // A bound that is reached is reached exactly.
      beta[i] = step == roomI ? upper[i] : beta[i] + step
      beta[j] = step == roomJ ? lower[j] : beta[j] - step
      for t in g.indices { g[t].addProduct(-step, rowI[t] - rowJ[t]) }
      iterations += 1
    }
    return BoundedEnd(beta: beta, slack: g, iterations: iterations, hasConverged: hasConverged)
  }

  private func curvature(_ kii: Double, _ ktt: Double, _ kit: Double) -> Double {
    let value = kii + ktt - 2 * kit
    return value > 0 ? value : Self.smallestCurvature
  }

  /// The last of the rows with the largest g that may move up, as LIBSVM breaks ties.
  private func mostViolating(_ g: [Double], _ beta: [Double], _ upper: [Double]) -> Int? {
    var best: Int?
    var largest = -Double.infinity
    for t in g.indices where beta[t] < upper[t] && g[t] >= largest {
      largest = g[t]
      best = t
    }
    return best
  }

  /// The row whose pair with `i` promises the largest decrease, and the smallest g of all rows
  /// that may move down.
  private func bestPartner(
    of i: Int, _ rowI: [Double], _ diagonal: [Double], _ g: [Double], _ beta: [Double],
    _ lower: [Double]
  ) -> (row: Int?, lowest: Double) {
    var best: Int?
    var lowest = Double.infinity
    var largest = -Double.infinity
    let (gi, kii) = (g[i], diagonal[i])
    for t in g.indices where beta[t] > lower[t] {
      lowest = min(lowest, g[t])
      let difference = gi - g[t]
      guard difference > 0 else { continue }
      let promise = difference * difference / curvature(kii, diagonal[t], rowI[t])
      if promise >= largest {
        largest = promise
        best = t
      }
    }
    return (best, lowest)
  }
}

/// A way to minimise a quadratic function in a box, with the sum kept.
///
///     minimise  ½βᵀKβ − pᵀβ   subject to  Σβ = Σβ⁰,   l_t ≤ β_t ≤ u_t
///
/// It stops when max { g_t : β_t < u_t } − min { g_t : β_t > l_t } is below its tolerance, g = p − Kβ.
protocol BoundedMinimizer {
  /// The most iterations it takes.
  var maxIterations: Int { get }

  /// Moves β, whose slack g is `slack`, to the minimum.
  ///
  /// - Precondition: Every β_t lies within its bounds.
  mutating func minimize(
    from beta: [Double], slack: [Double], lower: [Double], upper: [Double]
  ) -> BoundedEnd
}

/// Where the iterations of a `BoundedMinimizer` ended.
struct BoundedEnd {
  /// β, one number a row.
  var beta: [Double]
  /// g = p − Kβ.
  var slack: [Double]
  var iterations = 0
  var hasConverged = false
}

import LinAlg

/// A strictly increasing function that gives a standard normal number the distribution of a sample.
///
/// The sample is smoothed by a normal kernel of Silverman's width first, so that equal values do not
/// make steps. Between knots z = −5, −4.9, …, 5 the function is linear, and beyond them it goes on as
/// it ended. So the density of x = g(z) is φ(z)/g′(z) exactly.
struct NormalScale: Sendable {
  private static let knots = 101
  private static let reach = 5.0
  private static let step = 2 * reach / Double(knots - 1)

  /// g at the knots.
  private let values: [Double]

  /// Fits the function to at least one value.
  ///
  /// A sample without spread gives a function that is steep enough to be inverted and no more.
  init(_ sample: [Double]) {
    let n = Double(sample.count)
    let mean = sample.reduce(0, +) / n
    let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(n - 1, 1)
    let deviation = max(variance.squareRoot(), 1e-9 * max(abs(mean), 1))
    let width = 1.06 * deviation * Lanes.exp(-Lanes.log(n) / 5)
    // Smoothing adds the kernel's variance; shrinking takes it off again.
    let shrink = deviation / (deviation * deviation + width * width).squareRoot()
    let span = (sample.min() ?? 0) - 8 * width..<(sample.max() ?? 0) + 8 * width
    var values: [Double] = []
    for knot in 0..<Self.knots {
      let share = NormalDistribution.cumulative(Self.step * Double(knot) - Self.reach)
      var (low, high) = (values.last ?? span.lowerBound, span.upperBound)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        let below = sample.reduce(0) { $0 + NormalDistribution.cumulative((middle - $1) / width) }
        if below < share * n { low = middle } else { high = middle }
      }
      values.append(high)
    }
    values = values.map { mean + ($0 - mean) * shrink }
    let least = 1e-12 * max(abs(mean), deviation)
    for knot in 1..<Self.knots where values[knot] < values[knot - 1] + least {
      values[knot] = values[knot - 1] + least
    }
    self.values = values
  }

  /// g(z).
  func value(_ z: Double) -> Double {
    let place = (z + Self.reach) / Self.step
    let knot = Int(max(0, min(place.rounded(.down), Double(Self.knots - 2))))
    return values[knot] + (place - Double(knot)) * (values[knot + 1] - values[knot])
  }

  /// z and g′(z) where g(z) = x.
  func score(_ x: Double) -> (z: Double, slope: Double) {
    var (low, high) = (0, Self.knots - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle } else { high = middle }
    }
    let rise = values[low + 1] - values[low]
    let place = Double(low) + (x - values[low]) / rise
    return (place * Self.step - Self.reach, rise / Self.step)
  }
}

import Foundation

/// The population stability index of a sample against a reference, with the quantile it has by chance.
///
///     PSI = Σ (a_b − e_b)·ln(a_b / e_b)
///
/// over B bins of equal shares of the reference, whose edges are values of it; a and e are shares of
/// the sample and of the reference, half a row being added to each bin. Without drift PSI is
/// (1/n + 1/m)·χ² with B − 1 degrees of freedom, so the customary limits 0.1 and 0.25 mean nothing
/// for small samples. B is 10, or so few that ten rows of the smaller sample fall in each.
///
/// Source: Yurdakul, Naranjo, "Statistical properties of the population stability index", Journal of
/// Risk Model Validation 14 (2020).
package struct PopulationStability: Sendable {
  /// PSI.
  package let statistic: Double

  /// Degrees of freedom: bins, but one.
  package let degreesOfFreedom: Int

  /// The probability of a PSI at least as large without drift.
  package let pValue: Double

  /// (1/n + 1/m).
  private let scale: Double

  /// Compares two samples of finite values, in ascending order.
  ///
  /// - Precondition: Neither is empty.
  package init(sorted sample: [Double], reference: [Double]) {
    let (n, m) = (sample.count, reference.count)
    precondition(n > 0 && m > 0, "No index of samples of \(n) and \(m)")
    let edges = Self.edges(reference, bins: max(1, min(10, min(n, m) / 10)))
    let a = Self.shares(sample, edges)
    let e = Self.shares(reference, edges)
    statistic = zip(a, e).reduce(0) { $0 + ($1.0 - $1.1) * log($1.0 / $1.1) }
    degreesOfFreedom = edges.count
    scale = 1 / Double(n) + 1 / Double(m)
    pValue =
      edges.isEmpty
      ? 1 : ChiSquared(degreesOfFreedom: Double(edges.count)).survival(statistic / scale)
  }

  /// The PSI that is exceeded without drift with the given probability.
  package func limit(at probability: Double) -> Double {
    degreesOfFreedom == 0
      ? 0
      : scale
        * ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).quantile(1 - probability)
  }

  /// The largest values of all bins but the last; bins of the same values are one.
  private static func edges(_ reference: [Double], bins: Int) -> [Double] {
    var edges: [Double] = []
    for bin in 1..<max(bins, 1) {
      let edge = reference[(reference.count * bin + bins - 1) / bins - 1]
      if edge != edges.last, edge < reference[reference.count - 1] { edges.append(edge) }
    }
    return edges
  }

  private static func shares(_ values: [Double], _ edges: [Double]) -> [Double] {
    var counts = [Double](repeating: 0.5, count: edges.count + 1)
    var bin = 0
    for value in values {
      while bin < edges.count, value > edges[bin] { bin += 1 }
      counts[bin] += 1
    }
    let total = Double(values.count) + 0.5 * Double(counts.count)
    return counts.map { $0 / total }
  }
}

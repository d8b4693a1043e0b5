import Defenses
import LinAlg
import Models

/// Class probabilities by normal distributions, one a class, in cross-validation.
///
///     ln p_c(x) = ln π_c − ½ ln det Σ_c − ½ D²_c(x) + constant
enum NormalClasses {
  /// Probabilities, n × K, row after row, of each row by the classes of the other folds.
  static func probabilities(
    _ problem: Problem, folds: [Int], foldCount: Int, threads: Int
  ) -> [Double] {
    let (n, k) = (problem.sampleCount, problem.classCount)
    let parts = Parallel.map(foldCount, threads: threads) { fold in
      let outside = folds.indices.filter { folds[$0] == fold }
      let features = problem.features.selectingRows(outside)
      var logits = [Double](repeating: -1e300, count: outside.count * k)
      for label in 0..<k {
        let rows = folds.indices.filter { folds[$0] != fold && problem.labels[$0] == label }
        // A class of fewer rows than that has no covariance to speak of.
        guard rows.count > problem.featureCount + 1 else { continue }
        let scatter = Scatter(of: problem.features, rows: rows)
        let offset = Lanes.log(Double(rows.count)) - scatter.logDeterminant / 2
        for (place, squared) in scatter.squaredDistances(of: features).enumerated() {
          logits[place * k + label] = max(offset - squared / 2, -1e300)
        }
      }
      return (rows: outside, logits: logits)
    }
    var p = [Double](repeating: 0, count: n * k)
    for part in parts {
      for (place, row) in part.rows.enumerated() {
        let logits = part.logits[place * k..<(place + 1) * k]
        let largest = logits.max() ?? 0
        let powers = logits.map { Lanes.exp(max($0 - largest, -700)) }
        let sum = powers.reduce(0, +)
        for label in 0..<k { p[row * k + label] = powers[label] / sum }
      }
    }
    return p
  }
}

import Defenses
import LinAlg
import Models

/// Class probabilities by normal distributions, one a class, in cross-validation.
///
///     ln p_c(x) = ln π_c − ½ ln det Σ_c − ½ D²_c(x) + constant
enum NormalClasses {
  /// Probabilities, n × K, row after row, of each row by the classes of the other folds.
  static func probabilities(
    _ problem: Problem, _ validation: CrossValidation, threads: Int
  ) -> [Double] {
    let k = problem.classCount
    return validation.scores(classCount: k, threads: threads) { others, rows in
      let features = problem.features.selectingRows(rows)
      var scores = [Double](repeating: -1e300, count: rows.count * k)
      for label in 0..<k {
        let own = others.filter { problem.labels[$0] == label }
        // A class of fewer rows than that has no covariance to speak of.
        guard own.count > problem.featureCount + 1 else { continue }
        let scatter = Scatter(of: problem.features, rows: own)
        let offset = Lanes.log(Double(own.count)) - scatter.logDeterminant / 2
        for (place, squared) in scatter.squaredDistances(of: features).enumerated() {
          scores[place * k + label] = max(offset - squared / 2, -1e300)
        }
      }
      for start in stride(from: 0, to: scores.count, by: max(k, 1)) {
        let largest = scores[start..<start + k].max() ?? 0
        let powers = (0..<k).map { Lanes.exp(max(scores[start + $0] - largest, -700)) }
        let sum = powers.reduce(0, +)
        for label in 0..<k { scores[start + label] = powers[label] / sum }
      }
      return scores
    }.elements
  }
}

import Defenses
import LinAlg
import Models

/// Models of the classes, of which the best is relied on: without wrong labels, and with.
///
///     L(ε) = Σᵢ ln((1 − ε)·p_iy + ε·(1 − p_iy)/(K − 1))
///
/// is the likelihood of the labels y if a share ε of them were exchanged for others at random, by
/// cross-validated probabilities p. Candidates are softmax regression, normal classes, and softmax
/// regression that allows for ε (forward correction). One of them with the ε that suits it best is
/// preferred to the best without only if its L is larger by 8, as large as chance makes it once in
/// 30,000 files: 2·8 = 4² for one more parameter.
///
/// Source: the likelihood: Raykar, Yu et al., "Learning from crowds", JMLR 11 (2010), section 2, of one
/// annotator; its ratio: Wilks, Annals of Mathematical Statistics 9 (1938).
struct LabelModels {
  /// p of the best candidate without ε, n × K, row after row.
  let plain: [Double]

  /// p of the best candidate with ε, where that is preferred.
  let tolerant: [Double]?

  /// What L must gain by ε.
  private static let leastGain = 8.0

  /// Turns of the softmax regression that allows for wrong labels; each is a fit with soft targets.
  private static let turns = 12

  private struct Candidate {
    let probabilities: [Double]
    let plain: Double
    let share: Double
    let likelihood: Double
  }

  init(
    _ problem: Problem, _ regression: SoftmaxRegression, _ validation: CrossValidation, threads: Int
  ) {
    let k = problem.classCount
    let softmax = validation.probabilities(problem, regression, threads: threads).elements
    let normal = NormalClasses.probabilities(problem, validation, threads: threads)
    var candidates = [softmax, normal].map { Self.candidate($0, problem.labels, k) }
    let share = candidates.map(\.share).max() ?? 0
    if share > 0, k >= 2 {
      let warm = regression.fitSoftmax(problem, threads: threads)
      let tolerant = validation.probabilities(problem, threads: threads) {
        Self.tolerantFit($0, regression, share: share, from: warm)
      }
      candidates.append(Self.candidate(tolerant.elements, problem.labels, k))
    }
    let best = candidates.max { $0.plain < $1.plain }
    let noisy = candidates.max { $0.likelihood < $1.likelihood }
    let gains = (noisy?.likelihood ?? 0) - (best?.plain ?? 0) > Self.leastGain
    plain = best?.probabilities ?? []
    tolerant = gains ? noisy?.probabilities : nil
  }

  private static func candidate(_ p: [Double], _ labels: [Int], _ k: Int) -> Candidate {
    let own = labels.indices.map { p[$0 * k + labels[$0]] }
    // What a model calls impossible is impossible to it in one of a million.
    let plain = own.reduce(0) { $0 + Lanes.log(max($1, 1e-6)) }
    let share = Self.share(own, k)
    return Candidate(
      probabilities: p, plain: plain, share: share, likelihood: likelihood(own, share, k))
  }

  /// The ε of the largest L, by turns of expectation and maximisation; at most a half.
  private static func share(_ own: [Double], _ k: Int) -> Double {
    guard k >= 2, !own.isEmpty else { return 0 }
    var share = 0.05
    for _ in 0..<200 {
      let wrong = own.reduce(0) { sum, p in
        let (right, other) = ((1 - share) * p, share * (1 - p) / Double(k - 1))
        return sum + (right + other > 0 ? other / (right + other) : 0.5)
      }
      let next = min(wrong / Double(own.count), 0.5)
      if abs(next - share) < 1e-6 { break }
      share = next
    }
    return share < 1e-4 ? 0 : share
  }

  private static func likelihood(_ own: [Double], _ share: Double, _ k: Int) -> Double {
    own.reduce(0) { sum, p in
      sum + Lanes.log(max((1 - share) * p + share * (1 - p) / Double(max(k - 1, 1)), 1e-6))
    }
  }

  /// Softmax regression that allows for a share of labels that were exchanged for others at random.
  ///
  /// Expectation and maximisation: the classes of rows are soft targets, p_c·T_cy over its sum, by
  /// the model of the turn before. Lowers the objective of `MajorizedRegression.Loss.forward`, from
  /// one start, for a fixed number of turns.
  private static func tolerantFit(
    _ problem: Problem, _ base: SoftmaxRegression, share: Double, from warm: SoftmaxModel
  ) -> any Model {
    let k = problem.classCount
    var model = base.fitSoftmax(problem, from: warm)
    guard model.presentClasses.count >= 2 else { return model }
    let other = share / Double(k - 1)
    for _ in 0..<turns {
      var targets = model.predict(problem.features, threads: 1).scores.elements
      for row in 0..<problem.sampleCount {
        let label = problem.labels[row]
        var sum = 0.0
        for c in 0..<k {
          targets[row * k + c] *= c == label ? 1 - share : other
          sum += targets[row * k + c]
        }
        for c in 0..<k { targets[row * k + c] /= max(sum, 1e-300) }
      }
      model = base.fitSoftmax(
        problem, targets: Matrix(rows: problem.sampleCount, columns: k, elements: targets),
        from: model)
    }
    return model
  }
}

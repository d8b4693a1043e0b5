import Defenses
import LinAlg
import Models

/// What four unlike estimators say together of the class of each row, and how probable that makes it that
/// its label is wrong.
///
///     p_ic ∝ Π_m (p^m_ic)^β_m,   P(class c | label y) ∝ p_ic·T_cy
///
/// Estimators m are softmax regression, the same on Gaussian kernels, normal classes and weighted neighbours;
/// each judges a row by others alone. What rows are taken to be is P(c | y), with p² for p, from which they
/// learn anew: they would bend to wrong labels. While they learn, their probabilities are mixed (`Mixture`),
/// so that no estimator can talk itself into what the others do not see; the noise T of labels is that of
/// the mixture (`LabelNoise`). At the end what they thought at first and at last is pooled (`OpinionPool`):
/// where estimators agree, they are surer than each by itself.
///
/// Source: the likelihood of noisy labels: Raykar, Yu et al., "Learning from crowds", JMLR 11 (2010), section
/// 2, of one annotator.
struct LabelPanel: Sendable {
  /// What the estimators are called.
  let names: [String]

  /// The probabilities by each estimator at last, n × K each.
  let opinions: [[Double]]

  /// p, n × K.
  let probabilities: [Double]

  /// P(c | y), n × K.
  let posterior: [Double]

  /// T.
  let noise: LabelNoise

  /// The share of the nearest others that have a row's label.
  let neighborShares: [Double]

  /// How often the estimators learn.
  static let roundCount = 4

  /// Rows beyond which mixtures are found by so many.
  private static let sampleLimit = 20_000

  /// The power of p from which targets are: estimators that bent to wrong labels are less sure than they
  /// will be, and would let go of those only in many rounds.
  private static let boldness = 2.0

  /// Judges the labels of rows; each of the K ≥ 2 classes is the label of some.
  ///
  /// `progress` is told how many of `roundCount` steps are done.
  init(
    _ suspects: Suspects, _ regression: SoftmaxRegression, threads: Int,
    progress: (Int) -> Void = { _ in }
  ) {
    let (n, k) = (suspects.count, suspects.classCount)
    let labels = suspects.labels
    let x = Self.standardized(Self.standardized(suspects.features))
    var stream = suspects.stream(.folds)
    let validation = CrossValidation(
      labels, classCount: k, foldCount: min(5, n), &stream)
    let problem = { (features: Matrix<Double>) in
      Problem(features: features, labels: labels, classCount: k)
    }
    var estimators: [any ClassEstimator] = [
      RegressionEstimator("softmax", problem(x), validation, regression)
    ]
    var landmarks = suspects.stream(.inspectionSample, row: 2)
    if let z = KernelFeatures.of(
      x,
      landmarks: landmarks.permutation(of: n, prefix: min(n, KernelFeatures.landmarkLimit))
        .sorted())
    {
      estimators.append(RegressionEstimator("kernel", problem(z), validation, regression))
    }
    if x.columns <= NormalClasses.featureLimit {
      estimators.append(NormalClasses(x, validation))
    }
    var sample = suspects.stream(.inspectionSample)
    let nearby = NearbyLabels(x, &sample, threads: threads)
    estimators.append(nearby)

    let mixture = Mixture(
      labels, classCount: k, rows: Self.spread(n, over: Self.sampleLimit), threads: threads)
    var targets = Matrix<Double>(rows: n, columns: k)
    for row in 0..<n { targets[row, labels[row]] = 1 }
    var noise = LabelNoise(classCount: k)
    var (opinions, first): ([[Double]], [[Double]]) = ([], [])
    for round in 0..<Self.roundCount {
      opinions = estimators.indices.map { index in
        estimators[index].probabilities(by: targets, threads: threads).elements
          .map { 0.9999 * $0 + 0.0001 / Double(k) }
      }
      if round == 0 { first = opinions }
      for _ in 0..<2 {
        let p = mixture.mixed(mixture.sharpened(opinions, noise), noise)
        noise = mixture.likeliest(LabelNoise(labels, p, classCount: k).alternatives, opinions)
      }
      let p = mixture.mixed(mixture.sharpened(opinions, noise), noise)
      let bold = Distribution.normalized(p.map { Self.boldness * Lanes.log($0) }, classCount: k)
      targets = Matrix(rows: n, columns: k, elements: Self.posterior(labels, bold, noise, k))
      progress(round + 1)
    }
    // What estimators thought at first is an opinion, too: on classes that they fit badly, those that
    // have learnt from each other agree too much.
    let all = first + opinions
    let pool = OpinionPool(all, labels, noise, classCount: k)
    self.noise = LabelNoise(labels, pool.probabilities, classCount: k)
    (probabilities, posterior) = Self.averaged(
      all, labels, self.noise.alternatives, classCount: k, threads: threads)
    self.opinions = opinions
    names = estimators.map(\.name)
    neighborShares = nearby.shares(of: labels)
  }

  /// The probability that the label of a row is wrong.
  func wrongProbability(_ row: Int, label: Int) -> Double {
    let k = posterior.count / max(neighborShares.count, 1)
    return 1 - posterior[row * k + label]
  }

  /// p and P(c | y), averaged over what the noise may be: each has its say by how likely it makes the labels.
  ///
  /// One rate alone would decide whether all wrong labels of a small file are named or none.
  private static func averaged(
    _ opinions: [[Double]], _ labels: [Int], _ candidates: [LabelNoise], classCount k: Int,
    threads: Int
  ) -> (probabilities: [Double], posterior: [Double]) {
    let pools = Parallel.map(candidates.count, threads: threads) { index in
      OpinionPool(opinions, labels, candidates[index], classCount: k)
    }
    let most = pools.map(\.likelihood).max() ?? 0
    let weights = pools.map { Lanes.exp(max($0.likelihood - most, -700)) }
    let sum = weights.reduce(0, +)
    var p = [Double](repeating: 0, count: labels.count * k)
    var q = p
    for (index, pool) in pools.enumerated() {
      let share = weights[index] / sum
      let posterior = posterior(labels, pool.probabilities, candidates[index], k)
      for place in p.indices {
        p[place] += share * pool.probabilities[place]
        q[place] += share * posterior[place]
      }
    }
    return (p, q)
  }

  private static func posterior(
    _ labels: [Int], _ p: [Double], _ noise: LabelNoise, _ k: Int
  ) -> [Double] {
    var q = p
    for (row, label) in labels.enumerated() {
      var sum = 0.0
      for c in 0..<k {
        q[row * k + c] *= noise.transition[c * k + label]
        sum += q[row * k + c]
      }
      for c in 0..<k { q[row * k + c] /= max(sum, 1e-300) }
    }
    return q
  }

  /// Features of mean 0 and variance 1, none more than 6 from 0; those without spread are 0.
  ///
  /// Done twice, values far off do not decide what the others are.
  private static func standardized(_ x: Matrix<Double>) -> Matrix<Double> {
    let (n, d) = (x.rows, x.columns)
    var result = x
    result.withMutableElements { x in
      for j in 0..<d {
        var (mean, squares) = (0.0, 0.0)
        for row in 0..<n { mean += x[row * d + j] / Double(n) }
        for row in 0..<n {
          squares += (x[row * d + j] - mean) * (x[row * d + j] - mean) / Double(n)
        }
        let deviation = squares.squareRoot()
        for row in 0..<n {
          let z = (x[row * d + j] - mean) / deviation
          x[row * d + j] = z.isFinite ? min(max(z, -6), 6) : 0
        }
      }
    }
    return result
  }

  private static func spread(_ n: Int, over limit: Int) -> [Int] {
    n <= limit ? Array(0..<n) : (0..<limit).map { $0 * n / limit }
  }
}

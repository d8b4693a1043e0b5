import Defenses
import LinAlg
import Models

/// What four unlike estimators say together of the class of each row, and how probable that makes it that
/// its label is wrong.
///
///     p_ic ∝ Π_m (p^m_ic)^β_m,   P(class c | label y) ∝ p_ic·T_cy
///
/// Estimators m are softmax regression, the same on Gaussian kernels, normal classes and weighted neighbours;
/// each judges a row by others alone, where there are groups by those of other groups. What rows are taken to be is P(c | y), with p² for p, from which they
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

  /// The share of wrong labels.
  let rate: NoiseRate

  /// The share of the nearest others that have a row's label.
  let neighborShares: [Double]

  /// How often the estimators learn.
  static let roundCount = 3

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
    let validation =
      suspects.groups.map {
        CrossValidation(labels, classCount: k, groups: $0, foldCount: 5, &stream)
      } ?? CrossValidation(labels, classCount: k, foldCount: min(5, n), &stream)
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
    let nearby =
      suspects.groups == nil
      ? NearbyLabels(x, &sample, threads: threads)
      : NearbyLabels(x, across: validation, &sample, threads: threads)
    estimators.append(nearby)

    let mixture = Mixture(
      labels, classCount: k, rows: Self.spread(n, over: Self.sampleLimit), threads: threads)
    var targets = Matrix<Double>(rows: n, columns: k)
    for row in 0..<n { targets[row, labels[row]] = 1 }
    func judged(by targets: Matrix<Double>) -> [[Double]] {
      estimators.indices.map { index in
        estimators[index].probabilities(by: targets, threads: threads).elements
          .map { 0.9999 * $0 + 0.0001 / Double(k) }
      }
    }
    let first = judged(by: targets)
    // Estimators that have learnt from each other would contradict labels too seldom.
    let fitted = OpinionPool(first, labels, Self.hardlyAny(k), classCount: k)
    rate = NoiseRate(labels, fitted.probabilities, classCount: k)
    var noise = LabelNoise(rate: rate.mean, classCount: k)
    var opinions = first
    for round in 1..<Self.roundCount {
      progress(round)
      let p = mixture.mixed(mixture.sharpened(opinions, noise), noise)
      noise = LabelNoise(rate: rate.mean, labels, p, classCount: k)
      let bold = Distribution.normalized(p.map { Self.boldness * Lanes.log($0) }, classCount: k)
      targets = Matrix(rows: n, columns: k, elements: Self.posterior(labels, bold, noise, k))
      opinions = judged(by: targets)
    }
    progress(Self.roundCount)
    // What estimators thought at first is an opinion, too: on classes that they fit badly, those that
    // have learnt from each other agree too much.
    let all = first + opinions
    let pool = OpinionPool(all, labels, noise, classCount: k)
    noise = LabelNoise(rate: rate.mean, labels, pool.probabilities, classCount: k)
    (probabilities, posterior) = Self.averaged(
      all, labels, rate, noise, classCount: k, threads: threads)
    self.opinions = opinions
    names = estimators.map(\.name)
    neighborShares = nearby.shares(of: labels)
  }

  /// The probability that the label of a row is wrong.
  func wrongProbability(_ row: Int, label: Int) -> Double {
    let k = posterior.count / max(neighborShares.count, 1)
    return 1 - posterior[row * k + label]
  }

  /// p and P(c | y), averaged over what the rate of wrong labels may be.
  ///
  /// One rate alone would decide whether all wrong labels of a small file are named or none.
  private static func averaged(
    _ opinions: [[Double]], _ labels: [Int], _ rate: NoiseRate, _ noise: LabelNoise,
    classCount k: Int, threads: Int
  ) -> (probabilities: [Double], posterior: [Double]) {
    let plausible = rate.plausible
    let views = Parallel.map(plausible.count, threads: threads) { index in
      let noise = noise.with(rate: plausible[index].rate, classCount: k)
      let p = OpinionPool(opinions, labels, noise, classCount: k).probabilities
      return (p: p, posterior: posterior(labels, p, noise, k))
    }
    var p = [Double](repeating: 0, count: labels.count * k)
    var q = p
    for (view, share) in zip(views, plausible.map(\.probability)) {
      for place in p.indices {
        p[place] += share * view.p[place]
        q[place] += share * view.posterior[place]
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

  /// Labels nearly all of which are right, so that opinions are pooled to fit them.
  private static func hardlyAny(_ k: Int) -> LabelNoise { LabelNoise(rate: 0.001, classCount: k) }

  private static func spread(_ n: Int, over limit: Int) -> [Int] {
    n <= limit ? Array(0..<n) : (0..<limit).map { $0 * n / limit }
  }
}

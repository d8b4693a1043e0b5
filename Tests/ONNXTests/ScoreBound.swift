import LinAlg
import Models

/// How far two computations of the scores of a model may be apart.
struct ScoreBound {
  /// The bound on the difference of scores.
  let tolerance: Double

  /// Whether the class of each row is certain: no number it hangs on is within its error of a tie.
  let isCertain: [Bool]

  /// Derives the bound for scaled rows.
  init(_ model: any Model, _ x: Matrix<Double>) {
    switch model {
    case let model as SoftmaxModel: self.init(softmax: model, x)
    case let model as SupportVectorModel: self.init(supportVectors: model, x)
    default:
      // Distances, votes and shares are the same operations in the same order.
      self.init(tolerance: 0, isCertain: Array(repeating: true, count: x.rows))
    }
  }

  private init(tolerance: Double, isCertain: [Bool]) {
    self.tolerance = tolerance
    self.isCertain = isCertain
  }

  /// Bounds probabilities.
  ///
  /// A logit is a sum of d + 1 products, in any order off by (d + 1)·ε·Σ|wx|; two of them by twice
  /// that. A probability moves by at most half of what logits do; `exp` and quotient add some ε.
  private init(softmax model: SoftmaxModel, _ x: Matrix<Double>) {
    let (theta, d) = (model.coefficients, x.columns)
    var worst = 0.0
    var certain: [Bool] = []
    for row in 0..<x.rows {
      var (logits, scale) = ([Double](), 0.0)
      for c in 0..<theta.rows {
        var (sum, magnitude) = (theta[c, d], abs(theta[c, d]))
        for j in 0..<d {
          sum += theta[c, j] * x[row, j]
          magnitude += abs(theta[c, j] * x[row, j])
        }
        logits.append(sum)
        scale = max(scale, magnitude)
      }
      let error = 2 * Double(d + 1) * .ulpOfOne * scale
      worst = max(worst, error)
      let sorted = logits.sorted(by: >)
      certain.append(sorted.count < 2 || sorted[0] - sorted[1] > 2 * error || scale == 0)
    }
    self.init(tolerance: worst + 16 * .ulpOfOne, isCertain: certain)
  }

  /// Bounds scores of one machine for two classes, of K − 1 machines for more.
  ///
  /// f is a sum of s + 1 terms. A kernel value is off by 5e-14 of itself (RBF, mostly the model's)
  /// or by 2·d·ε·Σ|xz| (linear). A score is not steeper than the sum of the f it adds.
  private init(supportVectors model: SupportVectorModel, _ x: Matrix<Double>) {
    let (z, d) = (model.supportVectors, x.columns)
    let decisions = model.decisionValues(x)
    var worst = 0.0
    var certain: [Bool] = []
    for row in 0..<x.rows {
      let magnitudes = (0..<z.rows).map { index in
        model.gamma != nil ? 1 : (0..<d).reduce(0.0) { $0 + abs(x[row, $1] * z[index, $1]) }
      }
      var isCertain = true
      for (m, machine) in model.machines.enumerated() {
        let scale =
          zip(machine.coefficients, magnitudes).reduce(abs(machine.intercept)) {
            $0 + abs($1.0) * $1.1
          }
        let kernelError = model.gamma != nil ? 5e-14 : 2 * Double(d) * .ulpOfOne
        let error = (kernelError + 2 * Double(z.rows + 1) * .ulpOfOne) * scale
        worst = max(worst, error)
        isCertain = isCertain && abs(decisions[row, m]) > error
      }
      certain.append(isCertain)
    }
    self.init(
      tolerance: Double(model.classCount) * (worst + 4 * .ulpOfOne), isCertain: certain)
  }
}

import Datasets
import Foundation
import LinAlg
import Models
import TestSupport
import Testing

/// Three overlapping classes of n rows in d features, the same for the same seed.
func cloud(_ n: Int, _ d: Int, classes: Int = 3, seed: UInt32 = 1) -> Problem {
  let noise = normalMatrix(n, d, seed: seed) as Matrix<Double>
  let labels = (0..<n).map { $0 % classes }
  var features = noise
  for row in 0..<n { features[row, labels[row] % d] += 1.5 }
  let weights = (0..<n).map { 0.5 + Double($0 % 4) / 2 }
  return Problem(features: features, labels: labels, weights: weights, classCount: classes)
}

@Suite struct SoftmaxObjectiveTests {
  /// Central differences of step h are off by h²·f‴/6 + ε·|f|/h: h = ε^⅓ balances the two, which
  /// leaves about ε^⅔·|f| ≈ 4e-11·|f|, here with a factor for f‴.
  @Test(arguments: [2, 3, 5], [512, 2]) func gradientIsTheSlope(classes: Int, blockSize: Int) {
    let problem = cloud(37, 4, classes: classes)
    let objective = SoftmaxObjective(problem, c: 0.7, threads: 1, blockSize: blockSize)
    let point = normalArray(objective.parameterCount, seed: 9)
    var gradient = [Double](repeating: 0, count: point.count)
    var ignored = gradient
    let value = objective.value(at: point, gradient: &gradient)
    let h = 6e-6
    for index in point.indices {
      var (left, right) = (point, point)
      left[index] -= h
      right[index] += h
      let slope =
        (objective.value(at: right, gradient: &ignored)
          - objective.value(at: left, gradient: &ignored)) / (2 * h)
      #expect(abs(slope - gradient[index]) <= 1e-9 * max(abs(value), 1))
    }
  }

  @Test(arguments: [2, 3, 5], [512, 2]) func hessianIsTheSlopeOfTheGradient(
    classes: Int, blockSize: Int
  ) {
    let problem = cloud(37, 3, classes: classes)
    let objective = SoftmaxObjective(problem, c: 0.7, threads: 1, blockSize: blockSize)
    let point = normalArray(objective.parameterCount, seed: 9)
    var gradient = [Double](repeating: 0, count: point.count)
    var hessian = Matrix<Double>(rows: point.count, columns: point.count)
    _ = objective.value(at: point, gradient: &gradient, hessian: &hessian)
    let scale = hessian.elements.reduce(1) { max($0, abs($1)) }
    let h = 6e-6
    var (before, after) = (gradient, gradient)
    for column in point.indices {
      var (left, right) = (point, point)
      left[column] -= h
      right[column] += h
      _ = objective.value(at: left, gradient: &before)
      _ = objective.value(at: right, gradient: &after)
      for row in point.indices {
        let slope = (after[row] - before[row]) / (2 * h)
        #expect(abs(slope - hessian[row, column]) <= 1e-8 * scale)
      }
    }
  }

  @Test func blocksAndThreadsChangeNothingBeyondRounding() {
    let problem = cloud(1300, 5)
    let whole = SoftmaxObjective(problem, c: 1, threads: 1, blockSize: 2000)
    let cut = SoftmaxObjective(problem, c: 1, threads: 1, blockSize: 100)
    let threaded = SoftmaxObjective(problem, c: 1, threads: 2, blockSize: 100)
    let point = normalArray(whole.parameterCount, seed: 3)
    var gradients = [[Double]](repeating: point, count: 3)
    var hessians = [Matrix<Double>](
      repeating: Matrix(rows: point.count, columns: point.count), count: 3)
    let values = [whole, cut, threaded].enumerated().map { index, objective in
      objective.value(at: point, gradient: &gradients[index], hessian: &hessians[index])
    }
    // n terms summed in another order: n·ε of their magnitude.
    #expect(abs(values[0] - values[1]) <= 1300 * Double.ulpOfOne * values[0])
    #expect(values[1] == values[2])
    #expect(gradients[1] == gradients[2])
    #expect(hessians[1] == hessians[2])
  }
}

@Suite struct SoftmaxRegressionTests {
  @Test(arguments: [2, 3, 5]) func allSolversFindTheSameMinimum(classes: Int) throws {
    let problem = cloud(200, 6, classes: classes)
    let newton = try SoftmaxRegression(c: 1).fitSoftmax(problem)
    var regression = try SoftmaxRegression(c: 1)
    regression.newtonLimit = 0
    let truncated = regression.fitSoftmax(problem)
    // ‖∇f‖∞ ≤ 10⁻³ is rough enough for L-BFGS.
    regression = try SoftmaxRegression(c: 1, tolerance: 1e-3)
    regression.newtonLimit = 0
    let rough = regression.fitSoftmax(problem)
    for fit in [newton, truncated, rough] { #expect(fit.report.outcome == .converged) }
    #expect(truncated.report.residual <= 1e-8 && rough.report.residual <= 1e-3)
    // Newton's method by products squares the error, too; L-BFGS ends a quadratic in P steps.
    let parameterCount = (classes == 2 ? 1 : classes) * 7
    #expect(truncated.report.iterations <= 20)
    #expect(rough.report.iterations <= parameterCount + 10)
    // ½‖W‖² makes f 1-strongly convex in W: ‖ΔW‖ ≤ ‖∇f‖ ≤ √P·1e-8 from each, or √P·1e-3.
    for row in 0..<newton.coefficients.rows {
      for column in 0..<problem.featureCount {
        let w = newton.coefficients[row, column]
        #expect(abs(w - truncated.coefficients[row, column]) <= 1e-6)
        #expect(abs(w - rough.coefficients[row, column]) <= 6e-3)
      }
    }
    // The value at a point of gradient g is within ‖g‖² of the minimum; what is left is rounding.
    #expect(
      abs(newton.report.objective - truncated.report.objective) <= 1e-12 * newton.report.objective)
  }

  /// Many like features, two of them rare and far off, so that curvature differs by a million; Newton's method
  /// with the full Hessian is the judge, and the bits are the same for any number of threads.
  @Test func manyFeaturesThatAreAlike() throws {
    var stream = RandomStream(purpose: RandomPurpose(9_979), seed: 0)
    let (n, d, k) = (600, 60, 4)
    var x = [Double](repeating: 0, count: n * d)
    let labels = (0..<n).map { $0 % k }
    for row in 0..<n {
      let common = stream.normal()
      for j in 0..<d {
        x[row * d + j] = common + 0.1 * stream.normal() + (j % k == labels[row] ? 0.1 : 0)
      }
    }
    for row in 0..<3 { x[row * d + 7] = 90 }
    let problem = Problem(
      features: Matrix(rows: n, columns: d, elements: x), labels: labels, classCount: k)
    let newton = try SoftmaxRegression().fitSoftmax(problem)
    var regression = try SoftmaxRegression()
    regression.newtonLimit = 0
    let one = regression.fitSoftmax(problem, threads: 1)
    let two = regression.fitSoftmax(problem, threads: 2)
    #expect(one.report.outcome == .converged && one.report.residual <= 1e-8)
    #expect(one.coefficients.elements == two.coefficients.elements)
    // As above: √P·1e-8 for each.
    for (a, b) in zip(newton.coefficients.elements, one.coefficients.elements) {
      #expect(abs(a - b) <= 1e-6)
    }
  }

  /// Squares of these features are beyond single precision: nothing may be called an end that is none.
  @Test(arguments: [1e15, 1e25, 1e30]) func hugeFeaturesHaveAnHonestEnd(_ scale: Double) throws {
    let small = cloud(200, 6, classes: 3)
    let problem = Problem(
      features: Matrix(rows: 200, columns: 6, elements: small.features.elements.map { scale * $0 }),
      labels: small.labels, classCount: 3)
    var regression = try SoftmaxRegression()
    regression.newtonLimit = 0
    let fit = regression.fitSoftmax(problem)
    // From W = 0 every fit goes down; one that stays there has not begun, and must not say that it has ended.
    let hasBegun = fit.report.objective < 0.99 * 200 * log(3)
    #expect(hasBegun || (scale > 1e15 && fit.report.outcome == .iterationLimit), "\(fit.report)")
  }

  @Test func weightZeroIsAbsence() throws {
    let problem = cloud(90, 4)
    let weights = problem.weights.enumerated().map { $0 % 3 == 0 && $0 > 30 ? 0 : $1 }
    let kept = weights.indices.filter { weights[$0] > 0 }
    let masked = Problem(
      features: problem.features, labels: problem.labels, weights: weights, classCount: 3)
    let removed = Problem(
      features: problem.features.selectingRows(kept), labels: kept.map { problem.labels[$0] },
      weights: kept.map { weights[$0] }, classCount: 3)
    let learner = try SoftmaxRegression()
    #expect(
      learner.fitSoftmax(masked).coefficients == learner.fitSoftmax(removed).coefficients)
  }

  @Test func weightTwoIsTwice() throws {
    let base = cloud(60, 4)
    let doubled = Problem(
      features: base.features, labels: base.labels,
      weights: base.labels.indices.map { $0 < 20 ? 2 : 1 }, classCount: 3)
    let indices = Array(0..<60) + Array(0..<20)
    let repeated = Problem(
      features: base.features.selectingRows(indices), labels: indices.map { base.labels[$0] },
      classCount: 3)
    let (a, b) = try (
      SoftmaxRegression().fitSoftmax(doubled), SoftmaxRegression().fitSoftmax(repeated)
    )
    // Strong convexity again: both gradients are below 1e-8.
    #expect(Disagreement(a.coefficients.elements, b.coefficients.elements).magnitude <= 1e-6)
  }

  @Test func aLostClassHasProbabilityZero() throws {
    let base = cloud(60, 4)
    let kept = base.labels.indices.filter { base.labels[$0] != 1 }
    let problem = Problem(
      features: base.features.selectingRows(kept), labels: kept.map { base.labels[$0] },
      classCount: 3)
    let model = try SoftmaxRegression().fitSoftmax(problem)
    #expect(model.presentClasses == [0, 2])
    let prediction = model.predict(base.features)
    #expect(prediction.classes.allSatisfy { $0 != 1 })
    for row in 0..<60 {
      #expect(prediction.scores[row, 1] == 0)
      let sum = prediction.scores[row, 0] + prediction.scores[row, 2]
      #expect(abs(sum - 1) < 1e-15)
    }
    // Two classes left: the fit is the two-class fit.
    let binary = Problem(
      features: problem.features, labels: problem.labels.map { $0 / 2 }, classCount: 2)
    #expect(try SoftmaxRegression().fitSoftmax(binary).coefficients == model.coefficients)
  }

  @Test func separableDataWithWeakPenaltyConverge() throws {
    let iris = EmbeddedDataset.iris.load()
    let problem = Problem(features: iris.features, labels: iris.labels, classCount: 3)
    for c in [1e-6, 1e3, 1e6] {
      let model = try SoftmaxRegression(c: c).fitSoftmax(problem)
      #expect(model.report.outcome == .converged, "C \(c): \(model.report)")
    }
  }

  @Test func aShiftOfAllFeaturesMovesOnlyIntercepts() throws {
    let problem = cloud(80, 3)
    let moved = Problem(
      features: Matrix(
        rows: 80, columns: 3, elements: problem.features.elements.map { $0 + 4 }),
      labels: problem.labels, weights: problem.weights, classCount: 3)
    let (a, b) = try (
      SoftmaxRegression().fitSoftmax(problem), SoftmaxRegression().fitSoftmax(moved)
    )
    for row in 0..<3 {
      for column in 0..<3 {
        #expect(abs(a.coefficients[row, column] - b.coefficients[row, column]) <= 1e-6)
      }
    }
  }

  @Test func probabilitiesAreAnalyticForOneFeature() throws {
    // One row at +1 of class 1 and one at −1 of class 0: b = 0 by symmetry, and w solves
    // w = 2C·σ(−w), here at C = 1 by bisection.
    let problem = Problem(
      features: Matrix(rows: 2, columns: 1, elements: [-1, 1]), labels: [0, 1], classCount: 2)
    let model = try SoftmaxRegression(c: 1).fitSoftmax(problem)
    var (low, high) = (0.0, 2.0)
    for _ in 0..<100 {
      let w = (low + high) / 2
      if w < 2 / (1 + Lanes.exp(w)) { low = w } else { high = w }
    }
    #expect(abs(model.coefficients[1, 0] - low) < 1e-9)
    #expect(abs(model.coefficients[1, 1]) < 1e-9)
  }

  /// Many rows start from a few of them, whatever the order, the weights and the classes.
  @Test(arguments: [2, 4], [false, true]) func manyRowsEndAtTheMinimum(
    classes: Int, isWeighted: Bool
  ) throws {
    let n = 16_010
    let cloud = cloud(n, 6, classes: classes)
    let order = (0..<n).sorted { (cloud.labels[$0], $0) < (cloud.labels[$1], $1) }
    let problem = Problem(
      features: cloud.features.selectingRows(order), labels: order.map { cloud.labels[$0] },
      weights: (0..<n).map { isWeighted ? Double($0 % 5) / 2 : 1 }, classCount: classes)
    let model = try SoftmaxRegression().fitSoftmax(problem, threads: 2)
    #expect(model.report.outcome == .converged)
    try expectMinimum(model, of: problem)
    // Not more than twenty passes: the sample says nearly all.
    #expect(model.report.iterations <= 20)
    let again = try SoftmaxRegression().fitSoftmax(problem, threads: 1)
    #expect(again.coefficients == model.coefficients)
  }

  /// A feature that only a few rows have, which are hardly ever among those a fit starts from.
  @Test func aSampleThatMisleadsIsLeft() throws {
    let n = 17_000
    let cloud = cloud(n, 3)
    let elements = (0..<n).flatMap { row in
      (0..<4).map { $0 < 3 ? cloud.features[row, $0] : row % 1_699 == 0 ? 1e3 : 0.0 }
    }
    let problem = Problem(
      features: Matrix(rows: n, columns: 4, elements: elements), labels: cloud.labels,
      weights: (0..<n).map { $0 % 1_699 == 0 ? 1e6 : 1 }, classCount: 3)
    let model = try SoftmaxRegression().fitSoftmax(problem, threads: 2)
    #expect(model.report.outcome == .converged)
    try expectMinimum(model, of: problem)
  }

  /// Near the minimum values differ by their rounding alone, and gradients have to say when to end.
  ///
  /// Rows are few for so many parameters, so values there are off by more than what a step promises. Such a step
  /// must be made or be the last: computed again and again it would be thousands.
  @Test(arguments: [30.0, 1e5]) func wideFitsEndThoughValuesAreRounded(_ c: Double) throws {
    for draw in 0..<4 {
      let cloud = cloud(200 + 20 * draw, 130, classes: 8)
      let labels = cloud.labels.enumerated().map { ($1 + ($0 % 11 == 0 ? 1 : 0)) % 8 }
      let problem = Problem(features: cloud.features, labels: labels, classCount: 8)
      let model = try SoftmaxRegression(c: c).fitSoftmax(problem, threads: 2)
      #expect(model.report.outcome == .converged, "\(draw): \(model.report)")
      #expect(model.report.iterations < 300, "\(draw): \(model.report)")
    }
  }

  /// Checks the gradient by another way of summing: both are off by their rounding errors.
  private func expectMinimum(_ model: SoftmaxModel, of problem: Problem) throws {
    let objective = SoftmaxObjective(problem, c: 1, threads: 1)
    let point = Array(model.coefficients.elements.suffix(objective.parameterCount))
    var gradient = [Double](repeating: 0, count: point.count)
    let value = objective.value(at: point, gradient: &gradient)
    let norm = gradient.reduce(0) { max($0, abs($1)) }
    #expect(norm <= 1e-8 + 3 * objective.gradientRoundingError)
    #expect(abs(value - model.report.objective) <= 1e-12 * value)
  }
}

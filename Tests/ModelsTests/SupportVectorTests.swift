import Datasets
import LinAlg
import Models
import TestSupport
import Testing

@Suite struct SupportVectorTests {
  @Test(arguments: [0.1, 0.5, 1, 10]) func twoPointsHaveAClosedForm(c: Double) throws {
    // x = ∓1: the dual is max 2α − 2α², so α = min(½, C), w = 2α and b = 0.
    let problem = Problem(
      features: Matrix(rows: 2, columns: 1, elements: [1, -1]), labels: [0, 1], classCount: 2)
    let model = try SupportVectorClassifier(c: c, kernel: .linear).fitSVM(problem)
    let alpha = min(0.5, c)
    #expect(model.machines[0].coefficients == [alpha, -alpha])
    #expect(model.machines[0].intercept == 0)
    // Three roundings of numbers below 2.
    #expect(abs(model.report.objective - (2 * alpha * alpha - 2 * alpha)) <= 3 * Double.ulpOfOne)
    #expect(model.decisionValues(Matrix(rows: 1, columns: 1, elements: [3]))[0, 0] == 6 * alpha)
    #expect(model.predict(Matrix(rows: 2, columns: 1, elements: [3, -3])).classes == [0, 1])
  }

  @Test(arguments: [Kernel.linear, .rbf(gamma: .scale), .rbf(gamma: .auto), .rbf(gamma: .value(3))])
  func theGapClosesWithTheTolerance(_ kernel: Kernel) throws {
    let problem = cloud(90, 4)
    let loose = try SupportVectorClassifier(kernel: kernel, tolerance: 1e-2).fitSVM(problem)
    let tight = try SupportVectorClassifier(kernel: kernel, tolerance: 1e-10).fitSVM(problem)
    // The gap is at most the violation times Σ|β| ≤ Σ C·w over the three pairs, each row in two.
    let bound = 2 * problem.weights.reduce(0, +)
    #expect(loose.report.residual <= 1e-2 * bound)
    #expect(tight.report.residual <= 1e-10 * bound + 1e-12)
    #expect(tight.report.residual >= -1e-12 * abs(tight.report.objective))
    // Weak duality: the optimum lies within the loose gap.
    #expect(tight.report.objective <= loose.report.objective + 1e-12)
    #expect(tight.report.objective >= loose.report.objective - loose.report.residual)
  }

  @Test(arguments: [Kernel.linear, .rbf(gamma: .scale)])
  func optimalityConditionsHold(_ kernel: Kernel) throws {
    let problem = cloud(80, 3, classes: 2)
    let c = 0.8
    let model = try SupportVectorClassifier(c: c, kernel: kernel, tolerance: 1e-9).fitSVM(problem)
    let decisions = model.decisionValues(problem.features)
    var alpha = [Double](repeating: 0, count: 80)
    for (index, row) in model.supportRows.enumerated() {
      alpha[row] = abs(model.machines[0].coefficients[index])
    }
    var balance = 0.0
    for row in 0..<80 {
      let y = problem.labels[row] == 0 ? 1.0 : -1
      balance += y * alpha[row]
      let margin = y * decisions[row, 0]
      let bound = c * problem.weights[row]
      #expect(alpha[row] >= 0 && alpha[row] <= bound)
      // Complementary slackness, within twice the tolerance plus the rounding of 80 kernel terms.
      if alpha[row] < bound { #expect(margin >= 1 - 1e-8) }
      if alpha[row] > 0 { #expect(margin <= 1 + 1e-8) }
    }
    #expect(abs(balance) < 1e-12)
  }

  @Test(arguments: [1e-6, 1, 1e6]) func gammaFollowsTheVariance(size: Double) throws {
    // The variance of 0, 1, 2, 3 is 5/4.
    let problem = Problem(
      features: Matrix(rows: 2, columns: 2, elements: [0, size, 2 * size, 3 * size]),
      labels: [0, 1], classCount: 2)
    func gamma(_ choice: Gamma) throws -> Double? {
      try SupportVectorClassifier(kernel: .rbf(gamma: choice)).fitSVM(problem).gamma
    }
    let scale = try #require(try gamma(.scale))
    // A handful of roundings.
    #expect(abs(scale * 2.5 * size * size - 1) <= 16 * Double.ulpOfOne)
    #expect(try gamma(.auto) == 0.5)
    #expect(try gamma(.value(7)) == 7)
  }

  @Test func weightZeroIsAbsence() throws {
    let problem = cloud(90, 4)
    let weights = problem.weights.enumerated().map { $0 % 4 == 1 ? 0 : $1 }
    let kept = weights.indices.filter { weights[$0] > 0 }
    let masked = Problem(
      features: problem.features, labels: problem.labels, weights: weights, classCount: 3)
    let removed = Problem(
      features: problem.features.selectingRows(kept), labels: kept.map { problem.labels[$0] },
      weights: kept.map { weights[$0] }, classCount: 3)
    let learner = try SupportVectorClassifier()
    let (a, b) = (learner.fitSVM(masked), learner.fitSVM(removed))
    #expect(a.report == b.report)
    #expect(a.predict(problem.features) == b.predict(problem.features))
    #expect(a.gamma == b.gamma)
  }

  @Test func threadsAndCacheChangeNothing() throws {
    let problem = cloud(150, 4, classes: 5)
    let one = try SupportVectorClassifier(c: 10).fitSVM(problem, threads: 1)
    let two = try SupportVectorClassifier(c: 10).fitSVM(problem, threads: 2)
    var forgetful = try SupportVectorClassifier(c: 10)
    forgetful.cacheByteBudget = 0
    let tiny = forgetful.fitSVM(problem)
    for other in [two, tiny] {
      #expect(one.report == other.report)
      #expect(one.machines.map(\.coefficients) == other.machines.map(\.coefficients))
      #expect(
        one.decisionValues(problem.features, threads: 1)
          == other.decisionValues(problem.features, threads: 2))
    }
  }

  @Test func votesTieToTheSmallerClass() throws {
    // Three classes around a circle: at the centre each pair's machine decides by symmetry.
    let problem = Problem(
      features: Matrix(rows: 3, columns: 2, elements: [1, 0, -0.5, 0.8, -0.5, -0.8]),
      labels: [0, 1, 2], classCount: 3)
    let model = try SupportVectorClassifier(kernel: .linear).fitSVM(problem)
    let centre = Matrix<Double>(rows: 1, columns: 2)
    let f = model.decisionValues(centre)
    let votes = model.machines.enumerated().reduce(into: [0, 0, 0]) { votes, entry in
      votes[f[0, entry.offset] > 0 ? entry.element.positive : entry.element.negative] += 1
    }
    let winner = votes.firstIndex(of: votes.max() ?? 0)
    #expect(model.predict(centre).classes.first == winner)
  }

  /// Classes at random on a lattice, where votes often tie; judged between its points.
  @Test(arguments: 3...6, [Kernel.linear, .rbf(gamma: .scale), .rbf(gamma: .value(2))])
  func thePredictedClassAloneHasTheLargestScore(_ classCount: Int, _ kernel: Kernel) throws {
    let side = (-4...4).map { Double($0) }
    let lattice = side.flatMap { x in side.flatMap { [x, $0] } }
    let fine = (-16...16).map { Double($0) / 4 }
    var stream = RandomStream(purpose: RandomPurpose(7), seed: 3)
    let labels = (0..<81).map { _ in stream.integer(below: classCount) }
    let queries =
      fine.flatMap { x in fine.flatMap { [x, $0] } } + (0..<600).map { _ in 5 * stream.normal() }
    let model = try SupportVectorClassifier(kernel: kernel).fitSVM(
      Problem(
        features: Matrix(rows: 81, columns: 2, elements: lattice), labels: labels,
        classCount: classCount))
    let rows = Matrix(rows: queries.count / 2, columns: 2, elements: queries)
    let (prediction, decisions) = (model.predict(rows), model.decisionValues(rows))
    var ties = 0
    for row in 0..<rows.rows {
      let scores = (0..<classCount).map { prediction.scores[row, $0] }
      let chosen = prediction.classes[row]
      #expect(scores.indices.allSatisfy { $0 == chosen || scores[$0] < scores[chosen] }, "\(row)")
      // Votes are what scores round to; the smallest class with the most of them is predicted, and all
      // scores but its are scikit-learn's.
      var votes = [Double](repeating: 0, count: classCount)
      var sums = votes
      for (index, machine) in model.machines.enumerated() {
        let f = decisions[row, index]
        votes[f > 0 ? machine.positive : machine.negative] += 1
        sums[machine.positive] += f
        sums[machine.negative] -= f
      }
      #expect(scores.map { $0.rounded() } == votes)
      #expect(chosen == votes.firstIndex(of: votes.max() ?? 0))
      let isTied = votes.count { $0 == votes[chosen] } > 1
      if isTied { ties += 1 }
      for label in scores.indices where label != chosen || !isTied {
        // Three roundings of numbers below K.
        let expected = votes[label] + sums[label] / (3 * (abs(sums[label]) + 1))
        #expect(abs(scores[label] - expected) <= 4 * Double(classCount) * .ulpOfOne)
      }
    }
    if kernel == .rbf(gamma: .scale) { #expect(ties > 0) }
  }

  /// The corners of a square, alike across it: on its axes the decision value is 0, a vote for class 1.
  @Test func aDecisionValueOfZeroHasALargestScore() throws {
    let problem = Problem(
      features: Matrix(rows: 4, columns: 2, elements: [1, 1, -1, -1, 1, -1, -1, 1]),
      labels: [0, 0, 1, 1], classCount: 2)
    let model = try SupportVectorClassifier(kernel: .linear).fitSVM(problem)
    let rows = Matrix<Double>(rows: 3, columns: 2, elements: [0, 0, 1, 0, 0.3, 0.7])
    let prediction = model.predict(rows)
    for row in 0..<3 {
      let chosen = prediction.classes[row]
      #expect(prediction.scores[row, chosen] > prediction.scores[row, 1 - chosen])
    }
  }

  @Test func aLostClassGetsNoVote() throws {
    let base = cloud(60, 4)
    let kept = base.labels.indices.filter { base.labels[$0] != 0 }
    let problem = Problem(
      features: base.features.selectingRows(kept), labels: kept.map { base.labels[$0] },
      classCount: 3)
    let model = try SupportVectorClassifier().fitSVM(problem)
    #expect(model.machines.count == 1)
    let prediction = model.predict(base.features)
    #expect(prediction.classes.allSatisfy { $0 != 0 })
    #expect((0..<60).allSatisfy { prediction.scores[$0, 0] == -1 })
  }

  @Test func duplicatesOfBothClassesEndWithEqualMultipliers() throws {
    // The same point with both labels cannot be separated: every multiplier meets its bound.
    let problem = Problem(
      features: Matrix(rows: 4, columns: 2, repeating: 2), labels: [0, 1, 0, 1], classCount: 2)
    let model = try SupportVectorClassifier(c: 3).fitSVM(problem)
    #expect(model.report.outcome == .converged)
    #expect(model.machines[0].coefficients.map(abs) == [3, 3, 3, 3])
    #expect(model.gamma == 1)
  }

  @Test func iterationLimitIsReported() throws {
    let learner = try SupportVectorClassifier(
      c: 100, kernel: .linear, tolerance: 1e-12, maxIterations: 1)
    // At least 100 iterations a row are allowed; unscaled wine needs far more.
    let wine = EmbeddedDataset.wine.load()
    let model = learner.fitSVM(
      Problem(features: wine.features, labels: wine.labels, classCount: 3))
    #expect(model.report.outcome == .iterationLimit)
    #expect(!model.report.hasConverged)
  }
}

import Datasets
import LinAlg
import Models
import Poisoning
import TestSupport
import Testing

/// Greedy flips against refits of every flip.
struct GreedyFlipTests {
  /// The validation log loss of softmax regression by the single-problem engine.
  struct Loss {
    let learner: SoftmaxRegression
    let x: Matrix<Double>
    let z: Matrix<Double>
    let truth: [Int]
    let classCount: Int

    init(_ exposure: Exposure, _ learner: SoftmaxRegression) throws {
      let scaler = Scaler(.standard, fittedTo: exposure.training.features)
      let validation = try #require(exposure.validation)
      self.learner = learner
      x = scaler.transform(exposure.training.features)
      z = scaler.transform(validation.features)
      truth = validation.labels
      classCount = exposure.training.classCount
    }

    func callAsFunction(_ labels: [Int], weights: [Double]? = nil) -> Double {
      let model = learner.fitSoftmax(
        Problem(features: x, labels: labels, weights: weights, classCount: classCount))
      return logLoss(model.predict(z).scores, labels: truth)
    }
  }

  /// How far losses of the two engines may be apart, relative to losses above 1.
  ///
  /// They agree on minima to the tolerance of the gradient, 1e-8, over the least curvature, and the
  /// loss follows. Where a class is eliminated, both use the same engine.
  private static let slack = 1e-6

  @Test(arguments: [2, 3], 0..<UInt32(10))
  func withAllCandidatesEveryStepIsTheBestFlip(_ classCount: Int, _ seed: UInt32) throws {
    let exposure = try gaussianExposure(
      classCount: classCount, rows: 12, validationRows: 20, seed: 500 + seed)
    let loss = try Loss(exposure, SoftmaxRegression())
    let patch = GreedyFlip(try SoftmaxRegression(), candidates: 1_000).patch(exposure, count: 4)
    var labels = exposure.training.labels
    var isFlipped = labels.map { _ in false }
    for (row, label) in zip(patch.rows, try #require(patch.labels)) {
      var best = -Double.infinity
      for candidate in labels.indices where !isFlipped[candidate] {
        for other in 0..<classCount where other != labels[candidate] {
          var flipped = labels
          flipped[candidate] = other
          best = max(best, loss(flipped))
        }
      }
      labels[row] = label
      isFlipped[row] = true
      #expect(loss(labels) >= best - Self.slack * max(1, best))
    }
  }

  @Test(arguments: [2, 3])
  func neverBeatsTheBestSet(_ classCount: Int) throws {
    for seed in 0..<UInt32(4) {
      let exposure = try gaussianExposure(
        classCount: classCount, rows: 9, validationRows: 15, seed: 700 + seed)
      let loss = try Loss(exposure, SoftmaxRegression())
      for count in 1...3 {
        let best = try #require(
          flippedLabels(exposure.training.labels, classCount: classCount, count: count)
            .map { loss($0) }.max())
        for candidates in [1, 8, 1_000] {
          let patch = GreedyFlip(try SoftmaxRegression(), candidates: candidates)
            .patch(exposure, count: count)
          let reached = loss(exposure.training.applying(patch).labels)
          #expect(reached <= best + Self.slack * max(1, best))
          if count == 1, candidates == 1_000 { #expect(reached >= best - Self.slack) }
        }
      }
    }
  }

  /// The influence of a flip against refits in which the row changes its class by a small weight.
  ///
  ///     (−3L(0) + 4L(h) − L(2h)) / 2h,   h = 1e-3
  ///
  /// The truncation is h²·L‴/3, some 1e-6 of L′; the refits end at gradients of 1e-12, which is
  /// 1e-9 of it after division by h. A tolerance of 1e-4 of the largest is beyond both.
  @Test(arguments: [2, 3], [0.5, 1, 4])
  func influencesAreDerivativesOfRefits(_ classCount: Int, _ c: Double) throws {
    let exposure = try gaussianExposure(
      classCount: classCount, rows: 20, validationRows: 25, seed: 900)
    let learner = try SoftmaxRegression(c: c, tolerance: 1e-12)
    let loss = try Loss(exposure, learner)
    let base = exposure.training
    let problem = Problem(features: loss.x, labels: base.labels, classCount: classCount)
    let influences = learner.flipInfluences(
      learner.fitSoftmax(problem), of: problem, validation: loss.z, labels: loss.truth)
    let twice = Matrix(
      rows: 2 * base.count, columns: loss.x.columns, elements: loss.x.elements + loss.x.elements)
    let largest = Lanes.maxMagnitude(influences.elements.span)
    for row in stride(from: 0, to: base.count, by: 3) {
      for label in 0..<classCount where label != base.labels[row] {
        let at = { (h: Double) in
          var weights = base.labels.map { _ in 1.0 } + base.labels.map { _ in 0 }
          weights[row] = 1 - h
          weights[base.count + row] = h
          let labels = base.labels + base.labels.map { _ in label }
          let model = learner.fitSoftmax(
            Problem(features: twice, labels: labels, weights: weights, classCount: classCount))
          return logLoss(model.predict(loss.z).scores, labels: loss.truth)
        }
        let h = 1e-3
        let derivative = (-3 * at(0) + 4 * at(h) - at(2 * h)) / (2 * h)
        #expect(abs(influences[row, label] - derivative) <= 1e-4 * largest)
      }
    }
  }

  /// Lanes and the single-problem engine give the same influences and losses.
  @Test(arguments: [EmbeddedDataset.iris, .wine])
  func lanesAgreeWithSingleProblems(_ set: EmbeddedDataset) throws {
    let dataset = set.load()
    let learner = try SoftmaxRegression()
    let shape = SeedBatch.Shape(
      sampleCount: 100, featureCount: dataset.featureCount, classCount: 3, validationCount: 30)
    var batch = SeedBatch(shape)
    for lane in 0..<4 {
      let split = try Split.stratified(dataset, validationShare: 0.25, seed: UInt32(lane))
      let x = Scaler(.standard, fittedTo: dataset.features).transform(dataset.features)
      for (row, id) in split.train.prefix(100).enumerated() {
        batch.labels[lane][row] = dataset.labels[id]
        for j in 0..<x.columns { batch.columns[j * 100 + row][lane] = x[id, j] }
      }
      for (row, id) in split.validation.prefix(30).enumerated() {
        batch.validationLabels[lane][row] = dataset.labels[id]
        for j in 0..<x.columns { batch.validationColumns[j * 30 + row][lane] = x[id, j] }
      }
    }
    var flips = SoftmaxFlips(learner, batch, count: 4)
    for step in 0..<3 {
      let lanes = flips.influences()
      for lane in 0..<4 {
        let problem = Problem(
          features: batch.problem(lane).features, labels: flips.labels(lane), classCount: 3)
        let single = learner.flipInfluences(
          learner.fitSoftmax(problem), of: problem, validation: batch.validationFeatures(lane),
          labels: batch.validationLabels[lane])
        let largest = Lanes.maxMagnitude(single.elements.span)
        for (a, b) in zip(lanes[lane], single.elements) {
          // Minima agree to 1e-8 over the least curvature, about 1: relative 1e-6 with room.
          #expect(abs(a - b) <= 1e-6 * largest)
        }
      }
      let each = (0..<4).map { lane in
        SoftmaxFlips.Flip(
          row: 7 * step + lane, label: (flips.labels(lane)[7 * step + lane] + 1) % 3)
      }
      let losses = flips.losses(after: each)
      for lane in 0..<4 {
        var labels = flips.labels(lane)
        labels[each[lane].row] = each[lane].label
        let model = learner.fitSoftmax(
          Problem(features: batch.problem(lane).features, labels: labels, classCount: 3))
        let loss = logLoss(
          model.predict(batch.validationFeatures(lane)).scores, labels: batch.validationLabels[lane]
        )
        #expect(abs(losses[lane] - loss) <= 1e-7 * max(1, loss))
      }
      flips.apply(each.map { [$0] })
    }
  }

  /// Of sets beyond the second-level cache: the first flip is the best of the eight of largest
  /// influence, and a step keeps ⌈n/200⌉ rows.
  @Test func largeSetsFollowSingleProblems() throws {
    let exposure = try gaussianExposure(
      classCount: 2, rows: 4_400, validationRows: 60, seed: 18)
    let base = exposure.training
    let learner = try SoftmaxRegression()
    let loss = try Loss(exposure, learner)
    let problem = Problem(features: loss.x, labels: base.labels, classCount: 2)
    let influences = learner.flipInfluences(
      learner.fitSoftmax(problem), of: problem, validation: loss.z, labels: loss.truth)
    let ranked = (0..<base.count).sorted {
      influences[$0, 1 - base.labels[$0]] > influences[$1, 1 - base.labels[$1]]
    }
    let losses = ranked.prefix(8).map { row in
      var labels = base.labels
      labels[row] = 1 - labels[row]
      return (row, loss(labels))
    }
    let patch = GreedyFlip(learner).patch(exposure, count: 30)
    #expect(patch.rows[0] == losses.max { $0.1 < $1.1 }?.0)
    #expect(Set(patch.rows.prefix(8)) == Set(ranked.prefix(8)))
    #expect(Array(patch.rows[8..<22]) == Array(ranked[8..<22]))
    #expect(GreedyFlip(learner).patch(exposure, count: 22) == patch.prefix(22))
  }
}

import LinAlg

/// Softmax regressions of up to four seeds, followed from label flip to label flip.
///
/// Fits are done in lanes from the minimum before the flip; a lane that misses a class or does not
/// converge there, and sets beyond the cache, are fitted by the engine of single problems.
package struct SoftmaxFlips: Sendable {
  /// A training row and the class it is given.
  package struct Flip: Sendable, Equatable {
    /// The position of the row.
    package let row: Int
    /// Its new class.
    package let label: Int

    /// Puts a flip together.
    package init(row: Int, label: Int) {
      (self.row, self.label) = (row, label)
    }
  }

  private let learner: SoftmaxRegression
  private var batch: SeedBatch
  private let count: Int
  private var lanes: SoftmaxLanes?
  /// The minima of the labels as they are.
  private var minima: [Quad] = []
  private var isMinimum = LaneMask(repeating: false)
  /// The models of lanes that have no minimum.
  private var models: [SoftmaxModel?]
  private var products: [Quad] = []

  /// Fits the first `count` lanes of a batch of rows of weight 1.
  package init(_ learner: SoftmaxRegression, _ batch: SeedBatch, count: Int) {
    (self.learner, self.batch, self.count) = (learner, batch, count)
    models = Array(repeating: nil, count: SeedBatch.laneCount)
    if BatchWorkspace.suitsSoftmaxLanes(batch.shape) {
      var lanes = SoftmaxLanes(learner, batch.shape)
      lanes.load(batch)
      minima = lanes.point
      products = Array(
        repeating: Quad(repeating: 0),
        count: (batch.shape.classCount - 1) * batch.shape.sampleCount)
      self.lanes = lanes
    }
    settle()
  }

  /// The labels of a lane as they are.
  package func labels(_ lane: Int) -> [Int] { batch.labels[lane] }

  /// What each flip would do to the validation log loss of each lane, to first order.
  ///
  /// One list a lane, row after row, K numbers each; see `SoftmaxRegression.flipInfluences`.
  package mutating func influences() -> [[Double]] {
    let (n, classCount) = (batch.shape.sampleCount, batch.shape.classCount)
    var isDefined = isMinimum
    if let isDefinite = lanes?.influences(at: minima, batch, into: &products) {
      isDefined = isDefined .& isDefinite
    }
    return (0..<count).map { lane in
      guard isDefined[lane] else { return singleInfluences(lane) }
      var influences = [Double](repeating: 0, count: n * classCount)
      let labels = batch.labels[lane]
      for row in 0..<n {
        let own = labels[row] == 0 ? 0 : products[(labels[row] - 1) * n + row][lane]
        influences[row * classCount] = learner.c * -own
        for c in 1..<classCount {
          influences[row * classCount + c] = learner.c * (products[(c - 1) * n + row][lane] - own)
        }
      }
      return influences
    }
  }

  private func singleInfluences(_ lane: Int) -> [Double] {
    let problem = batch.problem(lane)
    return learner.flipInfluences(
      models[lane] ?? learner.fitSoftmax(problem), of: problem,
      validation: batch.validationFeatures(lane), labels: batch.validationLabels[lane]
    ).elements
  }

  /// The validation log loss of each lane after a flip of its own; labels stay as they are.
  package mutating func losses(after flips: [Flip?]) -> [Double] {
    let old = (0..<count).map { lane in flips[lane].map { batch.labels[lane][$0.row] } ?? 0 }
    for lane in 0..<count {
      if let flip = flips[lane] { relabel(flip, lane) }
    }
    lanes?.refit(from: minima, where: isMinimum)
    let losses = lanes?.validationLoss(batch)
    let result = (0..<count).map { lane in
      if let losses, lanes?.isDone[lane] == true { return losses[lane] }
      return flips[lane] == nil ? 0 : singleLoss(lane)
    }
    for lane in 0..<count {
      if let flip = flips[lane] { relabel(Flip(row: flip.row, label: old[lane]), lane) }
    }
    return result
  }

  private func singleLoss(_ lane: Int) -> Double {
    let model = learner.fitSoftmax(batch.problem(lane), from: models[lane])
    let prediction = model.predict(batch.validationFeatures(lane))
    return logLoss(prediction.scores, labels: batch.validationLabels[lane])
  }

  /// Relabels rows, list after list of flips a lane, and fits again.
  package mutating func apply(_ flips: [[Flip]]) {
    for lane in 0..<count {
      for flip in flips[lane] { relabel(flip, lane) }
    }
    settle()
  }

  private mutating func relabel(_ flip: Flip, _ lane: Int) {
    let old = batch.labels[lane][flip.row]
    lanes?.rows.relabel(flip.row, from: old, to: flip.label, lane: lane)
    batch.labels[lane][flip.row] = flip.label
  }

  /// Fits to the labels as they are.
  private mutating func settle() {
    lanes?.refit(from: minima, where: isMinimum)
    if let lanes {
      minima = lanes.point
      isMinimum = lanes.isDone
    }
    for lane in 0..<count {
      models[lane] =
        isMinimum[lane] ? nil : learner.fitSoftmax(batch.problem(lane), from: models[lane])
    }
  }
}

import Datasets
import LinAlg
import Models
import TestSupport
import Testing

/// A training set and the rows it is judged on.
struct Sample {
  var problem: Problem
  var features: Matrix<Double>
  var labels: [Int]

  /// A cloud, judged on other points of it.
  init(cloud n: Int, _ d: Int, classes: Int, validation: Int, seed: UInt32, spread: Double = 1) {
    let whole = clouded(n + validation, d, classes: classes, seed: seed, spread: spread)
    let rows = Array(0..<n + validation)
    problem = Problem(
      features: whole.features.selectingRows(Array(rows.prefix(n))),
      labels: Array(whole.labels.prefix(n)), classCount: classes)
    features = whole.features.selectingRows(Array(rows.suffix(validation)))
    labels = Array(whole.labels.suffix(validation))
  }

  /// Rows of a data set to learn from, in which something has changed, and clean ones to judge.
  init(_ dataset: Dataset, _ change: Change, seed: UInt32) throws {
    let split = try Split.stratified(dataset, validationShare: 0.2, seed: seed)
    var training = dataset.features.selectingRows(split.train)
    var trainingLabels = split.train.map { dataset.labels[$0] }
    change.apply(to: &training, &trainingLabels, classCount: dataset.classCount, seed: seed)
    let scaler = Scaler(.standard, fittedTo: training)
    problem = Problem(
      features: scaler.transform(training), labels: trainingLabels,
      classCount: dataset.classCount)
    features = scaler.transform(dataset.features.selectingRows(split.validation))
    labels = split.validation.map { dataset.labels[$0] }
  }

  /// The same with other weights.
  func weighted(_ weights: (_ row: Int, _ label: Int) -> Double) -> Sample {
    var copy = self
    copy.problem = Problem(
      features: problem.features, labels: problem.labels,
      weights: problem.labels.enumerated().map { weights($0, $1) },
      classCount: problem.classCount)
    return copy
  }

  /// The same with other training features and labels.
  func changed(
    feature: (_ row: Int, _ column: Int, _ x: Double) -> Double = { $2 },
    label: (_ row: Int, _ label: Int) -> Int = { $1 }
  ) -> Sample {
    var copy = self
    var features = problem.features
    for row in 0..<features.rows {
      for j in 0..<features.columns { features[row, j] = feature(row, j, features[row, j]) }
    }
    copy.problem = Problem(
      features: features, labels: problem.labels.enumerated().map { label($0, $1) },
      weights: problem.weights, classCount: problem.classCount)
    return copy
  }

  /// Training and validation features times a number.
  func scaled(by factor: Double) -> Sample {
    var copy = changed { factor * $2 }
    copy.features = Matrix(
      rows: features.rows, columns: features.columns,
      elements: features.elements.map { factor * $0 })
    return copy
  }
}

/// What has become of a fifth of the training rows.
enum Change: String, CaseIterable {
  case none, noise, labels, both, outOfRange

  /// Changes a random fifth: features anywhere in the range of their column, or far beyond it, and
  /// labels to another class.
  func apply(
    to features: inout Matrix<Double>, _ labels: inout [Int], classCount: Int, seed: UInt32
  ) {
    guard self != .none else { return }
    var stream = RandomStream(purpose: .testing, seed: seed)
    for row in stream.permutation(of: labels.count).prefix(labels.count / 5) {
      if self == .labels || self == .both {
        labels[row] = (labels[row] + 1 + stream.integer(below: classCount - 1)) % classCount
      }
      guard self != .labels else { continue }
      for j in 0..<features.columns {
        let column = (0..<features.rows).map { features[$0, j] }
        let (low, high) = (column.min() ?? 0, column.max() ?? 0)
        features[row, j] =
          self == .outOfRange
          ? high + 3 * (high - low) : low + stream.uniform() * (high - low)
      }
    }
  }
}

private func clouded(
  _ n: Int, _ d: Int, classes: Int, seed: UInt32, spread: Double
) -> Problem {
  var features: Matrix<Double> = normalMatrix(n, d, seed: seed)
  let labels = (0..<n).map { ($0 + $0 / 7) % classes }
  for row in 0..<n {
    features[row, labels[row] % d] += spread * (1.5 + Double(labels[row] / d))
  }
  return Problem(features: features, labels: labels, classCount: classes)
}

/// How rows are weighted.
enum Weighting: String, CaseIterable {
  case unit, zeros, fractional, random

  func applied(to sample: Sample, lane: Int) -> Sample {
    let random = normalArray(sample.problem.sampleCount, seed: UInt32(900 + lane))
    return switch self {
    case .unit: sample
    case .zeros: sample.weighted { row, _ in (row + lane) % 4 == 1 ? 0 : 1 }
    case .fractional: sample.weighted { row, _ in 0.5 + Double((row + lane) % 4) / 4 }
    case .random: sample.weighted { row, _ in max(0, 1 + random[row]) }
    }
  }
}

/// Four samples in the lanes of a batch.
struct BatchCase {
  let samples: [Sample]
  let batch: SeedBatch

  init(_ samples: [Sample]) {
    precondition(samples.count == 4, "\(samples.count) samples for four lanes")
    self.samples = samples
    let (first, v) = (samples[0].problem, samples[0].labels.count)
    let (n, d) = (first.sampleCount, first.featureCount)
    var batch = SeedBatch(
      SeedBatch.Shape(
        sampleCount: n, featureCount: d, classCount: first.classCount, validationCount: v))
    for (lane, sample) in samples.enumerated() {
      for j in 0..<d {
        for row in 0..<n { batch.columns[j * n + row][lane] = sample.problem.features[row, j] }
        for row in 0..<v { batch.validationColumns[j * v + row][lane] = sample.features[row, j] }
      }
      batch.labels[lane] = sample.problem.labels
      batch.weights[lane] = sample.problem.weights
      batch.validationLabels[lane] = sample.labels
    }
    self.batch = batch
  }

  var shape: SeedBatch.Shape { batch.shape }

  /// Room for the fits, with a prediction that none makes.
  var emptyFits: [BatchFit] {
    var fit = BatchFit(shape)
    for row in fit.predicted.indices { fit.predicted[row] = -1 }
    fit.logLoss = -1
    fit.iterations = -1
    return Array(repeating: fit, count: SeedBatch.laneCount)
  }

  /// The training sets of a data set under four seeds.
  static func real(
    _ embedded: EmbeddedDataset, _ change: Change, weights: Weighting = .unit
  ) throws -> BatchCase {
    let dataset = embedded.load()
    return BatchCase(
      try (0..<4).map { lane in
        weights.applied(to: try Sample(dataset, change, seed: UInt32(lane)), lane: lane)
      })
  }

  /// Clouds of different seeds.
  static func clouds(
    _ n: Int, _ d: Int, classes: Int, validation: Int = 7, seed: UInt32 = 1, spread: Double = 1
  ) -> BatchCase {
    BatchCase(
      (0..<4).map {
        Sample(
          cloud: n, d, classes: classes, validation: validation, seed: seed + UInt32($0),
          spread: spread)
      })
  }
}

// MARK: - Agreement with the engines of single problems

/// Fails unless the lanes find the minimum that the single-problem engine finds.
///
/// Both end at ‖∇f‖∞ ≤ 1e-8 (or the rounding of the gradient) of a function whose curvature in W is
/// at least 1; the last Newton step leaves far less than that. Log losses follow the logits. Where an
/// intercept has next to no curvature, or the last step is a poor one (`byGradient`), the point
/// must be a minimum in the same sense: the goal again, doubled for the rounding of the other engine.
func expectSoftmaxAgrees(
  _ learner: SoftmaxRegression, _ test: BatchCase, start: Matrix<Double>? = nil,
  inLanes: Set<Int>? = [0, 1, 2, 3], byGradient: Bool = false, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var lanes = SoftmaxLanes(learner, test.shape)
  var fits = test.emptyFits
  lanes.fit(test.batch, count: 4, start: start, into: &fits)
  for (lane, sample) in test.samples.enumerated() {
    let context: Comment = "\(name), lane \(lane)"
    let model = learner.fitSoftmax(sample.problem)
    let prediction = model.predict(sample.features)
    let theta = lanes.coefficients(lane)
    if let inLanes {
      #expect(
        (theta != nil) == inLanes.contains(lane), "in lanes: \(context)",
        sourceLocation: sourceLocation)
    }
    guard let theta else {
      #expect(fits[lane].predicted == prediction.classes, context, sourceLocation: sourceLocation)
      #expect(
        fits[lane].outcome == model.report.outcome, context, sourceLocation: sourceLocation)
      continue
    }
    let size = max(1, model.coefficients.elements.reduce(0) { max($0, abs($1)) })
    let error = Disagreement(theta.elements, model.coefficients.elements)
    if byGradient {
      let objective = SoftmaxObjective(sample.problem, c: learner.c, threads: 1)
      let point = theta.rows == 2 ? Array(theta.elements.suffix(theta.columns)) : theta.elements
      var gradient = [Double](repeating: 0, count: point.count)
      _ = objective.value(at: point, gradient: &gradient)
      let norm = gradient.reduce(0) { max($0, abs($1)) }
      let goal = 2 * max(learner.tolerance, objective.gradientRoundingError)
      #expect(norm <= goal, "∇f: \(context)", sourceLocation: sourceLocation)
    } else {
      #expect(
        error.magnitude <= 1e-8 * size, "Θ \(error): \(context)", sourceLocation: sourceLocation)
    }
    #expect(fits[lane].outcome == .converged, context, sourceLocation: sourceLocation)
    for row in fits[lane].predicted.indices {
      let scores = prediction.scores.withRow(row) { span in span.indices.map { span[$0] } }.sorted()
      let margin = scores[scores.count - 1] - scores[scores.count - 2]
      let agrees =
        fits[lane].predicted[row] == prediction.classes[row] || margin < (byGradient ? 1e-4 : 1e-9)
      #expect(agrees, "row \(row): \(context)", sourceLocation: sourceLocation)
    }
    let reach = (0..<sample.features.rows).map { row in
      sample.features.withRow(row) { x in x.indices.reduce(1.0) { $0 + abs(x[$1]) } }
    }
    let shift = byGradient ? error.magnitude : 1e-8 * size
    let lossBound = 2 * shift * (reach.max() ?? 0) + 1e-12
    let loss = Models.logLoss(prediction.scores, labels: sample.labels)
    #expect(
      abs((fits[lane].logLoss ?? .nan) - loss) <= lossBound, "log loss: \(context)",
      sourceLocation: sourceLocation)
  }
}

/// Fails unless every machine has the coefficients, bit by bit, of the single-problem engine.
///
/// The intercept is a mean of up to n numbers that agree within the tolerance of the solver, added
/// in another order: 1e-12 of its size covers n·ε.
func expectMachinesAgree(
  _ learner: SupportVectorClassifier, _ test: BatchCase, _ name: String, lanes: Range<Int> = 0..<4,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var workspace = SupportVectorWorkspace(learner, test.shape)
  workspace.begin(test.batch)
  for lane in lanes {
    let context: Comment = "\(name), lane \(lane)"
    let sample = test.samples[lane]
    var fit = test.emptyFits[lane]
    workspace.fit(test.batch, lane, into: &fit)
    let model = learner.fitSVM(sample.problem)
    #expect(fit.iterations == model.report.iterations, context, sourceLocation: sourceLocation)
    #expect(fit.outcome == model.report.outcome, context, sourceLocation: sourceLocation)
    #expect(fit.logLoss == nil, context, sourceLocation: sourceLocation)
    let weights = sample.problem.weights
    let rows = weights.indices.filter { weights[$0] > 0 }
    for machine in model.machines {
      let own = workspace.machine(machine.positive, machine.negative)
      var expected = [Double](repeating: 0, count: weights.count)
      for (index, beta) in machine.coefficients.enumerated() {
        expected[rows[model.supportRows[index]]] = beta
      }
      let error = Disagreement(own.coefficients, expected)
      let pair = "\(machine.positive) against \(machine.negative)"
      #expect(
        own.coefficients == expected, "β \(error), \(pair): \(context)",
        sourceLocation: sourceLocation)
      let bound = 1e-12 * max(1, abs(machine.intercept))
      #expect(
        abs(own.intercept - machine.intercept) <= bound, "b, \(pair): \(context)",
        sourceLocation: sourceLocation)
    }
    let predicted = model.predict(sample.features).classes
    let decisions = model.decisionValues(sample.features)
    for row in predicted.indices {
      let margin = (0..<decisions.columns).map { abs(decisions[row, $0]) }.min() ?? 1
      let agrees = fit.predicted[row] == predicted[row] || margin < 1e-9
      #expect(agrees, "row \(row): \(context)", sourceLocation: sourceLocation)
    }
  }
}

/// Fails unless nearest neighbours predict the same.
func expectNeighborsAgree(
  _ learner: NearestNeighbors, _ test: BatchCase, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var workspace = NeighborWorkspace(learner, test.shape)
  for (lane, sample) in test.samples.enumerated() {
    var fit = test.emptyFits[lane]
    workspace.fit(test.batch, lane, into: &fit)
    let model = learner.fitNeighbors(sample.problem)
    let predicted = model.predict(sample.features).classes
    #expect(fit.predicted == predicted, "\(name), lane \(lane)", sourceLocation: sourceLocation)
    #expect(
      fit.outcome == model.report.outcome, "\(name), lane \(lane)",
      sourceLocation: sourceLocation)
    let isPlain = fit.logLoss == nil && fit.iterations == 0
    #expect(isPlain, "\(name), lane \(lane)", sourceLocation: sourceLocation)
  }
}

package import LinAlg

/// The memory to fit one model to batches of a shape, by the engine that suits the shape.
///
/// Problems that stay in the second-level cache go to the engines of many small problems; larger ones
/// to the engine of single problems.
package struct BatchWorkspace: Sendable {
  /// Bytes of a batch up to which lanes are used: what a second-level cache holds.
  private static let cacheByteCount = 1 << 20

  private let learner: any Learner
  private var softmax: SoftmaxLanes?
  private var supportVectors: SupportVectorWorkspace?
  private var neighbors: NeighborWorkspace?

  /// Prepares to fit a model.
  package init(_ learner: any Learner, _ shape: SeedBatch.Shape) {
    self.learner = learner
    let fitsCache = Self.fitsCache(shape)
    switch learner {
    case let regression as SoftmaxRegression where Self.suitsSoftmaxLanes(shape):
      softmax = SoftmaxLanes(regression, shape)
    case let machine as SupportVectorClassifier
    where machine.margin == .hinge && Self.suitsSupportVectors(shape):
      supportVectors = SupportVectorWorkspace(machine, shape)
    case let classifier as NearestNeighbors where fitsCache:
      neighbors = NeighborWorkspace(classifier, shape)
    default: break
    }
  }

  private static func fitsCache(_ shape: SeedBatch.Shape) -> Bool {
    let rowBytes = shape.sampleCount * MemoryLayout<Double>.stride
    return rowBytes * shape.featureCount <= cacheByteCount
  }

  /// Whether softmax regressions of a shape are fitted in lanes.
  static func suitsSoftmaxLanes(_ shape: SeedBatch.Shape) -> Bool {
    SoftmaxLanes.byteCount(shape) <= cacheByteCount && shape.classCount >= 2
  }

  /// Whether support vector machines of a shape keep all kernel rows they ask for.
  static func suitsSupportVectors(_ shape: SeedBatch.Shape) -> Bool {
    SupportVectorClassifier.isSmall(rows: shape.sampleCount, features: shape.featureCount)
  }

  /// Whether problems go to an engine of small problems.
  package var isSmall: Bool { softmax != nil || supportVectors != nil || neighbors != nil }

  /// Fits the first `count` lanes and judges them on their validation rows.
  ///
  /// `start` is a guess of the coefficients of softmax regression, K × (d + 1). Only single problems use
  /// other threads than the calling one. `finished` is told how many fits have ended, as they do.
  package mutating func fit(
    _ batch: SeedBatch, count: Int, start: Matrix<Double>? = nil, threads: Int = 1,
    into fits: inout [BatchFit], finished: (Int) -> Void = { _ in }
  ) {
    precondition(count >= 0 && count <= SeedBatch.laneCount, "\(count) problems in four lanes")
    if softmax != nil {
      softmax?.fit(batch, count: count, start: start, into: &fits)
      finished(count)
    } else if supportVectors != nil {
      supportVectors?.begin(batch)
      for lane in 0..<count { supportVectors?.fit(batch, lane, into: &fits[lane]) }
      finished(count)
    } else if neighbors != nil {
      for lane in 0..<count { neighbors?.fit(batch, lane, into: &fits[lane]) }
      finished(count)
    } else {
      for lane in 0..<count {
        fits[lane].fit(learner, batch, lane, threads: threads)
        finished(1)
      }
    }
  }

  /// Θ of a lane as last fitted by softmax regression in lanes, K × (d + 1).
  package func softmaxCoefficients(_ lane: Int) -> Matrix<Double>? {
    softmax?.coefficients(lane)
  }
}

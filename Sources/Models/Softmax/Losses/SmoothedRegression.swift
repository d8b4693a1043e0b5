public import Documents
import LinAlg

/// Softmax regression with smoothed labels: a share of every label is spread over all classes.
///
///     minimise  C · Σᵢ wᵢ CE(xᵢ, t(yᵢ)) + ½‖W‖²,   t(y) = (1 − s)·e_y + s/K
///
/// K is the number of classes that have a row. It is convex; with s = 0 it is `SoftmaxRegression`.
///
/// Source: Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR 2016,
/// section 7.
public struct SmoothedRegression: Learner, Equatable {
  private let base: SoftmaxRegression

  /// s, from 0 to below 1.
  public let smoothing: Double

  /// Chooses parameters.
  ///
  /// - Throws: `SpecificationError` for a share outside 0..<1.
  public init(_ base: SoftmaxRegression, smoothing: Double) throws(SpecificationError) {
    guard smoothing >= 0, smoothing < 1 else {
      throw SpecificationError(
        "smoothing", of: "softmax", value: "\(smoothing)", accepted: "a share from 0 to below 1")
    }
    (self.base, self.smoothing) = (base, smoothing)
  }

  /// Learns from a problem; see `Learner`.
  public func fit(_ problem: Problem, threads: Int) -> any Model {
    let present = Set(zip(problem.labels, problem.weights).filter { $0.1 > 0 }.map(\.0)).sorted()
    let k = problem.classCount
    var elements = [Double](repeating: 0, count: problem.sampleCount * k)
    for row in 0..<problem.sampleCount {
      for label in present { elements[row * k + label] = smoothing / Double(present.count) }
      elements[row * k + problem.labels[row]] += 1 - smoothing
    }
    return base.fitSoftmax(
      problem, targets: Matrix(rows: problem.sampleCount, columns: k, elements: elements),
      from: nil, threads: threads)
  }
}

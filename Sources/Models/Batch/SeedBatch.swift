package import LinAlg

/// Four numbers: one of each problem of a batch, or of four rows of one problem.
package typealias Quad = Lanes.Quad

/// Four small problems of one shape, one in each SIMD lane, with the rows models are judged on.
///
/// A batch is filled again and again: its arrays keep their storage, so that sweeps do not allocate.
package struct SeedBatch: Sendable {
  /// Number of problems.
  package static let laneCount = 4

  /// What does not change from fill to fill.
  package struct Shape: Sendable, Hashable {
    /// Number of training rows n.
    package let sampleCount: Int
    /// Number of features d.
    package let featureCount: Int
    /// Number of classes K.
    package let classCount: Int
    /// Number of validation rows.
    package let validationCount: Int

    /// Puts a shape together.
    package init(sampleCount: Int, featureCount: Int, classCount: Int, validationCount: Int) {
      (self.sampleCount, self.featureCount) = (sampleCount, featureCount)
      (self.classCount, self.validationCount) = (classCount, validationCount)
    }

    /// Number of unordered pairs of classes.
    var pairCount: Int { classCount * (classCount - 1) / 2 }

    /// The position of the pair of classes a < b in the order (0,1), (0,2), …, (1,2) and so on.
    func pair(_ a: Int, _ b: Int) -> Int { a * (2 * classCount - a - 1) / 2 + b - a - 1 }
  }

  /// The sizes.
  package let shape: Shape

  /// The training rows by column: feature j of row i is `columns[j · n + i]`.
  package var columns: [Quad]

  /// The class of each training row, lane after lane.
  package var labels: [[Int]]

  /// The weight of each training row, finite and ≥ 0, lane after lane; 0 is as if absent.
  package var weights: [[Double]]

  /// The validation rows by column.
  package var validationColumns: [Quad]

  /// The class of each validation row, lane after lane.
  package var validationLabels: [[Int]]

  /// A batch of zeros, each row of weight 1.
  package init(_ shape: Shape) {
    self.shape = shape
    let (n, v, lanes) = (shape.sampleCount, shape.validationCount, Self.laneCount)
    columns = Array(repeating: Quad(repeating: 0), count: n * shape.featureCount)
    labels = Array(repeating: Array(repeating: 0, count: n), count: lanes)
    weights = Array(repeating: Array(repeating: 1, count: n), count: lanes)
    validationColumns = Array(repeating: Quad(repeating: 0), count: v * shape.featureCount)
    validationLabels = Array(repeating: Array(repeating: 0, count: v), count: lanes)
  }

  /// The training rows of a lane as a problem for the engine of single problems.
  package func problem(_ lane: Int) -> Problem {
    Problem(
      features: Self.matrix(columns, lane, rows: shape.sampleCount, shape.featureCount),
      labels: labels[lane], weights: weights[lane], classCount: shape.classCount)
  }

  /// The validation rows of a lane.
  package func validationFeatures(_ lane: Int) -> Matrix<Double> {
    Self.matrix(validationColumns, lane, rows: shape.validationCount, shape.featureCount)
  }

  private static func matrix(
    _ columns: [Quad], _ lane: Int, rows: Int, _ d: Int
  ) -> Matrix<Double> {
    var elements: [Double] = []
    elements.reserveCapacity(rows * d)
    for row in 0..<rows {
      for j in 0..<d { elements.append(columns[j * rows + row][lane]) }
    }
    return Matrix(rows: rows, columns: d, elements: elements)
  }
}

import LinAlg

/// Training rows sorted by class, each class a run of whole vectors of four.
///
/// Positions beyond the rows of a class are fillers: points at zero that no pair may move. Rows of
/// weight 0 are left out.
struct SortedPoints: Sendable {
  private let shape: SeedBatch.Shape

  /// Vectors that the rows and the fillers of all classes may need.
  let vectorCapacity: Int

  /// Feature j of position 4q + l is lane l of `columns[j · vectorCapacity + q]`.
  private(set) var columns: [Quad]

  /// The same points, position after position: d numbers each.
  private(set) var points: [Double]

  /// The training row at each position, or −1 for a filler.
  private(set) var rowAtPosition: [Int]

  /// The weight at each position; 0 for a filler.
  private(set) var weights: [Double]

  /// Number of rows of each class.
  private(set) var counts: [Int]

  private(set) var hasUnitWeights = true

  /// The position of the next row of each class.
  private var places: [Int]

  /// The first vector of each class, and the end of the last.
  private(set) var starts: [Int]

  init(_ shape: SeedBatch.Shape) {
    self.shape = shape
    vectorCapacity = shape.sampleCount / 4 + shape.classCount
    let positions = vectorCapacity * 4
    columns = Array(
      repeating: Quad(repeating: 0), count: vectorCapacity * shape.featureCount)
    points = Array(repeating: 0, count: positions * shape.featureCount)
    rowAtPosition = Array(repeating: -1, count: positions)
    weights = Array(repeating: 0, count: positions)
    counts = Array(repeating: 0, count: shape.classCount)
    places = counts
    starts = Array(repeating: 0, count: shape.classCount + 1)
  }

  /// Vectors in use.
  var vectorCount: Int { starts[shape.classCount] }

  var featureCount: Int { shape.featureCount }

  /// Whether the class has a row.
  func isPresent(_ label: Int) -> Bool { starts[label] < starts[label + 1] }

  /// Number of classes that have a row.
  var presentCount: Int { (0..<shape.classCount).reduce(0) { $0 + (isPresent($1) ? 1 : 0) } }

  /// The smallest class that has a row; 0 when none has.
  var firstPresent: Int { (0..<shape.classCount).first(where: isPresent) ?? 0 }

  func positions(of label: Int) -> Range<Int> {
    4 * starts[label]..<4 * starts[label] + counts[label]
  }

  /// Sorts the rows of a lane, those of a class in their order.
  mutating func load(_ batch: SeedBatch, _ lane: Int) {
    let (labels, rowWeights) = (batch.labels[lane], batch.weights[lane])
    for label in counts.indices { counts[label] = 0 }
    hasUnitWeights = true
    for row in 0..<shape.sampleCount {
      if rowWeights[row] > 0 { counts[labels[row]] += 1 }
      if rowWeights[row] != 1, rowWeights[row] != 0 { hasUnitWeights = false }
    }
    var vector = 0
    for label in counts.indices {
      starts[label] = vector
      places[label] = 4 * vector
      vector += (counts[label] + 3) / 4
    }
    starts[shape.classCount] = vector
    Self.place(labels, rowWeights, &places, &rowAtPosition, &weights)
    Lanes.extract(
      rows: rowAtPosition, columns: shape.featureCount, lane: lane, of: batch.columns,
      into: &points)
  }

  /// Puts each row at the next place of its class; all else stays a filler.
  private static func place(
    _ labels: [Int], _ rowWeights: [Double], _ places: inout [Int], _ rows: inout [Int],
    _ weights: inout [Double]
  ) {
    var places = places.mutableSpan
    var rows = rows.mutableSpan
    var weights = weights.mutableSpan
    for position in rows.indices {
      rows[position] = -1
      weights[position] = 0
    }
    for row in labels.indices where rowWeights[row] > 0 {
      let position = places[labels[row]]
      rows[position] = row
      weights[position] = rowWeights[row]
      places[labels[row]] = position + 1
    }
  }

  /// Multiplies all features, and writes `columns`.
  mutating func transpose(scaledBy factor: Double) {
    Self.transpose(&points, factor, vectorCount, shape.featureCount, vectorCapacity, &columns)
  }

  private static func transpose(
    _ points: inout [Double], _ factor: Double, _ vectorCount: Int, _ d: Int, _ stride: Int,
    _ columns: inout [Quad]
  ) {
    var x = points.mutableSpan
    var output = columns.mutableSpan
    for index in x.indices { x[index] *= factor }
    for q in 0..<vectorCount {
      let base = 4 * q * d
      for j in 0..<d {
        output[j * stride + q] = Quad(
          x[base + j], x[base + d + j], x[base + 2 * d + j], x[base + 3 * d + j])
      }
    }
  }
}

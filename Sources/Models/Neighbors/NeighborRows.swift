/// Training rows that validation rows are compared with, class after class.
struct NeighborRows: Sendable {
  private let featureCount: Int

  /// Row after row, d numbers each.
  private(set) var points: [Double]

  /// The weight of each row, unless all weigh 1.
  private(set) var weights: [Double]

  /// The position of each row among all training rows; within a class they ascend.
  private(set) var rows: [Int]

  /// The first row of each class, and the end of the last.
  private(set) var starts: [Int]

  private(set) var hasUnitWeights = true

  init(_ shape: SeedBatch.Shape) {
    featureCount = shape.featureCount
    points = Array(repeating: 0, count: shape.sampleCount * shape.featureCount)
    weights = Array(repeating: 0, count: shape.sampleCount)
    rows = Array(repeating: 0, count: shape.sampleCount)
    starts = Array(repeating: 0, count: shape.classCount + 1)
  }

  var count: Int { starts[starts.count - 1] }

  func places(of label: Int) -> Range<Int> { starts[label]..<starts[label + 1] }

  /// Takes sorted points, without what they are filled up with.
  mutating func load(_ sorted: SortedPoints) {
    hasUnitWeights = sorted.hasUnitWeights
    starts[0] = 0
    for label in 0..<starts.count - 1 {
      let first = 4 * sorted.starts[label]
      let count = sorted.counts[label]
      Self.copy(sorted.points, from: first, to: starts[label], count, featureCount, &points)
      Self.copy(sorted.weights, from: first, to: starts[label], count, 1, &weights)
      Self.copy(sorted.rowAtPosition, from: first, to: starts[label], count, 1, &rows)
      starts[label + 1] = starts[label] + count
    }
  }

  /// Takes the rows at the first `count` of ascending places.
  mutating func load(_ places: [Int], count: Int, of all: NeighborRows) {
    hasUnitWeights = all.hasUnitWeights
    var label = 0
    for place in 0..<count {
      while places[place] >= all.starts[label] {
        starts[label] = place
        label += 1
      }
    }
    for later in label..<starts.count { starts[later] = count }
    Self.gather(all.points, places, count, featureCount, into: &points)
    Self.gather(all.rows, places, count, 1, into: &rows)
    if !hasUnitWeights { Self.gather(all.weights, places, count, 1, into: &weights) }
  }

  /// Copies a run of rows of `width` numbers each.
  private static func copy<Element>(
    _ source: [Element], from first: Int, to target: Int, _ count: Int, _ width: Int,
    _ output: inout [Element]
  ) {
    let (from, to) = (first * width, target * width)
    var output = output.mutableSpan
    for index in 0..<count * width { output[to + index] = source[from + index] }
  }

  /// Copies rows of `width` numbers each from their places.
  private static func gather<Element>(
    _ source: [Element], _ places: [Int], _ count: Int, _ width: Int,
    into output: inout [Element]
  ) {
    precondition(
      count <= places.count && count * width <= output.count, "\(count) rows out of range")
    let (places, source) = (places.span, source.span)
    var output = output.mutableSpan
    for place in 0..<count {
      // Safe: the ends were checked; the source is checked.
      let (from, to) = (unsafe places[unchecked: place] &* width, place &* width)
      for j in 0..<width { unsafe output[unchecked: to &+ j] = source[from &+ j] }
    }
  }
}

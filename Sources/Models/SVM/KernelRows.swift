import LinAlg

/// Rows of the kernel matrix of sorted points, each part computed when it is first asked for.
///
/// A part is the values of one row against the points of one class: a pair of classes asks for two.
struct KernelRows: Sendable {
  private let vectors: Int
  private let classCount: Int
  private var kernel = KernelFunction.linear
  /// The row of each position in `values`; −1 where it has not been asked for.
  private var rowAtPosition: [Int]
  private var rowCount = 0
  /// Whether a part has been computed: row after row, class by class.
  private var isReady: [Bool] = []

  /// Row after row in the order they were asked for, `vectors` long each.
  private(set) var values: [Quad] = []

  /// k(x, x) at each position.
  private(set) var diagonal: [Quad]

  /// Whether all kernel values are finite, by Cauchy and Schwarz.
  private(set) var isFinite = true

  /// Room for positions of `vectors` vectors.
  init(vectors: Int, classCount: Int) {
    (self.vectors, self.classCount) = (vectors, classCount)
    rowAtPosition = Array(repeating: -1, count: vectors * 4)
    diagonal = Array(repeating: Quad(repeating: 0), count: vectors)
  }

  mutating func begin(_ kernel: KernelFunction, _ points: SortedPoints) {
    self.kernel = kernel
    rowCount = 0
    for position in rowAtPosition.indices { rowAtPosition[position] = -1 }
    isFinite = true
    for q in 0..<points.vectorCount {
      switch kernel {
      case .rbf: diagonal[q] = Quad(repeating: 1)
      case .linear:
        var sum = Quad(repeating: 0)
        for j in 0..<points.featureCount {
          let x = points.columns[j * vectors + q]
          sum = sum.addingProduct(x, x)
        }
        diagonal[q] = sum
        isFinite = isFinite && all(sum .< .infinity)
      }
    }
  }

  /// Where the row of a position begins in `values`, with the parts of classes a and b computed.
  @inline(__always)
  mutating func start(_ position: Int, _ a: Int, _ b: Int, _ points: SortedPoints) -> Int {
    let row = rowAtPosition[position]
    if row < 0 || !isReady[row &* classCount &+ a] || !isReady[row &* classCount &+ b] {
      return compute(position, a, b, points) &* vectors
    }
    return row &* vectors
  }

  /// Computes the parts that are missing and returns the row.
  private mutating func compute(_ position: Int, _ a: Int, _ b: Int, _ points: SortedPoints) -> Int
  {
    if rowAtPosition[position] < 0 {
      rowAtPosition[position] = rowCount
      rowCount += 1
      if values.count < rowCount * vectors {
        values.append(contentsOf: repeatElement(Quad(repeating: 0), count: vectors))
        isReady.append(contentsOf: repeatElement(false, count: classCount))
      }
      for label in 0..<classCount { isReady[(rowCount - 1) * classCount + label] = false }
    }
    let row = rowAtPosition[position]
    let part = row * classCount
    if b == a + 1, !isReady[part + a], !isReady[part + b] {
      write(position, row, points.starts[a]..<points.starts[b + 1], points)
    } else {
      if !isReady[part + a] {
        write(position, row, points.starts[a]..<points.starts[a + 1], points)
      }
      if !isReady[part + b] {
        write(position, row, points.starts[b]..<points.starts[b + 1], points)
      }
    }
    isReady[part + a] = true
    isReady[part + b] = true
    return row
  }

  private mutating func write(
    _ position: Int, _ row: Int, _ range: Range<Int>, _ points: SortedPoints
  ) {
    kernel.write(
      points.points, at: position * points.featureCount, points.columns, first: range.lowerBound,
      stride: vectors, count: range.count, featureCount: points.featureCount, into: &values,
      at: row * vectors + range.lowerBound)
  }
}

extension KernelFunction {
  /// Kernel values of one point against many, in lanes; the bits of `evaluate`.
  ///
  /// Shapes: the point is d numbers from `start` on; column j of the others begins at vector
  /// j · stride + first and is `count` vectors long, as are the values from `target` on.
  func write(
    _ points: [Double], at start: Int, _ columns: [Quad], first: Int, stride: Int, count: Int,
    featureCount d: Int, into values: inout [Quad], at target: Int
  ) {
    switch self {
    case .rbf:
      Lanes.gaussians(
        from: points, at: start, featureCount: d, to: columns, first: first, stride: stride,
        count: count, into: &values, at: target)
    case .linear:
      precondition(
        start + d <= points.count && target + count <= values.count
          && (d == 0 || (d - 1) * stride + first + count <= columns.count), "Out of range")
      let (point, x) = (points.span, columns.span)
      var output = values.mutableSpan
      // Safe: the ends were checked.
      for q in 0..<count {
        var sum = Quad(repeating: 0)
        for j in 0..<d {
          let p = unsafe Quad(repeating: point[unchecked: start &+ j])
          sum = unsafe sum.addingProduct(p, x[unchecked: j &* stride &+ first &+ q])
        }
        unsafe output[unchecked: target &+ q] = sum
      }
    }
  }
}

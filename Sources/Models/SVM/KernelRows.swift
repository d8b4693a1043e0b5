import LinAlg

/// Rows of the kernel matrix of sorted points, each computed when it is first asked for.
struct KernelRows: Sendable {
  private let vectors: Int
  private var kernel = KernelFunction.linear
  private var slotAtPosition: [Int]
  private var slotCount = 0

  /// Row after row in the order they were asked for, `vectors` long each.
  private(set) var values: [Lanes.Quad] = []

  /// k(x, x) at each position.
  private(set) var diagonal: [Lanes.Quad]

  /// Whether all kernel values are finite, by Cauchy and Schwarz.
  private(set) var isFinite = true

  /// Room for positions of `vectors` vectors.
  init(vectors: Int) {
    self.vectors = vectors
    slotAtPosition = Array(repeating: -1, count: vectors * 4)
    diagonal = Array(repeating: Lanes.Quad(repeating: 0), count: vectors)
  }

  /// Forgets all rows and begins with other points.
  mutating func begin(_ kernel: KernelFunction, _ points: SortedPoints) {
    self.kernel = kernel
    slotCount = 0
    for position in slotAtPosition.indices { slotAtPosition[position] = -1 }
    isFinite = true
    for q in 0..<points.vectorCount {
      switch kernel {
      case .rbf: diagonal[q] = Lanes.Quad(repeating: 1)
      case .linear:
        var sum = Lanes.Quad(repeating: 0)
        for j in 0..<points.featureCount {
          let x = points.columns[j * vectors + q]
          sum = sum.addingProduct(x, x)
        }
        diagonal[q] = sum
        isFinite = isFinite && all(sum .< .infinity)
      }
    }
  }

  /// Where the row of a position begins in `values`.
  mutating func start(_ position: Int, _ points: SortedPoints) -> Int {
    let slot = slotAtPosition[position]
    if slot >= 0 { return slot * vectors }
    let base = slotCount * vectors
    slotAtPosition[position] = slotCount
    slotCount += 1
    if values.count < base + vectors {
      values.append(contentsOf: repeatElement(Lanes.Quad(repeating: 0), count: vectors))
    }
    kernel.write(
      points.points, at: position * points.featureCount, points.columns, stride: vectors,
      count: points.vectorCount, featureCount: points.featureCount, into: &values, at: base)
    return base
  }
}

extension KernelFunction {
  /// Kernel values of one point against many, in lanes; the bits of `evaluate`.
  ///
  /// Shapes: the point is d numbers from `start` on; column j of the others begins at j · stride and
  /// is `count` vectors long, as are the values from `target` on.
  func write(
    _ points: [Double], at start: Int, _ columns: [Lanes.Quad], stride: Int, count: Int,
    featureCount d: Int, into values: inout [Lanes.Quad], at target: Int
  ) {
    precondition(
      start + d <= points.count && target + count <= values.count
        && (d == 0 || (d - 1) * stride + count <= columns.count), "Kernel values out of room")
    let (point, columns) = (points.span, columns.span)
    var output = values.mutableSpan
    // Safe: the ends were checked.
    switch self {
    case .linear:
      for q in 0..<count {
        var sum = Lanes.Quad(repeating: 0)
        for j in 0..<d {
          let x = unsafe Lanes.Quad(repeating: point[unchecked: start &+ j])
          sum = unsafe sum.addingProduct(x, columns[unchecked: j &* stride &+ q])
        }
        unsafe output[unchecked: target &+ q] = sum
      }
    case .rbf(let gamma):
      for q in 0..<count {
        var sum = Lanes.Quad(repeating: 0)
        for j in 0..<d {
          let x = unsafe Lanes.Quad(repeating: point[unchecked: start &+ j])
          let difference = unsafe x - columns[unchecked: j &* stride &+ q]
          sum += difference * difference
        }
        unsafe output[unchecked: target &+ q] = sum * -gamma
      }
      Lanes.exp(&output, target..<target + count)
    }
  }
}

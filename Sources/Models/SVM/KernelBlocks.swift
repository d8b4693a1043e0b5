import LinAlg

/// RBF kernel values of rows against blocks of rows, by products.
///
///     k(x, z) = 2^(−‖f·x − f·z‖²),   ‖x − z‖² = ‖x‖² + ‖z‖² − 2xᵀz,   f = √(γ·log₂ e)
///
/// Rows stand in groups, those of a class say; a block is a part of a group. Values are kept in single
/// precision, as LIBSVM keeps them. Products are made in it, too, where f·x less the mean of all rows
/// are no longer than 16, so that a value is off by √d·ε·512 at most, 1e-7 as a rule, and where the
/// values are multiplied by no more than 10; in double precision otherwise.
struct KernelBlocks: Sendable {
  /// A row of the features for each position.
  let rows: [Int]

  /// The positions of each block.
  let blocks: [Range<Int>]

  /// The blocks of each group.
  let groups: [Range<Int>]

  private let features: Matrix<Double>
  private let center: [Double]
  private let factor: Double
  private let points: Points

  private enum Points {
    case single([FloatPanels])
    case double([DoublePanels])
  }

  /// Rows of a block at most.
  static let blockSize = 2_048

  /// ‖f·x‖² up to which products are made in single precision, and in double.
  private static let singleLimit = 256.0
  static let doubleLimit = 1e8

  /// What a value may be multiplied by if products are made in single precision: with C = 100 the objective
  /// of breast-cancer is off by 5e-6 of it, with 10 by less than 1e-6.
  private static let singleFactor = 10.0

  /// Prepares groups of rows; nil where no precision suffices.
  ///
  /// - Parameter largestFactor: The largest magnitude that values are multiplied by.
  init?(
    _ features: Matrix<Double>, groups: [[Int]], gamma: Double, largestFactor: Double, threads: Int
  ) {
    let factor = KernelFunction.rbf(gamma: gamma).featureFactor
    let center = features.columnMeans(threads: threads)
    let largest = Self.largestSquare(features, center, threads) * factor * factor
    guard largest <= Self.doubleLimit else { return nil }
    let rows = groups.flatMap { $0 }
    var (blocks, ranges): ([Range<Int>], [Range<Int>]) = ([], [])
    var start = 0
    for group in groups {
      let first = blocks.count
      for offset in stride(from: 0, to: group.count, by: Self.blockSize) {
        let length = min(Self.blockSize, group.count - offset)
        blocks.append(start + offset..<start + offset + length)
      }
      start += group.count
      ranges.append(first..<blocks.count)
    }
    (self.rows, self.blocks, self.groups) = (rows, blocks, ranges)
    (self.features, self.center, self.factor) = (features, center, factor)
    points =
      largest <= Self.singleLimit && largestFactor <= Self.singleFactor
      ? .single(
        Parallel.map(blocks.count, threads: threads) { [blocks] block in
          FloatPanels(features, rows: Array(rows[blocks[block]]), center: center, factor: factor)
        })
      : .double(
        Parallel.map(blocks.count, threads: threads) { [blocks] block in
          DoublePanels(features, rows: Array(rows[blocks[block]]), center: center, factor: factor)
        })
  }

  /// Vectors of eight that the values of a block take: whole sixteens.
  static func vectorCount(_ block: Range<Int>) -> Int { (block.count + 15) / 16 * 2 }

  /// Kernel values of some positions against a block.
  func values(_ positions: [Int], block: Int) -> [[SIMD8<Float>]] {
    let rows = positions.map { self.rows[$0] }
    var values =
      switch points {
      case .single(let panels):
        panels[block].gaussians(
          PanelQueries<Float>(features, rows: rows, center: center, factor: factor))
      case .double(let panels):
        Self.rounded(
          panels[block].gaussians(
            PanelQueries<Double>(features, rows: rows, center: center, factor: factor)),
          Self.vectorCount(blocks[block]))
      }
    for (index, position) in positions.enumerated() where blocks[block].contains(position) {
      let offset = position - blocks[block].lowerBound
      values[index][offset / 8][offset % 8] = 1
    }
    return values
  }

  /// Whether a few values are made sooner than they are gathered from all over the memory.
  var isNarrow: Bool { features.columns <= 64 }

  /// Kernel values of some positions among each other: the bits of `values`.
  func square(_ positions: [Int]) -> [[SIMD8<Float>]] {
    let rows = positions.map { self.rows[$0] }
    var values =
      switch points {
      case .single:
        FloatPanels(features, rows: rows, center: center, factor: factor).gaussians(
          PanelQueries<Float>(features, rows: rows, center: center, factor: factor))
      case .double:
        Self.rounded(
          DoublePanels(features, rows: rows, center: center, factor: factor).gaussians(
            PanelQueries<Double>(features, rows: rows, center: center, factor: factor)),
          Self.vectorCount(rows.indices))
      }
    for index in rows.indices { values[index][index / 8][index % 8] = 1 }
    return values
  }

  private static func rounded(_ values: Matrix<Double>, _ count: Int) -> [[SIMD8<Float>]] {
    (0..<values.rows).map { row in
      var rounded = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: count)
      let start = row * values.columns
      for column in 0..<values.columns {
        rounded[column / 8][column % 8] = Float(values.elements[start + column])
      }
      return rounded
    }
  }

  /// The largest ‖x − center‖²; NaN and infinity count as infinite.
  static func largestSquare(
    _ features: Matrix<Double>, _ center: [Double], _ threads: Int
  ) -> Double {
    let (n, d) = (features.rows, features.columns)
    let size = blockSize
    return Parallel.map((n + size - 1) / size, threads: threads) { part in
      var largest = 0.0
      let x = features.elements.span
      for row in part * size..<min((part + 1) * size, n) {
        var sum = 0.0
        for j in 0..<d {
          let difference = x[row * d + j] - center[j]
          sum += difference * difference
        }
        largest = sum.isFinite ? max(largest, sum) : .infinity
      }
      return largest
    }.max() ?? 0
  }
}

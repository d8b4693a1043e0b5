import LinAlg

/// Rows of the kernel matrix of n points, computed when asked for and kept within a byte budget.
///
/// When the budget is spent, the row that was used longest ago makes room. A row is the same
/// whether it was kept or computed again.
struct KernelCache {
  private let kernel: KernelFunction
  private let points: Matrix<Double>
  private let transposedPoints: Matrix<Double>
  private let capacity: Int
  private var slots: [(row: Int, values: [Double], lastUse: Int)] = []
  private var slotOfRow: [Int]
  private var clock = 0
  private let shift: [Double]

  /// k(x, x) for each point, and its shift.
  let diagonal: [Double]

  /// Prepares the cache for points n × d, keeping at least two rows.
  ///
  /// `shift` is added to the diagonal of the matrix; empty for nothing.
  init(
    _ kernel: KernelFunction, points: Matrix<Double>, byteBudget: Int, shift: [Double] = []
  ) {
    (self.shift, self.kernel) = (shift, kernel)
    self.points = kernel.prepared(points)
    transposedPoints = self.points.transposed()
    let squares = kernel.diagonal(ofColumnsOf: transposedPoints)
    diagonal = shift.isEmpty ? squares : zip(squares, shift).map(+)
    let rowBytes = max(points.rows, 1) * MemoryLayout<Double>.stride
    capacity = max(2, min(points.rows, byteBudget / rowBytes))
    slotOfRow = Array(repeating: -1, count: points.rows)
  }

  /// Row `row` of the kernel matrix: n values.
  mutating func row(_ row: Int) -> [Double] {
    clock += 1
    let slot = slotOfRow[row]
    if slot >= 0 {
      slots[slot].lastUse = clock
      return slots[slot].values
    }
    var values = points.withRow(row) {
      kernel.evaluate($0, againstColumnsOf: transposedPoints)
    }
    if !shift.isEmpty { values[row] += shift[row] }
    let entry = (row: row, values: values, lastUse: clock)
    if slots.count < capacity {
      slotOfRow[row] = slots.count
      slots.append(entry)
    } else if let oldest = slots.indices.min(by: { slots[$0].lastUse < slots[$1].lastUse }) {
      slotOfRow[slots[oldest].row] = -1
      slotOfRow[row] = oldest
      slots[oldest] = entry
    }
    return values
  }
}

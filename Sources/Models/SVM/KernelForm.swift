import LinAlg

/// The kernel of the rows of some groups of a `KernelTable`, those of a pair of classes say.
///
/// Rows are numbered through: those of the first group, then those of the second.
struct KernelForm: QuadraticForm {
  private let table: KernelTable
  /// The blocks of the groups, and where each begins among the rows.
  private let blocks: [Int]
  let parts: [Range<Int>]
  /// The position in the table of each row.
  private let positions: [Int]

  init(_ table: KernelTable, groups: [Int]) {
    self.table = table
    blocks = groups.flatMap { table.blocks.groups[$0] }
    var (parts, positions): ([Range<Int>], [Int]) = ([], [])
    for block in blocks {
      let range = table.blocks.blocks[block]
      parts.append(positions.count..<positions.count + range.count)
      positions += range
    }
    (self.parts, self.positions) = (parts, positions)
  }

  func columns(_ rows: [Int], threads: Int) -> [[KernelTable.Values]] {
    table.values(rows.map { positions[$0] }, in: blocks, threads: threads)
  }

  func square(_ rows: [Int], _ columns: [[KernelTable.Values]]) -> [Quad] {
    let vectors = (rows.count + 3) / 4
    let places = rows.map { row in
      let part = parts.lastIndex { $0.lowerBound <= row } ?? 0
      return (
        part: part, vector: (row - parts[part].lowerBound) / 8,
        lane: (row - parts[part].lowerBound) % 8
      )
    }
    var values = [Quad](repeating: Quad(repeating: 0), count: rows.count * vectors)
    var output = values.mutableSpan
    for index in rows.indices {
      for (column, place) in places.enumerated() {
        output[index * vectors + column / 4][column % 4] = Double(
          columns[place.part][index][place.vector][place.lane])
      }
    }
    return values
  }

  func change(
    _ rows: [Int], _ columns: [[KernelTable.Values]], factors: [Double]
  ) -> KernelChange {
    let moved = factors.indices.filter { factors[$0] != 0 }
    return KernelChange(
      columns: columns.map { part in moved.map { part[$0] } }, factors: moved.map { factors[$0] })
  }

  func add(_ change: KernelChange, part: Int, to sums: inout [Double]) {
    Lanes.addProducts(change.factors, of: change.columns[part], to: &sums)
  }
}

/// Columns of a kernel, part by part, and what each is multiplied by.
struct KernelChange: Sendable {
  let columns: [[KernelTable.Values]]
  let factors: [Double]
}

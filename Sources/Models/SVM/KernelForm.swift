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
    let (count, vectors) = (rows.count, (rows.count + 3) / 4)
    if table.blocks.isNarrow {
      return table.blocks.square(rows.map { positions[$0] }).flatMap { row in
        (0..<vectors).map { Quad($0 % 2 == 0 ? row[$0 / 2].lowHalf : row[$0 / 2].highHalf) }
      }
    }
    // The columns that each part holds, and where in it.
    var places = parts.map { _ in [(column: Int, offset: Int)]() }
    for (column, row) in rows.enumerated() {
      let part = parts.lastIndex { $0.lowerBound <= row } ?? 0
      places[part].append((column, row - parts[part].lowerBound))
    }
    var values = [Quad](repeating: Quad(repeating: 0), count: count * vectors)
    // Each value is in a line of memory far from the last, so half of them are read: K is symmetric.
    for (part, places) in places.enumerated() where !places.isEmpty {
      for index in 0..<count {
        let row = columns[part][index]
        for place in places where place.column >= index {
          let value = Double(scalar(row, place.offset))
          set(&values, 4 * index * vectors + place.column, value)
          set(&values, 4 * place.column * vectors + index, value)
        }
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

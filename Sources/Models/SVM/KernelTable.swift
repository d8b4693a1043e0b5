import LinAlg
import Synchronization

/// Kernel values that have been asked for, kept within a bound and shared by all machines of a fit.
///
/// What is kept are the values of one row against one block. When there are too many, rows that were not used
/// since the last time round are dropped. A value is the same whether it was kept or computed again, so
/// nothing depends on the bound, or on who asked first.
final class KernelTable: Sendable {
  /// Values of one row against the rows of one block.
  typealias Values = [SIMD8<Float>]

  let blocks: KernelBlocks
  private let byteCapacity: Int
  private let state: Mutex<State>

  private struct State {
    /// The values of each row against each block; empty where there are none.
    var rows: [[Values]]
    var wasUsed: [Bool]
    /// The rows that have values, in the order in which they are looked at for dropping.
    var queue: [Int] = []
    var head = 0
    var byteCount = 0
  }

  /// - Parameter workers: Solvers that work on it at a time. What their sets take counts.
  init(_ blocks: KernelBlocks, byteBudget: Int, workers: Int) {
    let rowBytes = blocks.blocks.reduce(0) { $0 + 32 * KernelBlocks.vectorCount($1) }
    self.blocks = blocks
    byteCapacity = max(0, byteBudget - workers * KernelForm.setSize * rowBytes)
    let count = blocks.rows.count
    state = Mutex(
      State(
        rows: Array(repeating: [], count: count), wasUsed: Array(repeating: false, count: count)))
  }

  /// The values of some rows against some blocks: for each block those of each row.
  func values(_ positions: [Int], in wanted: [Int], threads: Int) -> [[Values]] {
    var values = kept(positions, wanted)
    let missing = values.map { row in row.indices.filter { row[$0].isEmpty } }
    let tasks = wanted.indices.filter { !missing[$0].isEmpty }
    let made = Parallel.map(tasks.count, threads: threads) { task in
      blocks.values(missing[tasks[task]].map { positions[$0] }, block: wanted[tasks[task]])
    }
    for (task, rows) in zip(tasks, made) {
      for (index, row) in zip(missing[task], rows) { values[task][index] = row }
    }
    keep(positions, wanted, values, missing)
    return values
  }

  /// What is there of that; empty where there is nothing.
  private func kept(_ positions: [Int], _ wanted: [Int]) -> [[Values]] {
    state.withLock { state in
      wanted.map { block in
        positions.map { state.rows[$0].isEmpty ? [] : state.rows[$0][block] }
      }
    }
  }

  private func keep(
    _ positions: [Int], _ wanted: [Int], _ values: [[Values]], _ missing: [[Int]]
  ) {
    let count = blocks.blocks.count
    state.withLock { state in
      for position in positions { state.wasUsed[position] = true }
      for (place, block) in wanted.enumerated() {
        for index in missing[place] {
          let position = positions[index]
          if state.rows[position].isEmpty {
            state.rows[position] = Array(repeating: [], count: count)
            state.queue.append(position)
          }
          // Another thread may have computed the same.
          guard state.rows[position][block].isEmpty else { continue }
          state.rows[position][block] = values[place][index]
          state.byteCount += Self.byteCount(values[place][index])
        }
      }
      while state.byteCount > byteCapacity, state.head < state.queue.count { drop(&state) }
    }
  }

  /// Drops the row that is next, or gives it another turn.
  private func drop(_ state: inout State) {
    let position = state.queue[state.head]
    state.head += 1
    if state.wasUsed[position] {
      state.wasUsed[position] = false
      state.queue.append(position)
    } else {
      state.byteCount -= state.rows[position].reduce(0) { $0 + Self.byteCount($1) }
      state.rows[position] = []
    }
    if state.head > 1_024, state.head > state.queue.count / 2 {
      state.queue.removeFirst(state.head)
      state.head = 0
    }
  }

  private static func byteCount(_ values: Values) -> Int {
    values.count * MemoryLayout<SIMD8<Float>>.stride
  }
}

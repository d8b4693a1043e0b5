/// The classes of rows in the order of their values in a column, in which rules divide them.
struct SortedLabels {
  /// Rows of one value or, where those are of one class, of several neighbouring values.
  private struct Block {
    /// Number of rows of each class that is there.
    var counts: [(label: Int, count: Int)]

    var rowCount: Int { counts.reduce(0) { $0 + $1.count } }
  }

  /// Number of values that differ.
  let valueCount: Int

  /// Rows that are not of the commonest class of their value: no rule can tell them.
  private let tiedErrors: Int

  /// Runs of values of one class each, those of several classes aside.
  private let runCount: Int

  private let isCoded: Bool
  private let pairs: [(value: Double, label: Int)]

  /// The most steps that the best ranges may take to find.
  private static let workLimit = 100_000_000

  /// Sorts some rows; those without a value come first.
  ///
  /// - Complexity: O(n log n).
  init(_ column: SuspectTable.Column, _ labels: [Int], rows: some Sequence<Int>) {
    isCoded = column.isCoded
    let values = column.values
    var pairs: [(value: Double, label: Int)] = rows.map { row in
      (values[row].isNaN ? -.infinity : values[row], labels[row])
    }
    pairs.sort { $0.value < $1.value || ($0.value == $1.value && $0.label < $1.label) }
    self.pairs = pairs
    var (distinct, tied, runs, last) = (0, 0, 0, -1)
    Self.forEachValue(pairs) { range in
      distinct += 1
      let label = pairs[range.lowerBound].label
      if label != pairs[range.upperBound - 1].label {
        tied += range.count - Self.largest(pairs[range])
      } else if label != last {
        (runs, last) = (runs + 1, label)
      }
    }
    (valueCount, tiedErrors, runCount) = (distinct, tied, runs)
  }

  /// Calls `body` with the places of each value.
  private static func forEachValue(
    _ pairs: [(value: Double, label: Int)], _ body: (Range<Int>) -> Void
  ) {
    var start = 0
    while start < pairs.count {
      var end = start + 1
      while end < pairs.count, pairs[end].value == pairs[start].value { end += 1 }
      body(start..<end)
      start = end
    }
  }

  /// The most rows of one class among some in the order of classes.
  private static func largest(_ pairs: ArraySlice<(value: Double, label: Int)>) -> Int {
    var (most, current, last) = (0, 0, -1)
    for pair in pairs {
      current = pair.label == last ? current + 1 : 1
      last = pair.label
      most = max(most, current)
    }
    return most
  }

  /// A number of errors that no rule of so many ranges falls below.
  ///
  /// Of B runs of one class each, so many ranges and e errors explain no more than ranges + 2e.
  func leastErrors(ranges: Int) -> Int {
    isCoded ? tiedErrors : max(tiedErrors, (max(runCount - ranges, 0) + 1) / 2)
  }

  /// The errors of the best rule of at most so many ranges, or of one class for each text; nil where that
  /// is too much work.
  func errors(ranges: Int, classCount: Int) -> Int? {
    guard !isCoded else { return tiedErrors }
    let blocks = blocks
    let m = min(ranges, blocks.count)
    guard blocks.count * m * classCount <= Self.workLimit else { return nil }
    // fewest[j][k]: errors in the blocks so far by j + 1 ranges, of which the last says k.
    let none = Int.max / 2
    var fewest = [[Int]](repeating: [Int](repeating: none, count: classCount), count: m)
    for (index, block) in blocks.enumerated() {
      var costs = [Int](repeating: block.rowCount, count: classCount)
      for (label, count) in block.counts { costs[label] -= count }
      for j in stride(from: m - 1, through: 0, by: -1) {
        let before = j > 0 ? fewest[j - 1].min() ?? none : index == 0 ? 0 : none
        for k in 0..<classCount {
          fewest[j][k] = min(min(fewest[j][k], before) + costs[k], none)
        }
      }
    }
    return fewest.compactMap { $0.min() }.min()
  }

  private var blocks: [Block] {
    var blocks: [Block] = []
    Self.forEachValue(pairs) { range in
      var counts: [(label: Int, count: Int)] = []
      for pair in pairs[range] {
        if counts.last?.label == pair.label {
          counts[counts.count - 1].count += 1
        } else {
          counts.append((pair.label, 1))
        }
      }
      // Neighbours of the same one class belong together in some best rule.
      if counts.count == 1, let last = blocks.last?.counts, last.count == 1,
        last[0].label == counts[0].label
      {
        blocks[blocks.count - 1].counts[0].count += counts[0].count
      } else {
        blocks.append(Block(counts: counts))
      }
    }
    return blocks
  }
}

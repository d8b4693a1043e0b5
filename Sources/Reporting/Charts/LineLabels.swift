extension Chart {
  /// Where the names of lines stand beside their ends.
  package enum LineLabels {
    /// The heights of labels, as near to those wanted as they can be without overlapping.
    ///
    /// Neighbours that are nearer than `gap` become a block around their mean, and so on: the least squares
    /// under that constraint.
    package static func spread(_ wanted: [Double], gap: Double) -> [Double] {
      let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
      // Less what the gaps below take, heights must only not fall: isotonic regression.
      var blocks: [(sum: Double, count: Int)] = []
      for (rank, index) in order.enumerated() {
        blocks.append((wanted[index] - Double(rank) * gap, 1))
        while blocks.count > 1, mean(blocks[blocks.count - 2]) > mean(blocks[blocks.count - 1]) {
          let last = blocks.removeLast()
          blocks[blocks.count - 1].sum += last.sum
          blocks[blocks.count - 1].count += last.count
        }
      }
      var heights = wanted
      let means = blocks.flatMap { Array(repeating: mean($0), count: $0.count) }
      for (rank, index) in order.enumerated() { heights[index] = means[rank] + Double(rank) * gap }
      return heights
    }

    private static func mean(_ block: (sum: Double, count: Int)) -> Double {
      block.sum / Double(block.count)
    }
  }
}

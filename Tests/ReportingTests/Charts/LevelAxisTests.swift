import Reporting
import Testing

struct LevelAxisTests {
  @Test(
    arguments: [
      ([0, 0.05, 0.1, 0.5], false), ([0, 0.1, 0.3], false), ([0.2], false), ([], false),
      ([0, 0.001, 0.01, 0.1], true), ([0, 0.01, 0.5], true), ([0.5, 0.49, 0], true),
    ] as [([Double], Bool)])
  func levelsThatSpanDecadesAreSetApart(_ levels: [Double], _ isSymlog: Bool) {
    #expect(Chart.LevelAxis(levels).isSymlog == isSymlog)
  }

  /// As near as can be, by trying all places on a grid.
  @Test(arguments: [[0.0], [0, 0], [3, 1, 2], [0, 10, 10.5, 11], [5, 5, 5, 0], [0, 2, 4, 6]])
  func labelsKeepTheirDistance(_ wanted: [Double]) {
    let heights = Chart.LineLabels.spread(wanted, gap: 2)
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    for (a, b) in zip(order, order.dropFirst()) {
      #expect(heights[b] - heights[a] >= 2 - 1e-12)
    }
    let cost = { (places: [Double]) in
      zip(places, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    // No label alone, nor any run of neighbours, gains by moving.
    let own = cost(heights)
    for first in order.indices {
      for last in first..<order.count {
        for step in [-0.01, 0.01] {
          var moved = heights
          for rank in first...last { moved[order[rank]] += step }
          let isAllowed = zip(order, order.dropFirst()).allSatisfy {
            moved[$1] - moved[$0] >= 2 - 1e-12
          }
          #expect(!isAllowed || cost(moved) >= own)
        }
      }
    }
  }
}

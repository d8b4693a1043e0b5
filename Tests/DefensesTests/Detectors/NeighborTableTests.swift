import Defenses
import LinAlg
import Testing

/// Neighbours against a plain search.
struct NeighborTableTests {
  private static func points(_ count: Int, _ features: Int, distinct: Int) -> Matrix<Double> {
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_994), seed: 4)
    return Matrix(
      rows: count, columns: features,
      elements: (0..<count * features).map { _ in Double(stream.integer(below: distinct)) })
  }

  /// Sizes around the tile and the block, with many ties.
  @Test(arguments: [1, 2, 7, 64, 65, 511, 512, 513, 1_100], [1, 3, 600])
  func findsWhatAPlainSearchFinds(_ count: Int, _ neighbors: Int) {
    for (features, distinct) in [(1, 5), (3, 1_000_000)] {
      let points = Self.points(count, features, distinct: distinct)
      let table = NeighborTable(of: points, neighborCount: neighbors, threads: 2)
      let k = min(neighbors, count - 1)
      #expect(table.neighborCount == k)
      for row in stride(from: 0, to: count, by: max(1, count / 9)) {
        let distances = (0..<count).map { other in
          (0..<features).reduce(0.0) {
            let difference = points[row, $1] - points[other, $1]
            return $0 + difference * difference
          }
        }
        let order = (0..<count).filter { $0 != row }.sorted {
          distances[$0] < distances[$1] || (distances[$0] == distances[$1] && $0 < $1)
        }
        #expect(Array(table.indices[row * k..<(row + 1) * k]) == Array(order.prefix(k)))
      }
    }
  }

  @Test func infiniteDistancesComeLast() {
    let points = Matrix(rows: 4, columns: 1, elements: [0, 1e200, -1e200, 1])
    let table = NeighborTable(of: points, neighborCount: 3)
    #expect(table.indices[0..<3] == [3, 1, 2])
    #expect(table.squaredDistances[1] == .infinity)
  }
}

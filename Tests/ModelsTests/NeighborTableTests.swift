import LinAlg
import Models
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

  /// Data that are easy, tie, lie far from 0, have one point far from all, or are tiny or huge.
  private enum Cloud: CaseIterable {
    case normal, ties, copies, offset, outlier, tiny, huge, edge, spread

    func points(_ count: Int, _ features: Int, seed: UInt32) -> Matrix<Double> {
      var stream = RandomStream(purpose: RandomPurpose(9_994), seed: seed)
      let elements = (0..<count * features).map { index -> Double in
        let z = stream.normal()
        return switch self {
        case .normal: z
        case .ties: (2 * z).rounded()
        case .copies: 1
        case .offset: 1e6 + z
        case .outlier: index < features ? 1e9 : z
        case .tiny: 1e-200 * z
        case .huge: 1e200 * z
        case .edge: 3e153 * z
        case .spread: z * z * z * z * z * z * z
        }
      }
      return Matrix(rows: count, columns: features, elements: elements)
    }
  }

  /// Estimates in single precision must never rule out what exact distances would keep.
  @Test(arguments: [1, 2, 63, 65, 1_023, 1_025, 1_100], [1, 5, 20, 97])
  func filterFindsWhatAllDistancesDo(_ count: Int, _ features: Int) {
    for (number, cloud) in Cloud.allCases.enumerated() {
      let points = cloud.points(count, features, seed: UInt32(number))
      let others = cloud.points(70, features, seed: 99)
      for k in [1, 5, 40] {
        let (own, all) = (min(k, count - 1), min(k, count))
        let filtered = NeighborTable(
          of: points, among: points, neighborCount: own, areOthers: true, threads: 2, fewPoints: 0)
        let plain = NeighborTable(
          of: points, among: points, neighborCount: own, areOthers: true, threads: 1,
          fewPoints: .max)
        #expect(filtered.indices == plain.indices, "\(cloud), k \(k)")
        #expect(filtered.squaredDistances == plain.squaredDistances, "\(cloud), k \(k)")
        let far = NeighborTable(
          of: others, among: points, neighborCount: all, areOthers: false, threads: 1, fewPoints: 0)
        let near = NeighborTable(
          of: others, among: points, neighborCount: all, areOthers: false, threads: 2,
          fewPoints: .max)
        #expect(far.indices == near.indices, "\(cloud), k \(k)")
        #expect(far.squaredDistances == near.squaredDistances, "\(cloud), k \(k)")
      }
    }
  }

  /// Estimates that serve both points of a pair must rule out none either: in one block and in many, of
  /// whole panels and not, for any number of threads.
  @Test(arguments: [2, 65, 1_100], [1, 20])
  func pairsFindWhatAllDistancesDo(_ count: Int, _ features: Int) {
    for (number, cloud) in Cloud.allCases.enumerated() {
      let points = cloud.points(count, features, seed: UInt32(number))
      for k in [1, 40].map({ min($0, count - 1) }) {
        let plain = NeighborTable(
          of: points, among: points, neighborCount: k, areOthers: true, threads: 1,
          fewPoints: .max)
        for (size, threads) in [(16, 1), (72, 3)] {
          let found = NeighborTable(
            of: points, among: points, neighborCount: k, areOthers: true, threads: threads,
            fewPoints: 0, directionCount: 0, blockSize: size)
          let isSame =
            found.indices == plain.indices && found.squaredDistances == plain.squaredDistances
          #expect(isSame, "\(cloud), k \(k), blocks of \(size)")
        }
      }
    }
  }

  /// Coordinates along a few directions must never rule out what exact distances would keep: of narrow and of
  /// wide points, and of fewer dimensions than directions.
  @Test(arguments: [(3, 70), (20, 1_100), (97, 130), (160, 1_100)], [1, 12])
  func directionsRuleOutNoNeighbor(_ shape: (features: Int, count: Int), _ directions: Int) {
    for (number, cloud) in Cloud.allCases.enumerated() {
      let points = cloud.points(shape.count, shape.features, seed: UInt32(number))
      let others = cloud.points(70, shape.features, seed: 99)
      for (queries, areOthers, k) in [(points, true, 5), (others, false, 1), (others, false, 40)] {
        let plain = NeighborTable(
          of: queries, among: points, neighborCount: k, areOthers: areOthers, threads: 1,
          fewPoints: .max)
        for threads in [1, 2] {
          let filtered = NeighborTable(
            of: queries, among: points, neighborCount: k, areOthers: areOthers, threads: threads,
            fewPoints: 0, directionCount: directions)
          #expect(filtered.indices == plain.indices, "\(cloud), k \(k)")
          #expect(filtered.squaredDistances == plain.squaredDistances, "\(cloud), k \(k)")
        }
      }
    }
  }

  /// Points in clusters along few directions, of which nearly all are ruled out.
  @Test(arguments: [24, 200]) func clustersAreSearchedAlongDirections(_ features: Int) {
    var stream = RandomStream(purpose: RandomPurpose(9_994), seed: 5)
    let centers = (0..<8).map { _ in (0..<features).map { _ in 8 * stream.normal() } }
    let elements = (0..<4_500).flatMap { row in
      centers[row % 8].map { $0 + stream.normal() }
    }
    let points = Matrix(rows: 4_500, columns: features, elements: elements)
    let found = NeighborTable(of: points, neighborCount: 6, threads: 2)
    let plain = NeighborTable(
      of: points, among: points, neighborCount: 6, areOthers: true, threads: 2, fewPoints: .max)
    #expect(found.indices == plain.indices)
    #expect(found.squaredDistances == plain.squaredDistances)
  }

  /// All orders of many ties, and more neighbours than are ranked in lanes.
  @Test(arguments: [1, 3, 20, 48, 60, 199]) func tiesKeepTheirOrder(_ k: Int) {
    for seed in 0..<20 {
      let points = Self.points(200, 1, distinct: 2 + seed)
      let table = NeighborTable(of: points, neighborCount: k)
      for row in [0, 17, 199] {
        let distances = (0..<200).map {
          (points[$0, 0] - points[row, 0]) * (points[$0, 0] - points[row, 0])
        }
        let order = (0..<200).filter { $0 != row }.sorted {
          distances[$0] < distances[$1] || (distances[$0] == distances[$1] && $0 < $1)
        }
        #expect(Array(table.indices[row * k..<(row + 1) * k]) == Array(order.prefix(k)))
      }
    }
  }
}

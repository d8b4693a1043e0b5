import LinAlg
import Synchronization

/// The nearest others of many points, by estimates of which each serves both points of its pair.
///
/// See `SearchSpace` for what an estimate says. Half the work of `FilteredSearch`, for which the candidates of
/// all points are in memory at once. In round r block b meets block b XOR r: every two blocks meet once, and
/// those of a round have no block in common. Since blocks are halves of halves, the nearest meet first.
struct PairSearch: Sendable {
  private let space: SearchSpace
  private let blocks: [Block]

  /// The point at each place.
  let queryOrder: [Int]

  /// Points that search together.
  private struct Block: Sendable {
    let points: [Int32]
    let panels: FloatPanels
    let queries: PanelQueries<Float>
  }

  /// The candidates of a block, which one thread has at a time.
  private final class Shared: Sendable {
    let candidates: Mutex<PairCandidates>

    init(_ candidates: sending PairCandidates) { self.candidates = Mutex(candidates) }

    func ranked() -> (indices: [Int], distances: [Double]) {
      candidates.withLock { $0.ranked() }
    }
  }

  /// Points of a block: candidates of two stay in the second level of cache.
  private static let blockSize = 512

  /// Bytes that the candidates of all points may take.
  private static let byteLimit = 256 << 20

  /// Prepares a search, or nil where it does not pay, candidates take too much memory or estimates say nothing.
  ///
  /// - Parameter blockSize: Points of a block; by default as many as pay, if there are enough blocks.
  init?(_ space: SearchSpace, blockSize: Int? = nil, threads: Int) {
    let count = space.points.rows
    let size = blockSize ?? Self.blockSize
    guard space.areOthers, space.hasScale, PairCandidates.canBound(space), count <= Int32.max,
      count * PairCandidates.byteCount(space.k) <= Self.byteLimit,
      blockSize != nil || count >= 8 * size
    else { return nil }
    self.space = space
    let order = SpatialOrder(space.points).points
    queryOrder = order
    blocks = Parallel.map((count + size - 1) / size, threads: threads) { index in
      let rows = Array(order[index * size..<min((index + 1) * size, count)])
      return Block(
        points: rows.map { Int32($0) },
        panels: FloatPanels(
          space.points, rows: rows, center: space.center, factor: space.unit,
          margin: space.margin),
        queries: PanelQueries(
          space.points, rows: rows, center: space.center, factor: space.unit,
          margin: space.margin))
    }
  }

  /// The neighbours of each point, in `queryOrder`, and their squared distances.
  func nearest(threads: Int) -> (indices: [Int], distances: [Double]) {
    let shared = Parallel.map(blocks.count, threads: threads) { index in
      Shared(meetItself(blocks[index]))
    }
    var round = 1
    while round < 2 * blocks.count {
      let first = blocks.indices.filter { $0 < $0 ^ round && $0 ^ round < blocks.count }
      Parallel.forEach(first.count, threads: threads) { [round] index in
        let (a, b) = (first[index], first[index] ^ round)
        shared[a].candidates.withLock { left in
          shared[b].candidates.withLock { right in
            meet(blocks[a], &left, blocks[b], &right)
          }
        }
      }
      round += 1
    }
    let found = Parallel.map(blocks.count, threads: threads) { shared[$0].ranked() }
    return (found.flatMap { $0.indices }, found.flatMap { $0.distances })
  }

  /// The candidates of a block among its own points, of which each pair is estimated twice.
  private func meetItself(_ block: Block) -> PairCandidates {
    let count = block.panels.panelCount
    var candidates = PairCandidates(
      space, block.points, norms: block.queries.norms, panelCount: count)
    var none = PairCandidates(space, [], norms: [], panelCount: count)
    meet(block, &candidates, block, &none, areSame: true)
    return candidates
  }

  /// Estimates all distances between two blocks, whose points take each other.
  private func meet(
    _ a: Block, _ left: inout PairCandidates, _ b: Block, _ right: inout PairCandidates,
    areSame: Bool = false
  ) {
    let length = FloatPanels.stripLength
    var sums = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: 12 * length)
    for start in stride(from: 0, to: b.panels.panelCount, by: length) {
      let strip = start..<min(start + length, b.panels.panelCount)
      for group in 0..<a.queries.groupCount {
        let lengths = left.lengths(from: 6 * group)
        var near = b.panels.estimates(
          a.queries, group: group, strip: strip, lengths: lengths,
          reaches: left.reaches(from: 6 * group), right.reaches, into: &sums)
        while near != 0 {
          let (panel, lane) = near.trailingZeroBitCount.quotientAndRemainder(dividingBy: 6)
          near &= near &- 1
          let slot = 6 * group + lane
          if slot >= a.points.count { continue }
          for half in 0...1 {
            let estimates = sums[2 * (lane * length + panel) + half]
            let vector = 2 * (start + panel) + half
            let first = 8 * vector
            var own = Self.within(estimates, SIMD8(repeating: left.reach(slot) - lengths[lane]))
            if b.points.count < first + 8 { own &= 1 << UInt32(max(b.points.count - first, 0)) - 1 }
            if areSame, slot >= first, slot < first + 8 { own &= ~(1 << UInt32(slot - first)) }
            let others = Self.within(estimates, right.reaches[vector] - lengths[lane])
            left.take(slot, own, b.points.span, from: first, estimates)
            right.take(from: first, others, a.points[slot], estimates, left.norms[slot])
          }
        }
      }
    }
  }

  /// A bit for each estimate that is within its limit.
  @inline(__always)
  private static func within(_ estimates: SIMD8<Float>, _ limits: SIMD8<Float>) -> UInt32 {
    let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
      .replacing(with: 0, where: estimates .> limits)
    let half = bits.lowHalf | bits.highHalf
    let quarter = half.lowHalf | half.highHalf
    return quarter.x | quarter.y
  }
}

import LinAlg

/// The points of a strip that coordinates leave for each query of a group of six, and their estimates by
/// whole rows.
struct PointsLeft {
  private let queries: FloatRows
  /// The places left for each query.
  private var places = [[Int]](repeating: [], count: 6)
  /// Those left for any of them.
  private var union: [Int] = []

  /// Multiply-adds so far, those of single queries counted three times: so much longer they take.
  private(set) var cost = 0.0

  init(_ queries: FloatRows) {
    self.queries = queries
  }

  /// Takes the places of a strip whose sum is within the limit of a query.
  mutating func take(
    _ strip: StripScan.Strip, _ within: UInt8, _ sums: [SIMD8<Float>], _ limits: SIMD8<Float>
  ) {
    var isLeft: UInt64 = 0
    for lane in 0..<6 {
      places[lane].removeAll(keepingCapacity: true)
      if within >> UInt8(lane) & 1 == 0 { continue }
      let (base, limit) = (lane * 2 * FloatPanels.stripLength, limits[lane])
      for vector in 0..<(strip.count + 7) / 8 {
        if all(sums[base + vector] .> limit) { continue }
        for place in 8 * vector..<min(8 * vector + 8, strip.count)
        where !(scalar(sums, 8 * base + place) > limit) {
          places[lane].append(strip.first + place)
          isLeft |= 1 << UInt64(place)
        }
      }
    }
    union.removeAll(keepingCapacity: true)
    while isLeft != 0 {
      union.append(strip.first + isLeft.trailingZeroBitCount)
      isLeft &= isLeft - 1
    }
  }

  /// Calls `body` with query, place and ‖x‖² − 2qᵀx of all that were taken, and of more where that is faster.
  mutating func forEach(
    _ first: Int, among rows: FloatRows, body: (Int, Int, Float) -> Void
  ) {
    let count = places.reduce(0) { $0 + $1.count }
    let isDense = 5 * count > 12 * union.count && first + 6 <= queries.count
    let width = Double(rows.featureCount)
    cost += width * Double(isDense ? 6 * union.count : 3 * count)
    if isDense {
      for start in stride(from: 0, to: union.count, by: 4) {
        let four = Self.four(union, start)
        for three in [first, first + 3] {
          let (x, y, z) = queries.estimates(
            three, three + 1, three + 2, among: rows, four.0, four.1, four.2, four.3)
          for index in start..<min(start + 4, union.count) {
            body(three, union[index], x[index - start])
            body(three + 1, union[index], y[index - start])
            body(three + 2, union[index], z[index - start])
          }
        }
      }
      return
    }
    for lane in 0..<6 {
      let own = places[lane]
      for start in stride(from: 0, to: own.count, by: 4) {
        let four = Self.four(own, start)
        let estimates = queries.estimates(
          first + lane, among: rows, four.0, four.1, four.2, four.3)
        for index in start..<min(start + 4, own.count) {
          body(first + lane, own[index], estimates[index - start])
        }
      }
    }
  }

  /// Four of the places, the last one again where there are no more.
  private static func four(_ places: [Int], _ start: Int) -> (Int, Int, Int, Int) {
    let last = places.count - 1
    return (
      places[start], places[min(start + 1, last)], places[min(start + 2, last)],
      places[min(start + 3, last)]
    )
  }
}

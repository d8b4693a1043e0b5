/// The order of some numbers.
enum Ranking {
  /// The places of all values, the smallest first; of equal ones the first comes first.
  static func ascending(_ values: [Double]) -> [Int] {
    values.indices.sorted {
      values[$0] < values[$1] || (values[$0] == values[$1] && $0 < $1)
    }
  }

  /// More are found by sorting all.
  private static let fewest = 24

  /// The places of the `count` largest of n values, the largest first; ties in the order of places.
  ///
  /// - Complexity: O(n) for a few of values in no particular order, O(n log n) for many.
  static func largest(_ count: Int, of values: [Double]) -> [Int] {
    let count = min(count, values.count)
    guard count > 0 else { return [] }
    guard count <= fewest else {
      return Array(ascending(values.map { -$0 }).prefix(count))
    }
    var places: [Int] = []
    places.reserveCapacity(count)
    for place in values.indices {
      let value = values[place]
      if places.count == count, !(value > values[places[count - 1]]) { continue }
      var slot = places.count
      if slot == count { slot -= 1 } else { places.append(place) }
      while slot > 0, value > values[places[slot - 1]] {
        places[slot] = places[slot - 1]
        slot -= 1
      }
      places[slot] = place
    }
    return places
  }
}

import LinAlg
import TestSupport
import Testing

/// `Lanes.firstSum` against a plain loop.
struct LanesSearchTests {
  @Test(arguments: [0, 1, 7, 8, 9, 31, 32, 33, 300]) func findsWhatAPlainLoopFinds(_ count: Int) {
    let numbers = normalArray(count + 3, seed: 1).map { Float($0) }
    var others = normalArray(count, seed: 2).map { Float($0) }
    if count > 8 { others[5] = .nan }
    for start in [0, 1, 3] {
      for limit in [-Float.infinity, -2, 0, 3, .infinity, .nan] {
        for place in Set([0, min(1, count), count / 2, count]) {
          let plain = (place..<count).first { !(numbers[start + $0] + others[$0] > limit) }
          #expect(
            Lanes.firstSum(
              of: numbers, at: start, and: others, from: place, notBeyond: limit) == plain)
        }
      }
    }
  }

  @Test func placesOutsideTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Lanes.firstSum(of: [1, 2], at: 1, and: [1, 2], from: 0, notBeyond: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = Lanes.firstSum(of: [1, 2], at: 0, and: [1, 2], from: 3, notBeyond: 0)
    }
  }
}

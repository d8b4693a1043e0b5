import Poisoning
import Testing

struct PoisonLevelTests {
  @Test(arguments: [
    (0.05, 10, 1), (0.125, 100, 13), (0.285, 100, 29), (0.35, 90, 32), (0.145, 100, 15),
    (0.5, 105, 53), (0.1, 105, 11), (0.05, 105, 5), (0.5, 3, 2), (0.005, 100, 1), (0.004, 100, 0),
    (0.015, 300, 5), (0, 100, 0), (0.001, 500, 1), (0.575, 20, 12),
  ])
  func roundsHalfUp(_ share: Double, _ count: Int, _ expected: Int) throws {
    #expect(try PoisonLevel(share).rowCount(of: count) == expected)
  }

  /// p = i/1000 of n is ⌊(2·i·n + 1000) / 2000⌋ in whole numbers.
  @Test func agreesWithExactDecimals() throws {
    var wrong: [String] = []
    for i in 0...1000 {
      let level = try PoisonLevel(Double(i) / 1000)
      for n in Array(1...300) + [1000, 4999, 99_999, 1_234_567, 100_000_001] {
        let exact = (2 * i * n + 1000) / 2000
        let expected = exact > 0 && exact == n ? nil : exact
        if (try? level.rowCount(of: n)) != expected { wrong.append("\(i)/1000 of \(n)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count) wrong, the first ones \(wrong.prefix(5))")
  }

  @Test(arguments: [-0.01, 1.01, -1e-300, 1.0.nextUp, 5, .nan, .infinity, -.infinity])
  func refusesWhatIsNoShare(_ share: Double) throws {
    let error = try #require(throws: PoisoningError.self) { try PoisonLevel(share) }
    guard case .levelOutOfRange = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("\(share)"))
    #expect(error.description.contains("from 0 to 1"))
  }

  @Test(arguments: [(1.0, 1), (1, 100), (0.5, 1), (0.995, 100), (0.9, 5)])
  func leavesACleanRow(_ share: Double, _ count: Int) throws {
    let level = try PoisonLevel(share)
    #expect(throws: PoisoningError.noCleanRow(level: level, rowCount: count)) {
      try level.rowCount(of: count)
    }
  }

  @Test func ofNoRowsNothingIsPoisoned() throws {
    #expect(try PoisonLevel.clean.rowCount(of: 0) == 0)
    #expect(try PoisonLevel(1).rowCount(of: 0) == 0)
  }

  @Test(arguments: [
    (0, "0 %"), (0.05, "5 %"), (0.1, "10 %"), (0.285, "28.5 %"), (0.5, "50 %"), (1, "100 %"),
    (0.07, "7 %"), (0.29, "29 %"), (0.001, "0.1 %"), (0.00001, "0.001 %"), (-0.0, "0 %"),
  ])
  func isShownInPercent(_ share: Double, _ text: String) throws {
    #expect(try PoisonLevel(share).description == text)
  }

  @Test func isOrderedByShare() throws {
    let levels = try [0.5, 0, 0.05].map { share in try PoisonLevel(share) }
    #expect(levels.sorted().map(\.share) == [0, 0.05, 0.5])
    #expect(try PoisonLevel(0) == .clean && PoisonLevel(-0.0) == .clean)
    #expect(try Set([PoisonLevel(0.1), PoisonLevel(0.1)]).count == 1)
  }
}

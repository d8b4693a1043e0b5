import Foundation
import GRDB
import Poisoning
import Store
import Sweeps
import Testing

struct StoredDisagreementTests {
  /// Measures the attack on some seeds into a store.
  private func measure(_ path: String, _ study: Study, seedCount: Int) throws {
    let store = try SweepStore(path, study, firstSeed: 3)
    try store.measureDisagreement(of: study, in: 1, seedCount: seedCount, threads: 1) {
      body throws(StoreError) in try body()
    }
    try store.close()
  }

  private func found(_ path: String) throws -> [Int: Disagreement] {
    let store = try SweepStore(reading: path)
    defer { try? store.close() }
    return try store.disagreements()
  }

  @Test func readsWhatWasMeasured() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try measure(path, study, seedCount: 3)
      let expected = study.disagreement(in: 1, firstSeed: 3, seedCount: 3, threads: 1)
      // Two models: the cells of condition 1 are the third and fourth.
      #expect(try found(path) == [2: expected[0], 3: expected[1]])
      // Fewer seeds are there already; more replace them.
      try measure(path, study, seedCount: 2)
      #expect(try found(path)[2]?.seedCount == 3)
      try measure(path, study, seedCount: 5)
      #expect(try found(path)[3]?.seedCount == 5)
    }
  }

  /// Those of earlier versions have no such table.
  @Test func storesWithoutItHaveNone() throws {
    try withStorePath { path in
      try SweepStore(path, storeStudy()).close()
      #expect(try found(path).isEmpty)
    }
  }

  @Test(arguments: [
    "cell = 99", "seed_count = 0", "seed_count = 9223372036854775807", "excess_sum = 99",
    "poisonings_sum = -1", "samples_square_sum = -1", "excess_square_sum = 9223372036854775807",
    "poisonings_square_sum = 0", "excess_sum = NULL", "samples_sum = 'many'",
  ])
  func numbersThatCannotBeAreRefused(_ change: String) throws {
    let study = try storeStudy()
    try withStorePath { path in
      try measure(path, study, seedCount: 3)
      let database = try DatabaseQueue(path: path)
      try database.write {
        // The columns of a store refuse NULL; another program's need not.
        let rows = try Row.fetchAll($0, sql: "SELECT * FROM disagreement")
        try $0.execute(sql: "DROP TABLE disagreement")
        try $0.execute(
          sql: """
            CREATE TABLE disagreement (cell, seed_count, poisonings_sum, poisonings_square_sum,
              samples_sum, samples_square_sum, excess_sum, excess_square_sum)
            """)
        for row in rows {
          try $0.execute(
            sql: "INSERT INTO disagreement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: StatementArguments(row.databaseValues))
        }
        try $0.execute(sql: "UPDATE disagreement SET \(change) WHERE cell = 3")
      }
      try database.close()
      let error = #expect(throws: StoreError.self) { try found(path) }
      guard case .damaged = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }
}

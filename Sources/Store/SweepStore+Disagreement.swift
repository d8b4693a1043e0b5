import GRDB
package import Sweeps

extension SweepStore {
  /// How much the models of each cell disagree with themselves, by the places of cells, where that was
  /// measured.
  ///
  /// - Throws: `StoreError.damaged` for sums that no counts of validation rows have.
  package func disagreements() throws(StoreError) -> [Int: Disagreement] {
    try read { database in
      guard try database.tableExists("disagreement") else { return [:] }
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM disagreement")
      return try rows.reduce(into: [:]) { found, row in
        var fields = FieldReader(row)
        let (cell, seeds): (Int, Int) = (try fields.value(), try fields.value())
        var sums: [CountSums] = []
        for _ in 0..<3 {
          sums.append(
            CountSums(count: seeds, sum: try fields.value(), squareSum: try fields.value()))
        }
        guard cells.indices.contains(cell), sums.allSatisfy(isPossible),
          sums[0].sum >= 0, sums[1].sum >= 0, sums[2].sum == sums[0].sum - sums[1].sum
        else { throw FieldReader.Mismatch(column: "disagreement") }
        var disagreement = Disagreement()
        (disagreement.poisonings, disagreement.samples) = (sums[0], sums[1])
        disagreement.excess = sums[2]
        found[cell] = disagreement
      }
    }
  }

  /// Whether so many counts of validation rows, or differences of them, can have such sums.
  private func isPossible(_ sums: CountSums) -> Bool {
    let most = plan.validationCount
    let (total, isMuch) = most.multipliedReportingOverflow(by: sums.count)
    let (squares, isMore) = total.multipliedReportingOverflow(by: most)
    return sums.count > 0 && !isMuch && !isMore && sums.sum.magnitude <= total.magnitude
      && (0...squares).contains(sums.squareSum)
      && Double(sums.sum) * Double(sums.sum)
        <= Double(sums.count) * Double(sums.squareSum) * (1 + 1e-12)
  }

  /// Measures and keeps how much the models of a condition disagree with themselves, over the first
  /// `seedCount` seeds; what is there over as many stays.
  ///
  /// `commit` is to call its argument, which makes that safe, and may guard it.
  /// - Precondition: The store is open for writing, for the study.
  package func measureDisagreement(
    of study: Study, in condition: Int, seedCount: Int, threads: Int,
    commit: (() throws(StoreError) -> Void) throws(StoreError) -> Void
  ) throws(StoreError) {
    precondition(lock != nil, "A store that is open for reading only")
    let known = try disagreements()
    let count = study.models.count
    let places = places(of: study)[condition * count..<(condition + 1) * count]
    guard places.contains(where: { known[$0]?.seedCount ?? 0 < seedCount }) else { return }
    let found = study.disagreement(
      in: condition, firstSeed: plan.firstSeed, seedCount: seedCount, threads: threads)
    try commit { () throws(StoreError) in
      try requireInPlace()
      try connection.use {
        try $0.inTransaction(.immediate) { database in
          try database.execute(sql: Self.disagreementTable)
          for (place, disagreement) in zip(places, found) {
            let sums = [disagreement.poisonings, disagreement.samples, disagreement.excess]
            try database.execute(
              sql: "DELETE FROM disagreement WHERE cell = ?", arguments: [place])
            try database.insert(
              [place, disagreement.seedCount] + sums.flatMap { [$0.sum, $0.squareSum] },
              into: "disagreement")
          }
          return .commit
        }
      }
    }
  }

  /// Made where it is first written to, so that stores of every layout can have it.
  private static let disagreementTable = """
    CREATE TABLE IF NOT EXISTS disagreement (
      -- On how many validation rows two models of a cell differ: those of two draws of the poison, those of
      -- two samples of clean rows with replacement, and the first less the second, over the first seeds.
      cell INTEGER PRIMARY KEY REFERENCES cell,
      seed_count INTEGER NOT NULL,
      poisonings_sum INTEGER NOT NULL,
      poisonings_square_sum INTEGER NOT NULL,
      samples_sum INTEGER NOT NULL,
      samples_square_sum INTEGER NOT NULL,
      excess_sum INTEGER NOT NULL,
      excess_square_sum INTEGER NOT NULL
    );
    """
}

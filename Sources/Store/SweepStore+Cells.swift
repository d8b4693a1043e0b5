import GRDB

extension SweepStore {
  /// Counts of validation rows predicted right in one cell, under all seeds that are there, or those of the
  /// blocks before one.
  ///
  /// - Returns: The seeds, ascending, and the count of each.
  /// - Throws: `StoreError.damaged`.
  /// - Complexity: O(seeds).
  public func correctCounts(
    ofCell index: Int, before end: Int? = nil
  ) throws(StoreError) -> (seeds: [Int], counts: [Int]) {
    try read { database in
      let sql = "SELECT block, correct FROM result WHERE cell = ? AND block < ? ORDER BY block"
      var (seeds, counts): ([Int], [Int]) = ([], [])
      for row in try Row.fetchAll(database, sql: sql, arguments: [index, end ?? Int.max]) {
        var fields = FieldReader(row)
        let first = Int(plan.firstSeed) + (try fields.integer()) * plan.blockCapacity
        guard let correct = plan.countWidth.unpacked(try fields.bytes()) else {
          throw FieldReader.Mismatch(column: "correct")
        }
        seeds += correct.indices.map { first + $0 }
        counts += correct.map { Int($0) }
      }
      return (seeds, counts)
    }
  }

  /// Number of fits of some cells, of all by default.
  public func fitCount(of wanted: [Int]? = nil) throws(StoreError) -> Int {
    let counts = try seedCounts(of: wanted ?? Array(cells.indices))
    return counts.values.reduce(0) { $0 + $1.reduce(0, +) }
  }

  /// Seconds that all blocks took together, as they were measured.
  public func runSeconds() throws(StoreError) -> Double {
    try read { database in
      try Double.fetchOne(database, sql: "SELECT total(seconds) FROM block") ?? 0
    }
  }
}

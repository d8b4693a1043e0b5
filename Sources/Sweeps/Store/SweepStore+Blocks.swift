import GRDB
import Models

extension SweepStore {
  /// The number of seeds of each block that is there, by its index.
  public func finishedBlocks() throws(StoreError) -> [Int: Int] {
    try read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT block, seed_count FROM block")
      return try rows.reduce(into: [:]) { blocks, row in
        var fields = FieldReader(row)
        blocks[try fields.integer()] = try fields.integer()
      }
    }
  }

  /// The number of seeds of all blocks that are there.
  public func seedCount() throws(StoreError) -> Int {
    try finishedBlocks().values.reduce(0, +)
  }

  /// Stores a block for good, in one transaction.
  ///
  /// A block that is there with fewer seeds is replaced. One that is there with as many must be
  /// equal, bit by bit; one with more stays, and must begin with the same counts.
  /// - Parameter seconds: How long the block took, for people.
  /// - Precondition: The store is open for writing, and the block is of its study.
  /// - Throws: `StoreError.unequalBlock`, `.diskFull`, `.locked`, `.inaccessible`. The blocks before
  ///   stay, and the same can be tried again.
  public func commit(_ block: SeedBlock, seconds: Double) throws(StoreError) {
    precondition(isWritable, "A store that is open for reading only")
    precondition(
      block.cells.count == cells.count,
      "A block of \(block.cells.count) cells in a store of \(cells.count)")
    let width = plan.countWidth
    for cell in block.cells {
      precondition(
        cell.tally.confusion.classCount == plan.classNames.count
          && cell.correct.allSatisfy { $0 <= plan.validationCount },
        "Block \(block.index) is not of this study")
    }
    try requireInPlace()
    let results = block.cells.map { StoredResult($0, width: width) }
    try file.attempt {
      try queue.inTransaction(.immediate) { database in
        let sql = "SELECT seed_count FROM block WHERE block = ?"
        let count = try Int.fetchOne(database, sql: sql, arguments: [block.index]) ?? 0
        if count >= block.seedCount {
          try requireEqual(block, results, storedCount: count, in: database)
        } else {
          try replace(block, results, seconds: seconds, in: database)
        }
        return .commit
      }
    }
  }

  /// A block as it was committed; nil when it is not there.
  ///
  /// - Throws: `StoreError.damaged` when counts and sums do not agree.
  public func block(_ index: Int) throws(StoreError) -> SeedBlock? {
    try read { database in
      let columns = StoredResult.columns.joined(separator: ", ")
      let sql = "SELECT \(columns) FROM result WHERE block = ? ORDER BY cell"
      let cells = try Row.fetchAll(database, sql: sql, arguments: [index]).map { row in
        try StoredResult.cell(from: row, plan: plan)
      }
      guard let count = cells.map(\.correct.count).max() else { return nil }
      guard cells.count == self.cells.count,
        cells.allSatisfy({ !$0.isFitted || $0.correct.count == count })
      else {
        throw StoreError.damaged(path: file.name, reason: "block \(index) is not complete")
      }
      return SeedBlock(index: index, seedCount: count, cells: cells)
    }
  }

  /// The cells over the seeds of all blocks that are there, added up in the order of blocks.
  ///
  /// - Throws: `StoreError.damaged`.
  /// - Complexity: O(blocks × cells) time, O(cells) memory.
  public func summaries() throws(StoreError) -> [CellSummary] {
    try read { database in
      var summaries = cells.map { CellSummary($0, plan) }
      let columns = StoredResult.sumColumns.joined(separator: ", ")
      let sql = "SELECT cell, \(columns) FROM result ORDER BY block, cell"
      let rows = try Row.fetchCursor(database, sql: sql)
      while let row = try rows.next() {
        var fields = FieldReader(row)
        let cell = try fields.integer()
        guard summaries.indices.contains(cell) else { throw FieldReader.Mismatch(column: "cell") }
        summaries[cell].tally += try StoredResult.tally(from: &fields, plan: plan)
      }
      return summaries
    }
  }

  /// Reads within one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try file.attempt { try queue.read(body) }
  }

  private func replace(
    _ block: SeedBlock, _ results: [StoredResult], seconds: Double, in database: Database
  ) throws {
    for table in ["result", "block"] {
      try database.execute(
        sql: "DELETE FROM \(table) WHERE block = ?", arguments: [block.index])
    }
    let firstSeed = Int(plan.firstSeed) + block.index * plan.blockCapacity
    try database.insert([block.index, firstSeed, block.seedCount, seconds], into: "block")
    for (cell, result) in results.enumerated() {
      try database.insert([block.index, cell] + result.values, into: "result")
    }
  }

  private func requireEqual(
    _ block: SeedBlock, _ results: [StoredResult], storedCount: Int, in database: Database
  ) throws {
    let columns = StoredResult.columns
    let sql = "SELECT \(columns.joined(separator: ", ")) FROM result WHERE block = ? ORDER BY cell"
    let rows = try Row.fetchAll(database, sql: sql, arguments: [block.index])
    guard rows.count == results.count else {
      throw StoreError.damaged(path: file.name, reason: "block \(block.index) is not complete")
    }
    for (cell, (row, result)) in zip(rows, results).enumerated() {
      let stored = Array(row.databaseValues)
      let differing =
        if storedCount == block.seedCount {
          columns.indices.first { stored[$0] != result.values[$0] }
        } else {
          try StoredResult.cell(from: row, plan: plan).correct
            .starts(with: block.cells[cell].correct) ? nil : columns.indices.last
        }
      if let differing {
        throw StoreError.unequalBlock(
          path: file.name, block: block.index, cell: cell, column: columns[differing])
      }
    }
  }
}

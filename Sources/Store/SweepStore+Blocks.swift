import Foundation
import GRDB
import Models
public import Sweeps

extension SweepStore {
  /// The number of seeds of each block that is there, by its index.
  public func finishedBlocks() throws(StoreError) -> [Int: Int] {
    try read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT block, seed_count FROM block")
      return try rows.reduce(into: [:]) { blocks, row in
        var fields = FieldReader(row)
        blocks[try fields.value()] = try fields.value()
      }
    }
  }

  /// The number of seeds of all blocks that are there.
  public func seedCount() throws(StoreError) -> Int {
    try finishedBlocks().values.reduce(0, +)
  }

  /// For each block the number of seeds of some cells, in their order.
  func seedCounts(of cells: [Int]) throws(StoreError) -> [Int: [Int]] {
    var places: [Int: [Int]] = [:]
    for (place, cell) in cells.enumerated() { places[cell, default: []].append(place) }
    return try read { database in
      var counts: [Int: [Int]] = [:]
      let rows = try Row.fetchCursor(database, sql: "SELECT block, cell, seed_count FROM result")
      while let row = try rows.next() {
        var fields = FieldReader(row)
        let (block, cell): (Int, Int) = (try fields.value(), try fields.value())
        let count: Int = try fields.value()
        for place in places[cell] ?? [] {
          counts[block, default: Array(repeating: 0, count: cells.count)][place] = count
        }
      }
      return counts
    }
  }

  /// The cells of each block that lack a comparison, by their places in `cells`: the cell they are compared
  /// with came to the study later.
  func unpaired(
    _ cells: [Int], _ partners: CellPartners
  ) throws(StoreError) -> [Int: Set<Int>] {
    let (drop, gain) = (Measure.accuracyDrop.row.counts, Measure.accuracyGain.row.counts)
    return try read { database in
      var found: [Int: Set<Int>] = [:]
      let sql = """
        SELECT block, \(drop?.seeds ?? "") < seed_count, \(gain?.seeds ?? "") < seed_count
        FROM result WHERE cell = ?
        """
      for (place, cell) in cells.enumerated() {
        let isPaired = partners.clean[place].map { $0 != place } ?? false
        let isGained = partners.undefended[place] != nil
        guard isPaired || isGained else { continue }
        for row in try Row.fetchAll(database, sql: sql, arguments: [cell]) {
          if isPaired && row[1] || isGained && row[2] { found[row[0], default: []].insert(place) }
        }
      }
      return found
    }
  }

  /// Stores cells for good, in one transaction.
  ///
  /// A cell that is there with fewer seeds is replaced, or with as many and fewer comparisons. One that is
  /// there with as many of both must be equal, bit by bit; one with more seeds stays, and must begin with
  /// the same counts.
  /// - Parameters:
  ///   - changes: Cells of blocks; each is named by its place in `cells`.
  ///   - cells: The cells of the study in its order, by their places in the store.
  ///   - seconds: How long they took, for people.
  ///   - progress: How far the run is, if that is to be known.
  /// - Precondition: The store is open for writing, and the cells are of its study.
  /// - Throws: `StoreError.unequalBlock`, `.diskFull`, `.locked`, `.inaccessible`. What was stored before
  ///   stays, and the same can be tried again.
  public func commit(
    _ changes: [Checkpoint.Change], cells: [Int], seconds: Double,
    progress: StoredProgress? = nil
  ) throws(StoreError) {
    precondition(lock != nil, "A store that is open for reading only")
    for change in changes {
      precondition(
        change.content.tally.confusion.classCount == plan.classNames.count
          && change.content.correct.allSatisfy { $0 <= plan.validationCount },
        "Block \(change.block) is not of this study")
    }
    try requireInPlace()
    guard !changes.isEmpty || progress != nil else { return }
    try connection.use {
      try $0.inTransaction(.immediate) { database in
        // What took long is told of the first block; the sum is what counts.
        for block in Set(changes.map(\.block)).sorted() {
          let spent = block == changes[0].block ? seconds : 0
          let count = changes.filter { $0.block == block }.map(\.content.correct.count).max() ?? 0
          try database.execute(
            sql: """
              INSERT INTO block VALUES (?, ?, ?, ?) ON CONFLICT (block) DO UPDATE SET
                seed_count = max(seed_count, excluded.seed_count), seconds = seconds + excluded.seconds
              """,
            arguments: [block, Int(plan.firstSeed) + block * plan.blockCapacity, count, spent])
        }
        for change in changes {
          try store(change.content, block: change.block, cell: cells[change.cell], in: database)
        }
        try progress?.replace(in: database)
        return .commit
      }
    }
  }

  /// Stores a block of all cells.
  package func commit(_ block: SeedBlock, seconds: Double) throws(StoreError) {
    precondition(
      block.cells.count == cells.count,
      "A block of \(block.cells.count) cells in a store of \(cells.count)")
    try commit(
      block.cells.enumerated().map {
        Checkpoint.Change(block: block.index, cell: $0.offset, content: $0.element)
      }, cells: Array(cells.indices), seconds: seconds)
  }

  /// Cells of a block as they were committed, without seeds where they are not there.
  ///
  /// - Throws: `StoreError.damaged` when counts and sums do not agree.
  func cells(_ wanted: [Int], ofBlock index: Int) throws(StoreError) -> [SeedBlock.Cell] {
    try read { database in
      let columns = StoredResult.columns.joined(separator: ", ")
      let statement = try database.cachedStatement(
        sql: "SELECT \(columns) FROM result WHERE block = ? AND cell = ?")
      let ends =
        try database.tableExists("outcome")
        ? database.cachedStatement(
          sql: "SELECT outcomes FROM outcome WHERE block = ? AND cell = ?") : nil
      return try wanted.map { cell in
        guard let row = try Row.fetchOne(statement, arguments: [index, cell]) else {
          return SeedBlock.Cell(classCount: plan.classNames.count)
        }
        let outcomes = try ends.flatMap { try Data.fetchOne($0, arguments: [index, cell]) }
        return try StoredResult.cell(from: row, plan: plan, outcomes: outcomes)
      }
    }
  }

  /// Some cells of a block over the seeds that all of them have that are fitted; nil where there are none.
  ///
  /// - Throws: `StoreError.damaged` when counts and sums do not agree, or some cells have fewer seeds than
  ///   others.
  public func block(_ index: Int, of wanted: [Int]? = nil) throws(StoreError) -> SeedBlock? {
    let cells = try cells(wanted ?? Array(cells.indices), ofBlock: index)
    guard let count = cells.map(\.correct.count).max(), count > 0 else { return nil }
    guard cells.allSatisfy({ !$0.isFitted || $0.correct.count == count }) else {
      throw .damaged(path: file.name, reason: "block \(index) is not complete")
    }
    return SeedBlock(index: index, seedCount: count, cells: cells)
  }

  /// The cells over the seeds of all blocks that are there, or of those before one, added up in the order of
  /// blocks.
  ///
  /// - Throws: `StoreError.damaged`.
  /// - Complexity: O(blocks × cells) time, O(cells) memory.
  public func summaries(before end: Int? = nil) throws(StoreError) -> [CellSummary] {
    try read { database in
      var summaries = cells.map {
        CellSummary(
          $0, classCount: plan.classNames.count, validationCount: plan.validationCount)
      }
      let columns = StoredResult.sumColumns.joined(separator: ", ")
      let sql = "SELECT cell, \(columns) FROM result WHERE block < ? ORDER BY block, cell"
      let rows = try Row.fetchCursor(database, sql: sql, arguments: [end ?? Int.max])
      while let row = try rows.next() {
        var fields = FieldReader(row)
        let cell: Int = try fields.value()
        guard summaries.indices.contains(cell) else { throw FieldReader.Mismatch(column: "cell") }
        summaries[cell].tally += try StoredResult.tally(from: &fields, plan: plan)
      }
      return summaries
    }
  }

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
        let first = Int(plan.firstSeed) + (try fields.value()) * plan.blockCapacity
        guard let correct = plan.countWidth.unpacked(try fields.value()) else {
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

  func read<Value: Sendable>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try connection.use { try $0.read(body) }
  }

  private func store(
    _ content: SeedBlock.Cell, block: Int, cell: Int, in database: Database
  ) throws {
    let result = StoredResult(content, width: plan.countWidth)
    let columns = StoredResult.columns
    let select = try database.cachedStatement(
      sql: "SELECT \(columns.joined(separator: ", ")) FROM result WHERE block = ? AND cell = ?")
    if let row = try Row.fetchOne(select, arguments: [block, cell]) {
      let stored = try StoredResult.cell(from: row, plan: plan)
      let isMoreCompared = content.comparisonCount > stored.comparisonCount
      if let differing = difference(
        of: row, stored.correct, from: result, content, inFull: !isMoreCompared)
      {
        throw StoreError.unequalBlock(
          path: file.name, block: block, cell: cell, column: columns[differing])
      }
      let seeds = (stored.correct.count, content.correct.count)
      guard seeds.0 < seeds.1 || (seeds.0 == seeds.1 && isMoreCompared) else { return }
      try database.execute(
        sql: "DELETE FROM result WHERE block = ? AND cell = ?", arguments: [block, cell])
    }
    try database.insert([block, cell] + result.values, into: "result")
    guard let outcomes = content.outcomes, outcomes.contains(where: { $0 != .converged }) else {
      return
    }
    try database.execute(
      sql: "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)",
      arguments: [block, cell, Data(outcomes.map { UInt8($0.position) })])
  }

  /// The column in which what is there contradicts what is to be stored.
  private func difference(
    of row: Row, _ stored: [UInt32], from result: StoredResult, _ content: SeedBlock.Cell,
    inFull: Bool
  ) -> Int? {
    let columns = StoredResult.columns
    if inFull, stored.count == content.correct.count {
      let values = Array(row.databaseValues)
      return columns.indices.first { values[$0] != result.values[$0] }
    }
    let shared = min(stored.count, content.correct.count)
    return stored.prefix(shared).elementsEqual(content.correct.prefix(shared))
      ? nil : columns.indices.last
  }
}

extension SeedBlock.Cell {
  /// Number of fits compared with others.
  fileprivate var comparisonCount: Int {
    tally[counts: .accuracyDrop].count + tally[counts: .accuracyGain].count
  }
}

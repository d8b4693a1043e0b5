import Datasets
import Foundation
import GRDB
import Models
import Poisoning
import Statistics
import Store
import Sweeps
import Testing

/// The views and exports against values computed here.
struct StoreViewTests {
  private static let seedCounts = [1024, 1024, 77]

  /// Calls `body` with the path of a finished store and its blocks.
  private func withStore(
    _ study: Study, firstSeed: UInt32 = 0, _ body: (String, [SeedBlock]) throws -> Void
  ) throws {
    let blocks = Self.seedCounts.enumerated().map { block($0, seedCount: $1, of: study) }
    try withStorePath { path in
      let store = try SweepStore(path, study, firstSeed: firstSeed)
      for block in blocks { try store.commit(block, seconds: 1) }
      try store.close()
      try body(path, blocks)
    }
  }

  private func rows(_ path: String, _ sql: String) throws -> [Row] {
    try DatabaseQueue(path: path).read { database in try Row.fetchAll(database, sql: sql) }
  }

  @Test(arguments: [30, 255, 300, 70_000])
  func fitsHaveTheirCounts(_ validationRows: Int) throws {
    let study = try storeStudy(validationRows: validationRows)
    try withStore(study, firstSeed: 4_000_000_000) { path, blocks in
      let fits = try rows(path, "SELECT * FROM fit")
      #expect(fits.first?.columnNames.map { $0 } == SweepStore.fitColumns)
      var position = 0
      for block in blocks {
        for (index, cell) in block.cells.enumerated() {
          let condition = study.conditions[index / 2]
          for (offset, correct) in cell.correct.enumerated() {
            let row = try #require(position < fits.count ? fits[position] : nil)
            let seed = 4_000_000_000 + block.index * 1024 + offset
            let accuracy = Double(correct) / Double(validationRows)
            let isRight =
              row["seed"] == seed && row["correct"] == Int(correct)
              && row["attack"] == condition.attackName && row["level"] == condition.level.share
              && row["model"] == study.models[index % 2].name
              && row["validation_rows"] == validationRows && row["accuracy"] == accuracy
            if !isRight { Issue.record("\(row) instead of seed \(seed), \(correct)") }
            position += 1
          }
        }
      }
      #expect(position == fits.count)
    }
  }

  /// Accuracies are exact; sums of blocks and roots are off by a few ulps.
  @Test(arguments: [30, 300, 70_000])
  func summariesAgree(_ validationRows: Int) throws {
    let study = try storeStudy(validationRows: validationRows)
    try withStore(study) { path, blocks in
      var cells = study.emptyCells
      for block in blocks { cells.add(block) }
      let summary = try rows(path, "SELECT * FROM cell_summary ORDER BY cell")
      try #require(summary.count == cells.count)
      for (row, cell) in zip(summary, cells) {
        #expect(row["attack"] == cell.attackName && row["level"] == cell.level.share)
        #expect(row["model"] == cell.model && row["fits"] == cell.tally.seedCount)
        #expect(row["accuracy"] == cell.accuracy.mean)
        #expect(row["accuracy_drop"] == cell.accuracyDrop.mean)
        #expect(row["unconverged"] == cell.unconvergedCount)
        #expect(row["iterations"] == cell.tally.iterationSum)
        for (name, moments) in [("accuracy", cell.accuracy), ("accuracy_drop", cell.accuracyDrop)] {
          let sd = try #require(moments.standardDeviation)
          let halfWidth = 1.959964 * sd / Double(moments.count).squareRoot()
          try expect(row, "\(name)_sd", sd)
          try expect(row, "\(name)_ci95_low", moments.mean - halfWidth)
          try expect(row, "\(name)_ci95_high", moments.mean + halfWidth)
        }
        try expect(row, "macro_f1", cell[.macroF1].mean)
        try expect(row, "macro_f1_drop", cell[.macroF1Drop].mean)
        if cell[.logLoss].count == 0 {
          #expect((row["log_loss"] as DatabaseValue).isNull)
        } else {
          try expect(row, "log_loss", cell[.logLoss].mean)
        }
      }
    }
  }

  /// Within 1e-11 relative: a dozen roundings, times at most about 10⁴ where the mean of two
  /// thousand standard normal numbers comes to lie near 0.
  private func expect(_ row: Row, _ column: String, _ expected: Double) throws {
    let actual = try #require(Double.fromDatabaseValue(row[column]))
    #expect(abs(actual - expected) <= 1e-11 * abs(expected), "\(column) \(actual) \(expected)")
  }

  @Test func summariesOfFewSeedsLackASpread() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      #expect(try rows(path, "SELECT * FROM cell_summary WHERE fits > 0").isEmpty)
      #expect(try rows(path, "SELECT * FROM fit").isEmpty)
      try store.commit(block(0, seedCount: 1, of: study), seconds: 1)
      try store.close()
      let sql = "SELECT * FROM cell_summary WHERE accuracy_sd IS NULL AND accuracy IS NOT NULL"
      #expect(try rows(path, sql).count == 6)
    }
  }

  @Test func fitsAreExported() throws {
    let study = try storeStudy()
    try withStore(study, firstSeed: 5) { path, blocks in
      var chunks: [String] = []
      try SweepStore(reading: path).exportFits { chunks.append($0) }
      let header =
        "seed,attack,level,attacked_rows,added_rows,defense,model,parameters,correct,"
        + "validation_rows,accuracy,outcome\n"
      #expect(chunks.first == header && chunks.count == 1 + 3 * 6)
      for (index, block) in blocks.enumerated() {
        let lines = chunks[1 + index * 6 + 2].split(separator: "\n")
        #expect(lines.count == block.seedCount)
        let correct = Int(block.cells[2].correct[block.seedCount - 1])
        let seed = 5 + 1024 * index + block.seedCount - 1
        let accuracy = Double(correct) / 30
        let last =
          "\(seed),flip,0.1,\(study.trainingCount),0,none,softmax,\"C=1, tol=1e-08\",\(correct),30,\(accuracy),"
        #expect(lines.last.map { String($0) } == last)
      }
    }
  }

  /// How fits ended is kept by seed where some did not converge, and grows with the block.
  @Test func outcomesAreKept() throws {
    let study = try storeStudy()
    let ends: [FitReport.Outcome] = [.converged, .overflow, .iterationLimit, .constant]
    let plain = beginning(of: block(0, seedCount: 4, of: study), seedCount: 4)
    let cells = { (count: Int) in
      plain.cells.enumerated().map { index, cell -> SeedBlock.Cell in
        let part = beginning(of: plain, seedCount: count).cells[index]
        guard index == 1 else { return part }
        var tally = part.tally
        tally.outcomeCounts = FitReport.Outcome.allCases.map { end in
          ends.prefix(count).count { $0 == end }
        }
        return SeedBlock.Cell(
          correct: part.correct, tally: tally, outcomes: Array(ends.prefix(count)))
      }
    }
    try withStorePath { path in
      let store = try SweepStore(path, study)
      for count in [2, 4] {
        let block = SeedBlock(index: 0, seedCount: count, cells: cells(count))
        try store.commit(block, seconds: 1)
        #expect(try store.block(0) == block)
      }
      var lines: [String] = []
      try store.exportFits { lines += $0.split(separator: "\n").map(String.init) }
      try store.close()
      let names = try rows(path, "SELECT outcome FROM fit").map { $0["outcome"] as String? }
      let expected = (0..<plain.cells.count).flatMap { cell in
        ends.map { cell == 1 ? $0.rawValue : "converged" }
      }
      #expect(names == expected.map { Optional($0) })
      #expect(zip(lines.dropFirst(), expected).allSatisfy { $0.hasSuffix(",\($1)") })
    }
  }

  private struct Refusal: Error {}

  @Test func exportPassesErrorsOn() throws {
    try withStore(try storeStudy()) { path, _ in
      let store = try SweepStore(reading: path)
      #expect(throws: Refusal.self) { try store.exportFits { _ in throw Refusal() } }
    }
  }

  @Test func summariesAreExported() throws {
    let study = try storeStudy()
    try withStore(study) { path, blocks in
      let lines = try SweepStore(reading: path).summaryCSV().split(separator: "\n")
      #expect(lines.count == 7)
      #expect(
        lines[0].hasPrefix(
          "cell,attack,level,attacked_rows,added_rows,defense,model,parameters,fits,accuracy,"))
      let sum = blocks.reduce(0) { $0 + $1.cells[2].tally[counts: .accuracy].sum }
      let accuracy = Double(sum) / (2125.0 * 30)
      let start =
        "2,flip,0.1,\(study.trainingCount),0,none,softmax,\"C=1, tol=1e-08\",2125,\(accuracy),"
      #expect(lines[3].hasPrefix(start))
    }
  }
}

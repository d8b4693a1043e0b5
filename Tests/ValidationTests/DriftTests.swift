import Datasets
import LinAlg
import Statistics
import TestSupport
import Testing
import Validation

/// The comparison of a file with a reference as a whole.
struct DriftTests {
  /// Two classes of normal numbers, a category, gaps.
  private static func table(
    rows: Int, seed: UInt32, change: (inout [String], inout RandomStream) -> Void = { _, _ in }
  ) throws -> CSVTable {
    var stream = RandomStream(purpose: RandomPurpose(7), seed: seed)
    var csv = "x,z,kind,y\n"
    for row in 0..<rows {
      let label = row % 2
      let x = stream.normal() + 4 * Double(label)
      let z = stream.normal()
      var cells = [
        "\(x)", stream.uniform() < 0.1 ? "" : "\(z)", stream.uniform() < 0.3 ? "p" : "q",
        label == 0 ? "u" : "v",
      ]
      change(&cells, &stream)
      csv += cells.joined(separator: ",") + "\n"
    }
    return try CSVTable(bytes: Array(csv.utf8), file: "\(seed).csv")
  }

  /// 200 comparisons of equals: at most 5 % alarms, so at most 10 expected, deviation 3.1.
  @Test func alarmsAreAsRareAsStated() throws {
    var alarms = 0
    for seed in 0..<200 {
      let drift = Drift(
        try Self.table(rows: 80, seed: UInt32(2 * seed)),
        reference: try Self.table(rows: 120, seed: UInt32(2 * seed + 1)), target: 3,
        seed: UInt32(seed), threads: 2)
      if !drift.findings.isEmpty { alarms += 1 }
    }
    // Four deviations above.
    #expect(alarms <= 22, "\(alarms) of 200")
  }

  @Test func eachKindIsFound() throws {
    let reference = try Self.table(rows: 400, seed: 1)
    func kinds(_ change: (inout [String], inout RandomStream) -> Void) throws -> [DriftTest] {
      Drift(try Self.table(rows: 400, seed: 2, change: change), reference: reference, target: 3)
        .findings
    }
    let moved = try kinds { cells, _ in cells[0] = "\((Double(cells[0]) ?? 0) + 1)" }
    #expect(moved.contains { $0.kind == .numbers && $0.column == "x" && $0.label == nil })
    #expect(moved.contains { $0.kind == .numbers && $0.column == "x" && $0.label == "u" })
    #expect(moved.contains { $0.kind == .projections })
    let gaps = try kinds { cells, stream in if stream.uniform() < 0.3 { cells[1] = "" } }
    #expect(gaps.contains { $0.kind == .missing && $0.column == "z" })
    let categories = try kinds { cells, stream in if stream.uniform() < 0.4 { cells[2] = "p" } }
    #expect(categories.contains { $0.kind == .chiSquare && $0.column == "kind" })
    let classes = try kinds { cells, stream in if stream.uniform() < 0.4 { cells[3] = "u" } }
    #expect(classes.contains { $0.kind == .chiSquare && $0.column == "y" && $0.label == nil })
  }

  /// Labels exchanged: every column has the same values, but not given the class.
  @Test func classesShowWhatTheWholeHides() throws {
    let reference = try Self.table(rows: 300, seed: 1)
    let flipped = try Self.table(rows: 300, seed: 1) { cells, _ in
      cells[3] = cells[3] == "u" ? "v" : "u"
    }
    let findings = Drift(flipped, reference: reference, target: 3).findings
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.label != nil })
    #expect(Drift(flipped, reference: reference).findings.isEmpty)
  }

  /// Two columns of numbers alone.
  private static func pair(
    _ rows: Int, seed: UInt32, _ row: (inout RandomStream) -> (Double, Double)
  ) throws -> CSVTable {
    var stream = RandomStream(purpose: RandomPurpose(7), seed: seed)
    var csv = "p,q\n"
    for _ in 0..<rows {
      let (p, q) = row(&stream)
      csv += "\(p),\(q)\n"
    }
    return try CSVTable(bytes: Array(csv.utf8), file: "\(seed).csv")
  }

  /// A shift of 0.04 deviations in 20,000 rows is surely there, and surely small.
  @Test func sizesAreSaidAndTolerated() throws {
    let before = try Self.pair(20_000, seed: 29) { ($0.normal(), $0.normal()) }
    let after = try Self.pair(20_000, seed: 30) { ($0.normal() + 0.04, $0.normal()) }
    let strict = Drift(after, reference: before, threads: 2)
    let found = try #require(strict.findings.first { $0.column == "p" })
    // The standard error is √(2/20,000) = 0.01; four of them.
    #expect(abs((found.size.shift ?? 0) - 0.04) < 0.04)
    let interval = try #require(found.size.interval)
    #expect(abs(interval.halfWidth - 0.0196) < 0.001)
    #expect(found.counts == [20_000, 20_000])
    #expect(strict.tests.first { $0.kind == .projections }?.counts == [20_000, 20_000])
    #expect(Drift(after, reference: before, tolerance: 0.1, threads: 2).findings.isEmpty)
    let far = try Self.pair(20_000, seed: 31) { ($0.normal() + 0.2, $0.normal()) }
    let drift = Drift(far, reference: before, tolerance: 0.1, threads: 2)
    #expect(drift.findings.contains { $0.column == "p" })
    #expect(!drift.findings.contains { $0.column == "q" })
  }

  /// A column may change by more than the others, along with what it does to all of them together.
  @Test func columnsHaveTolerancesOfTheirOwn() throws {
    let before = try Self.pair(2_000, seed: 40) { ($0.normal(), $0.normal()) }
    let after = try Self.pair(2_000, seed: 41) { ($0.normal() + 0.4, $0.normal()) }
    #expect(Drift(after, reference: before).findings.contains { $0.column == "p" })
    #expect(Drift(after, reference: before, tolerances: ["p": 0.6]).findings.isEmpty)
    #expect(!Drift(after, reference: before, tolerances: ["q": 0.6]).findings.isEmpty)
  }

  /// A shift as small as the tests are said to find is found in four of five cases.
  @Test(arguments: [8, 60, 400]) func leastShiftIsFound(rows: Int) throws {
    let draws = 40
    var found = 0
    let reference = try Self.pair(300, seed: 50) { ($0.normal(), $0.normal()) }
    let apart = try Self.pair(rows, seed: 51) { ($0.normal(), $0.normal()) }
    let test = try #require(
      Drift(apart, reference: reference).tests.first { $0.kind == .numbers && $0.column == "p" })
    let least = try #require(test.leastShift)
    for draw in 0..<draws {
      let file = try Self.pair(rows, seed: 100 + UInt32(draw)) {
        ($0.normal() + least, $0.normal())
      }
      // Of a reference that is drawn anew, as what is said is of both.
      let base = try Self.pair(300, seed: 1_000 + UInt32(draw)) { ($0.normal(), $0.normal()) }
      found += Drift(file, reference: base).findings.contains { $0.column == "p" } ? 1 : 0
    }
    // Of 40 draws at 0.8, 32 ± 2.5; four deviations, and what D and the means of columns find besides.
    #expect(found >= 22, "\(found) of \(draws) at \(least)")
  }

  /// What changes: the spread, the shape, or only how columns go together; each of 400 rows.
  @Test func changesOfEveryKindAreFound() throws {
    let count = 400
    let before = try Self.pair(count, seed: 1) { stream in
      let p = stream.normal()
      return (p, p + 0.1 * stream.normal())
    }
    func findings(_ row: (inout RandomStream) -> (Double, Double)) throws -> [DriftTest] {
      try Drift(Self.pair(count, seed: 2, row), reference: before).findings
    }
    let wide = try findings { stream in
      let p = 1.5 * stream.normal()
      return (p, p + 0.1 * stream.normal())
    }
    #expect(wide.contains { $0.column == "p" && ($0.size.spread ?? 0) > 1.3 })
    let twoPeaks = try findings { stream in
      let p = (stream.uniform() < 0.5 ? -1 : 1) + 0.2 * stream.normal()
      return (p, p + 0.1 * stream.normal())
    }
    #expect(twoPeaks.contains { $0.column == "p" })
    let apart = try findings { ($0.normal(), $0.normal()) }
    #expect(apart.map(\.kind) == [.projections])
  }

  /// Beyond what is tolerated, categories and gaps count by their shares of the rows.
  @Test func sharesAreTolerated() throws {
    let reference = try Self.table(rows: 4_000, seed: 1)
    let changed = try Self.table(rows: 4_000, seed: 2) { cells, stream in
      if stream.uniform() < 0.1 { cells[1] = "" }
      if stream.uniform() < 0.1 { cells[2] = "p" }
    }
    let strict = Drift(changed, reference: reference).findings
    let gaps = try #require(strict.first { $0.kind == .missing })
    // 0.1 · 0.9 of the rows more have a gap, 0.1 · 0.7 are p; the standard errors are below 0.01.
    #expect(abs((gaps.size.shift ?? 0) - 0.09) < 0.04)
    let kinds = try #require(strict.first { $0.kind == .chiSquare })
    #expect(abs(abs(kinds.size.shift ?? 0) - 0.07) < 0.04)
    #expect(["p", "q"].contains(kinds.size.category))
    // A shift of 0.3 deviations moves 11.9 % of the rows, one of 0.1 moves 4 %.
    #expect(abs(DriftTolerance.share(0.3) - 0.1192) < 1e-4)
    #expect(Drift(changed, reference: reference, tolerance: 0.3).findings.isEmpty)
    let least = Drift(changed, reference: reference, tolerance: 0.05).findings.map(\.kind)
    #expect(least.contains(.missing) && least.contains(.chiSquare))
  }

  /// Values at the ends of the doubles are compared like any others.
  @Test func hugeValuesAreCompared() throws {
    let huge = try Self.pair(50, seed: 4) { stream in
      (stream.uniform() < 0.5 ? 1e308 : -1e308, stream.normal() * 1e300)
    }
    let plain = try Self.pair(50, seed: 5) { ($0.normal(), $0.normal()) }
    for (file, reference) in [(huge, plain), (plain, huge), (huge, huge)] {
      let drift = Drift(file, reference: reference)
      #expect(drift.tests.allSatisfy { $0.pValue >= 0 && $0.pValue <= 1 })
      #expect(drift.findings.isEmpty == (file.file == reference.file))
    }
  }

  @Test func threadsDoNotMatter() throws {
    let (a, b) = (try Self.table(rows: 60, seed: 5), try Self.table(rows: 50, seed: 6))
    let one = Drift(a, reference: b, target: 3, threads: 1)
    #expect(one.tests == Drift(a, reference: b, target: 3, threads: 2).tests)
    #expect(!one.tests.isEmpty)
  }

  @Test func smallClassesAndIdentifiersAreNamed() throws {
    var csv = "id,x,y\n"
    for row in 0..<40 { csv += "n\(row),\(row % 10),\(row < 3 ? "rare" : "common")\n" }
    let table = try CSVTable(bytes: Array(csv.utf8), file: "a.csv")
    let drift = Drift(table, reference: table, target: 2)
    #expect(drift.skipped == ["id"])
    #expect(drift.skippedClasses == ["rare"])
    #expect(drift.findings.isEmpty)
  }
}

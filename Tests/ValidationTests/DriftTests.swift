import Datasets
import LinAlg
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
    #expect(moved.contains { $0.kind == .ks && $0.column == "x" && $0.label == nil })
    #expect(moved.contains { $0.kind == .psi && $0.column == "x" && $0.label == "u" })
    #expect(moved.contains { $0.kind == .energy })
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

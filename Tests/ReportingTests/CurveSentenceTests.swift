import Analyses
import Datasets
import Defenses
import Foundation
import LinAlg
import Models
import Poisoning
import Reporting
import Statistics
import Store
import Sweeps
import TestSupport
import Testing

/// No sentence of curves says what a row of the tables denies.
struct CurveSentenceTests {
  private static let levels = [0.1, 0.3]

  /// Two attacks, levels and models, and two defences, on sets of up to 50 rows more.
  private static func study(defenses: [String]) throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    let plan = CurvePlan(
      base: 100, added: [0, 20, 50], sizes: [200], cleanSizes: [50],
      levels: try levels.map { try PoisonLevel($0) })
    return try Study(
      dataset: dataset, source: .generator(.gaussian, pool: plan.poolCount, validation: 100),
      conditions: plan.conditions(
        of: ["flip", "pair"].map { try AttackCatalog.attack($0, for: dataset) },
        behind: defenses.map { try DefenseCatalog.chain($0, for: dataset) }, for: dataset),
      models: [try ModelChoice("softmax"), try ModelChoice("knn")])
  }

  /// Counts of a world that is drawn: what poison costs each model, what defences give, and how noisy seeds are.
  private static func counts(of cells: [StudyCell], seed: UInt32) -> SeedCounts {
    var stream = RandomStream(purpose: .testing, seed: seed)
    let noise = [0.5, 3, 10][Int(seed % 3)]
    var harms: [String: Double] = [:]
    let columns = cells.map { cell -> [Int] in
      let key = "\(cell.attackName) \(cell.level) \(cell.modelName)"
      let harm = harms[key] ?? (seed % 4 == 3 ? 0 : 20 * stream.uniform() - 4)
      harms[key] = harm
      let gain = harms[key + cell.defenseName] ?? 20 * stream.uniform() - 10
      harms[key + cell.defenseName] = gain
      let rows = 10 * log2(Double(cell.rows.count) / 100)
      let value =
        75 + rows * stream.uniform() - (cell.level == .clean ? 0 : harm)
        + (cell.defenseName == "none" ? 0 : gain)
      return (0..<12).map { _ in
        Int(min(max((value + noise * stream.normal()).rounded(), 0), 100))
      }
    }
    return SeedCounts(columns, validationCount: 100)
  }

  /// A row of a table by the names of its columns.
  private typealias Row = [String: String]

  private static func rows(_ table: Table) -> [Row] {
    let lines = table.csv.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().filter { $0.count == lines[0].count }.map { line in
      Dictionary(zip(lines[0], line), uniquingKeysWith: { first, _ in first })
    }
  }

  private static func percent(_ row: Row, _ key: String) throws -> String {
    Numbers.percent(try #require(row[key].flatMap { Double($0) }))
  }

  private static func points(_ row: Row, _ key: String) throws -> String {
    "\(try percent(row, key)) [\(try percent(row, key + "_low")), \(try percent(row, key + "_high"))]"
  }

  private static func isAbove0(_ row: Row, _ key: String) -> Bool {
    row[key + "_low"].flatMap { Double($0) }.map { $0 > 0 } ?? false
  }

  /// The row of `knn at 30 % (flip)`.
  private static func row(_ text: Substring, in rows: [Row], defense: Substring? = nil) throws
    -> Row
  {
    let parts = try #require(text.wholeMatch(of: /(\S+) at (\d+) % \((\S+)\)/))
    return try #require(
      rows.first {
        $0["model"] == String(parts.1) && $0["attack"] == String(parts.3)
          && $0["level"].flatMap { Double($0) } == Double(parts.2).map { $0 / 100 }
          && $0["defense"] == defense.map { String($0) }
      })
  }

  @Test(arguments: 0..<24) func sentencesAgreeWithTables(world: Int) throws {
    let defenses = world % 6 == 5 ? [] : ["knn-relabel", "lof"]
    let study = try Self.study(defenses: defenses)
    let cells = study.storedCells
    let surface = try #require(
      AccuracySurface(cells, Self.counts(of: cells, seed: UInt32(world)), resamples: 200))
    let answers = surface.answers
    try #require(answers.count == 8 * (1 + defenses.count))
    let tables = CurveReport(StudyFacts(study), surface, answers).answer.tables
    let rows = { (name: String) -> [Row] in
      tables.first { $0.name.hasPrefix(name) }.map { Self.rows($0.table) } ?? []
    }
    let (costs, back) = (rows("what-poison-costs"), rows("what-more-clean-rows"))
    let gains = rows("what-a-defence-changes")
    #expect(costs.count == 8 && back.count == 8 && gains.count == 8 * defenses.count)
    let sentences = CurveAnswer.sentences(answers)
    try #require(sentences.count == 3)

    // What poison costs.
    let cost = sentences[0]
    let subject = try #require(
      cost.firstMatch(of: /of which (\d+) % are poisoned \((\S+)\), (\S+) loses (.+?) points/))
    let place = "\(subject.3) at \(subject.1) % (\(subject.2))"
    let own = try Self.row(Substring(place), in: costs)
    #expect(try String(subject.4) == Self.points(own, "lost"))
    #expect(cost.contains("not sure to be a loss") == !Self.isAbove0(own, "lost"))
    if Self.isAbove0(own, "lost") {
      #expect(cost.contains("to \(try Self.percent(own, "accuracy")) %"))
      #expect(cost.contains(": \(try Self.percent(own, "by lost rows")) because"))
      #expect(cost.contains("missing, \(try Self.percent(own, "by active harm")) because"))
    }
    let lossCount = costs.count { Self.isAbove0($0, "lost") }
    #expect(cost.contains("sure in \(lossCount) of 8 cases"))

    // What defences give back.
    let defence = sentences[1]
    let given = gains.filter { Self.isAbove0($0, "gives back") }
    let taken = gains.filter { ($0["gives back_high"].flatMap { Double($0) } ?? 0) < 0 }
    if defenses.isEmpty {
      #expect(defence == "No defence was tried.")
    } else if given.isEmpty {
      #expect(
        defence.hasPrefix("None of the defences tried surely gives accuracy back, in 16 cases"))
    } else {
      let most = try #require(
        defence.firstMatch(
          of:
            /^Defences surely give accuracy back in (\d+) of 16 cases .+?, most by (\S+) for (\S+ at \d+ % \(\S+\)): (.+?) points/
        ))
      #expect(Int(most.1) == given.count)
      let row = try Self.row(most.3, in: gains, defense: most.2)
      #expect(try String(most.4) == Self.points(row, "gives back"))
      let value = { (row: Row) in row["gives back"].flatMap { Double($0) } ?? 0 }
      #expect(given.allSatisfy { value($0) <= value(row) })
      let here = given.filter {
        $0["model"] == own["model"] && $0["level"] == own["level"] && $0["attack"] == own["attack"]
      }
      #expect(
        defence.contains("for \(place) none surely does")
          == (here.isEmpty && String(most.3) != place))
    }
    #expect(defence.contains("in \(taken.count) they surely cost") == !taken.isEmpty)

    // How many clean rows make up for it.
    let factor = try Self.row(Substring(place), in: back)
    let value = try #require(factor["R"])
    let isReached = Double(value).map { $0.isFinite } ?? false
    let needed = try #require(
      sentences[2].firstMatch(of: /clean data would be, (.+?) takes (.+?) clean rows/))
    #expect(String(needed.1) == place)
    if isReached, let share = Double(value) {
      #expect(String(needed.2) == Numbers.grouped(Int((share * 100).rounded(.up))))
    } else {
      #expect(String(needed.2) == "more than 50")
    }
    let reached = back.count { $0["R"].flatMap { Double($0) }?.isFinite == true }
    #expect(sentences[2].contains("suffice in \(reached) of 8 cases"))
    for sentence in sentences {
      #expect(sentence.hasSuffix(".") && !sentence.contains("nan") && !sentence.contains("  "))
    }
  }
}

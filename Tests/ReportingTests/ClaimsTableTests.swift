import Datasets
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Testing

struct ClaimsTableTests {
  /// `holds` where the whole interval is inside, `false` where none of it is.
  private func judge(
    _ interval: Interval?, _ lower: Double, _ upper: Double
  ) throws -> ClaimOutcome {
    let interval = try #require(interval)
    if interval.lower >= lower && interval.upper <= upper { return .holds }
    return interval.upper < lower || interval.lower > upper ? .fails : .undecided
  }

  /// The nine readings once more, from what a summary says.
  private func outcome(
    _ index: Int, _ cell: CellSummary, _ clean: CellSummary
  ) throws -> ClaimOutcome {
    func confused(_ cell: CellSummary, _ pairs: [(Int, Int)]) -> Double {
      let count = pairs.reduce(0) { $0 + cell.confusion[$1.0, $1.1] + cell.confusion[$1.1, $1.0] }
      return Double(count) / Double(cell.confusion.total)
    }
    let (accuracy, drop) = (cell.accuracy.interval(), cell.accuracyDrop.interval())
    let positive = Double.leastNonzeroMagnitude
    switch index {
    case 0: return try judge(accuracy, 0.93, 0.97)
    case 1: return confused(cell, [(0, 1), (0, 2)]) < 0.005 ? .holds : .fails
    case 2: return try judge(drop, 0.02, 0.04)
    case 3: return confused(cell, [(1, 2)]) > 0.01 ? .holds : .fails
    case 4: return try judge(drop, 0.01, .infinity)
    case 5: return try judge(drop, positive, .infinity)
    case 6: return try judge(cell[.macroF1Drop].interval(), positive, .infinity)
    case 7: return try judge(accuracy, 0.28, 0.38)
    default:
      let deviation = try #require(cell.accuracy.standardDeviation)
      let before = clean.accuracy.standardDeviation ?? 0
      return deviation > 0 && deviation >= 2 * before ? .holds : .fails
    }
  }

  private static let shares = [0, 0, 0.05, 0.05, 0.1, 0.1, 0.1, 0.5, 0.5]

  /// Attacks under the name that the claims speak of, from harmless to ruinous.
  private static func run(_ name: String) throws -> Outcome {
    let attack: any Attack =
      switch name {
      case "harmless": Harmless()
      case "uniform": UniformNoise()
      case "relabel": Alias(name: "uniform", base: Relabel())
      case "flip": Alias(name: "uniform", base: LabelFlip())
      default: Alias(name: "uniform", base: try OutOfRange())
      }
    return try Outcome(attacks: [attack], models: ["softmax", "rbf-svm", "knn"], seedCount: 20)
  }

  /// One word when the models agree, else who holds, who is open and whether one fails.
  private func verdict(_ outcomes: [(model: String, outcome: ClaimOutcome)]) -> String {
    func names(_ outcome: ClaimOutcome) -> String {
      outcomes.filter { $0.outcome == outcome }.map(\.model).joined(separator: ", ")
    }
    for outcome in [ClaimOutcome.holds, .fails, .undecided]
    where outcomes.allSatisfy({ $0.outcome == outcome }) {
      return outcome == .holds ? "holds" : outcome == .fails ? "false" : "undecided"
    }
    var parts: [String] = []
    if !names(.holds).isEmpty { parts.append("holds for " + names(.holds)) }
    if !names(.undecided).isEmpty { parts.append("undecided for " + names(.undecided)) }
    if !names(.fails).isEmpty { parts.append("else false") }
    return parts.joined(separator: "; ")
  }

  @Test(arguments: ["harmless", "uniform", "relabel", "flip", "out-of-range"])
  func verdictsFollowFromTheReadings(_ name: String) throws {
    let outcome = try Self.run(name)
    let table = ClaimsTable(cells: outcome.cells, models: outcome.models)
    try #require(table.rows.map(\.level) == Self.shares)
    for (index, row) in table.rows.enumerated() {
      var expected: [(model: String, outcome: ClaimOutcome)] = []
      for model in outcome.models {
        let attack = row.level == 0 ? "none" : "uniform"
        let cell = try #require(outcome.cell(attack, row.level, model))
        let clean = try #require(outcome.cell("none", 0, model))
        expected.append((model, try self.outcome(index, cell, clean)))
        #expect(row.outcomes[model] == expected.last?.outcome, "\(row.claim), \(model)")
      }
      #expect(row.verdict == verdict(expected), "\(row.claim)")
      #expect(row.measured.keys.sorted() == ["knn", "rbf-svm", "softmax"])
    }
  }

  @Test func harmlessPoisonRefutesEveryDrop() throws {
    let rows = try Self.run("harmless")
    let table = ClaimsTable(cells: rows.cells, models: rows.models)
    for index in [2, 4, 5, 6, 7, 8] {
      #expect(table.rows[index].verdict == "false", "\(table.rows[index].claim)")
    }
    #expect(table.rows[2].measured["knn"] == "0.00 ± 0.00")
  }

  @Test func relabellingConfirmsTheCollapse() throws {
    let outcome = try Self.run("relabel")
    let row = ClaimsTable(cells: outcome.cells, models: ["softmax", "rbf-svm"]).rows[7]
    #expect(row.claim == "accuracy collapses to about 33 %" && row.verdict == "holds")
  }

  @Test func leverageConfirmsDegradationForSomeModels() throws {
    let outcome = try Self.run("out-of-range")
    let row = ClaimsTable(cells: outcome.cells, models: outcome.models).rows[4]
    #expect(row.claim == "noticeable degradation" && row.verdict.hasPrefix("holds for softmax"))
    #expect(row.outcomes["softmax"] == .holds && row.outcomes["knn"] == .fails)
  }

  @Test func linesShowEveryClaimAndItsReading() throws {
    let outcome = try Self.run("uniform")
    let table = ClaimsTable(cells: outcome.cells, models: outcome.models)
    let lines = Answer(heading: [], [try #require(table.section)]).lines(width: 120)
    for row in table.rows {
      let percent = "\(Int((row.level * 100).rounded())) %"
      #expect(lines.contains { $0.contains(row.claim) && $0.hasSuffix(row.verdict) })
      #expect(lines.contains("  \(percent) \(row.claim): \(row.readAs)"))
    }
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test func levelsThatWereNotRunHaveNoClaim() throws {
    let outcome = try Outcome(shares: [0, 0.1])
    let table = ClaimsTable(cells: outcome.cells, models: outcome.models)
    #expect(table.rows.map(\.level) == [0, 0, 0.1, 0.1, 0.1])
    let without = try Outcome(shares: [0.1])
    #expect(ClaimsTable(cells: without.cells, models: without.models).rows.isEmpty)
  }

  @Test func speaksOfUniformNoiseOnIrisOnly() throws {
    func claims(_ outcome: Outcome) -> ClaimsTable? {
      outcome.report.claims
    }
    #expect(claims(try Outcome()) != nil)
    #expect(claims(try Outcome(EmbeddedDataset.wine.load())) == nil)
    #expect(claims(try Outcome(attacks: [LabelFlip()])) == nil)
    #expect(claims(try Outcome(shares: [0])) == nil)
  }

  @Test func classesMayBeCalledIrisSetosa() throws {
    let iris = EmbeddedDataset.iris.load()
    let dataset = try Dataset(
      name: "iris", features: iris.features, labels: iris.labels,
      classNames: iris.classNames.map { "Iris-\($0)" }, featureNames: iris.featureNames,
      targetName: iris.targetName)
    let outcome = try Outcome(dataset, shares: [0, 0.05], models: ["knn"], seedCount: 2)
    #expect(outcome.report.claims != nil)
  }

  /// Any file may be called iris.csv.
  @Test func anotherSetNamedIrisHasNoClaims() throws {
    let cancer = EmbeddedDataset.breastCancer.load()
    let dataset = try Dataset(
      name: "iris", features: cancer.features, labels: cancer.labels,
      classNames: cancer.classNames, featureNames: cancer.featureNames,
      targetName: cancer.targetName)
    let outcome = try Outcome(dataset, shares: [0, 0.05], models: ["knn"], seedCount: 2)
    #expect(outcome.report.claims == nil && !outcome.report.answer.lines().isEmpty)
  }
}

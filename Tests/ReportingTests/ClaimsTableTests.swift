import Datasets
import Models
import Poisoning
import Reporting
import Statistics
import Store
import Sweeps
import Testing

struct ClaimsTableTests {
  /// What a claim says of a mean, and where the mean was found to be.
  private struct Reading {
    let moments: RunningMoments
    let lower: Double
    let upper: Double

    /// Two-sided: the distance from the nearest end in standard errors, with room for four rows in the squares.
    var pValue: Double {
      let n = Double(moments.count)
      let deviation = ((moments.squares + 4.0 / 900) / (n - 1)).squareRoot()
      let distance = min(abs(moments.mean - lower), abs(moments.mean - upper))
      let t = distance / (deviation / n.squareRoot())
      return 2 * (1 - StudentT(degreesOfFreedom: moments.count - 1).cumulative(t))
    }

    func outcome(_ corrected: Double) -> ClaimOutcome {
      if corrected > 0.05 { return .undecided }
      return moments.mean >= lower && moments.mean <= upper ? .holds : .fails
    }
  }

  /// The nine readings once more, from what a summary says and fits of other draws.
  private func reading(
    _ index: Int, _ cell: CellSummary, _ clean: CellSummary, _ other: Sweeps.Disagreement
  ) throws -> Reading {
    let n = cell.accuracy.count
    func confused(_ cell: CellSummary, _ pairs: [(Int, Int)]) -> Int {
      pairs.reduce(0) { $0 + cell.confusion[$1.0, $1.1] + cell.confusion[$1.1, $1.0] }
    }
    /// At most 30 confused rows a seed.
    func setosa(_ cell: CellSummary) -> RunningMoments {
      let count = Double(confused(cell, [(0, 1), (0, 2)]))
      let mean = count / Double(30 * n)
      return RunningMoments(
        count: n, mean: mean, squares: 30 * count / 900 - Double(n) * mean * mean)
    }
    switch index {
    case 0: return Reading(moments: cell.accuracy, lower: 0.93, upper: 0.97)
    case 1: return Reading(moments: setosa(cell), lower: -.infinity, upper: 0.005)
    case 2: return Reading(moments: cell.accuracyDrop, lower: 0.02, upper: 0.04)
    case 3:
      let rise = confused(cell, [(1, 2)]) - confused(clean, [(1, 2)])
      let deviation = [cell.accuracyDrop, setosa(cell), setosa(clean)]
        .reduce(0) { $0 + ($1.standardDeviation ?? .nan) }
      return Reading(
        moments: RunningMoments(
          count: n, mean: Double(rise) / Double(30 * n),
          squares: deviation * deviation * Double(n - 1)),
        lower: 0, upper: .infinity)
    case 4: return Reading(moments: cell.accuracyDrop, lower: 0.01, upper: .infinity)
    case 5: return Reading(moments: cell.accuracyDrop, lower: 0, upper: .infinity)
    case 6: return Reading(moments: cell[.macroF1Drop], lower: 0, upper: .infinity)
    case 7: return Reading(moments: cell.accuracy, lower: 0.28, upper: 0.38)
    default: return Reading(moments: other.excess.moments(of: 30), lower: 0, upper: .infinity)
    }
  }

  /// Holm's correction as it is told: the k-th smallest of m times m − k + 1, and no smaller than those before.
  private func corrected(_ values: [Double]) -> [Double] {
    values.map { value in
      let below = values.sorted().enumerated().filter { $0.element <= value }
      return min(1, below.map { Double(values.count - $0.offset) * $0.element }.max() ?? 1)
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
    let table = try #require(outcome.report.claims)
    try #require(table.rows.map(\.level) == Self.shares)
    let half = try #require(outcome.study.conditions.firstIndex { $0.level.share == 0.5 })
    let draws = outcome.study.disagreement(in: half, firstSeed: 0, seedCount: 20, threads: 2)
    let readings = try table.rows.indices.flatMap { index in
      try outcome.models.enumerated().map { place, model in
        let level = Self.shares[index]
        let cell = try #require(outcome.cell(level == 0 ? "none" : "uniform", level, model))
        let clean = try #require(outcome.cell("none", 0, model))
        return try reading(index, cell, clean, draws[place])
      }
    }
    let pValues = corrected(readings.map(\.pValue))
    for (index, row) in table.rows.enumerated() {
      let expected = outcome.models.enumerated().map { place, model in
        let reading = readings[index * outcome.models.count + place]
        let pValue = pValues[index * outcome.models.count + place]
        // 1 − P(T ≤ t) has an absolute error of some 2⁻⁵³, times 27 readings and the correction.
        let found = row.estimates[model]?.pHolm ?? .nan
        #expect(abs(found - pValue) < 1e-11, "\(row.claim), \(model)")
        #expect(abs((row.estimates[model]?.mean ?? .nan) - reading.moments.mean) < 1e-12)
        #expect(row.outcomes[model] == reading.outcome(pValue), "\(row.claim), \(model)")
        return (model: model, outcome: reading.outcome(pValue))
      }
      #expect(row.verdict == verdict(expected), "\(row.claim)")
      #expect(row.measured.keys.sorted() == ["knn", "rbf-svm", "softmax"])
    }
  }

  /// A drop of nothing in 20 seeds is below two points, but whether it is above nothing nobody knows.
  @Test func harmlessPoisonRefutesWhatItCan() throws {
    let table = try #require(try Self.run("harmless").report.claims)
    #expect([2, 7].allSatisfy { table.rows[$0].verdict == "false" })
    #expect([5, 6].allSatisfy { table.rows[$0].verdict == "undecided" })
    #expect(!table.rows.dropFirst(2).contains { $0.outcomes.values.contains(.holds) })
    // t(19) = 2.093 times 2/30 rows/√(19·20).
    #expect(table.rows[2].measured["knn"] == "0.00 ± 0.72")
  }

  @Test func relabellingConfirmsTheCollapse() throws {
    let row = try #require(try Self.run("relabel").report.claims).rows[7]
    #expect(row.claim == "accuracy collapses to about 33 %")
    #expect(row.outcomes["rbf-svm"] == .holds && row.outcomes["softmax"] != .fails)
  }

  @Test func leverageConfirmsDegradationForSomeModels() throws {
    let row = try #require(try Self.run("out-of-range").report.claims).rows[4]
    #expect(row.claim == "noticeable degradation" && row.verdict.hasPrefix("holds for softmax"))
    #expect(row.outcomes["softmax"] == .holds && row.outcomes["knn"] != .holds)
  }

  /// Accuracy on 30 rows varies over seeds because they are few; the models of two poisonings differ on more rows
  /// than those of two clean samples do because of the poison.
  @Test func halfTheRowsPoisonedMakeSoftmaxUnstable() throws {
    let outcome = try Outcome(shares: [0, 0.5], models: ["softmax"], seedCount: 200)
    let row = try #require(outcome.report.claims?.rows.last)
    #expect(row.claim == "unstable predictions" && row.verdict == "holds")
    let estimate = try #require(row.estimates["softmax"])
    #expect(estimate.seeds == 200 && estimate.mean > 0.04 && estimate.before ?? 1 < 0.04)
  }

  /// What five seeds say is the same whichever they are: that it is open.
  @Test(arguments: [0, 100, 200, 300])
  func fiveSeedsLeaveStabilityOpen(_ firstSeed: UInt32) throws {
    let outcome = try Outcome(models: ["linear-svm"], firstSeed: firstSeed, seedCount: 5)
    #expect(outcome.report.claims?.rows.last?.verdict == "undecided")
  }

  /// A confusion that is there without poison is not the doing of poison: with 5 neighbours it falls.
  @Test func confusionIsARise() throws {
    let outcome = try Outcome(shares: [0, 0.05], models: ["knn"], seedCount: 500)
    let row = try #require(outcome.report.claims?.rows[3])
    #expect(row.claim.hasPrefix("some confusion") && row.verdict != "holds")
    let (cell, clean) = (outcome.cells[1].confusion, outcome.cells[0].confusion)
    let rise = cell[1, 2] + cell[2, 1] - clean[1, 2] - clean[2, 1]
    #expect(abs((row.estimates["knn"]?.mean ?? .nan) - Double(rise) / (30 * 500)) < 1e-12)
    #expect((row.estimates["knn"]?.before ?? 0) > 0.03)
  }

  @Test func oneSeedHasNoVerdict() throws {
    let outcome = try Outcome(seedCount: 1)
    let table = try #require(outcome.report.claims)
    for row in table.rows {
      #expect(row.verdict == "no verdict" && !row.measured.values.contains { $0.contains("±") })
      #expect(row.estimates.values.allSatisfy { $0.ci95 == nil && $0.pHolm == nil })
    }
    let lines = Answer(heading: [], [try #require(table.section)]).lines()
    #expect(!lines.contains { $0.contains("±") || $0.hasSuffix("verdict") || $0.contains("false") })
    #expect(lines.contains { $0.contains("One seed has no interval, so there is no verdict.") })
  }

  /// A store of before has no fits of other draws.
  @Test func whatIsNotThereIsNotJudged() throws {
    let outcome = try Outcome()
    let row = try #require(ClaimsTable(cells: outcome.cells, models: outcome.models).rows.last)
    #expect(row.verdict == "not measured" && row.measured["knn"] == "not measured")
    #expect(row.estimates.isEmpty)
  }

  /// The store has all that the command showed.
  @Test func theStoreSaysTheSame() throws {
    let folder = try TemporaryFolder()
    let outcome = try Outcome(seedCount: 3)
    let path = folder.path("study.sqlite")
    let store = try SweepStore(writing: path, outcome.study, program: "tests", version: "1")
    var run = try StudyRun(outcome.study, StudyRequest(.experiment, .seeds(3)), in: store)
    let commit = { (body: () throws(StoreError) -> Void) throws(StoreError) in try body() }
    _ = try run.run(threads: 2, commit: commit, didAdvance: { _ in })
    try ClaimsTable.measureDraws(
      of: outcome.study, in: store, seedCount: 3, threads: 1, commit: commit)
    try store.close()
    let report = try StoreReport(SweepStore(reading: path), dataset: nil)
    let lines = report.answer.lines()
    let claims = Answer(heading: [], [try #require(outcome.report.claims?.section)]).lines()
    for line in claims { #expect(lines.contains(line), "\(line)") }
  }

  @Test func linesShowEveryClaimAndItsReading() throws {
    let outcome = try Self.run("uniform")
    let table = try #require(outcome.report.claims)
    let lines = Answer(heading: [], [try #require(table.section)]).lines(width: 120)
    // A reading may take two lines.
    let text = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    for row in table.rows {
      let percent = "\(Int((row.level * 100).rounded())) %"
      #expect(lines.contains { $0.contains(row.claim) && $0.hasSuffix(row.verdict) })
      #expect(text.contains("\(percent) \(row.claim): \(row.readAs)"))
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

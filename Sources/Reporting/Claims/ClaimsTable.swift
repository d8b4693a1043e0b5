package import Analyses
import Poisoning
import Statistics
package import Store
package import Sweeps

/// The course's claims beside what was measured, with a verdict each.
///
/// The claims speak of uniform noise on Iris; for another attack or data set there is no table. All verdicts of
/// a table hold together at 5 %, by Holm's correction.
public struct ClaimsTable: Sendable {
  /// A claim and its outcome.
  public struct Row: Sendable, Encodable {
    /// The poison level it speaks of.
    public let level: Double
    /// The claim, in the study's words.
    public let claim: String
    /// The measurable statement it is read as.
    public let readAs: String
    /// What was measured, by model.
    public let measured: [String: String]
    /// The same in numbers, by model.
    public let estimates: [String: Estimate]
    /// What that says of the claim, by model.
    public let outcomes: [String: ClaimOutcome]
    /// `holds`, `false` or `undecided` for all models, or the models it holds for.
    public let verdict: String
  }

  /// What was measured of a model, in shares of rows.
  public struct Estimate: Sendable, Encodable {
    /// The mean over seeds.
    public let mean: Double
    /// Its interval, without regard to other readings; nil for one seed.
    public let ci95: [Double]?
    /// What the mean is a change from.
    public let before: Double?
    /// Number of seeds.
    public let seeds: Int
    /// The probability of a mean so far on its side of the claim's range if the claim were as little or as much
    /// true as can be, by Holm's correction for all readings of the table; nil for one seed.
    public let pHolm: Double?
  }

  /// The claims whose level was measured.
  public let rows: [Row]

  private let models: [String]

  /// Judges the claims where they are about a study: uniform noise on Iris.
  package init?(_ facts: StudyFacts, _ cells: [CellSummary], _ disagreements: [Disagreement?]) {
    guard facts.isIris, facts.attacks.contains(where: { $0.name == UniformNoise().name }) else {
      return nil
    }
    self.init(
      cells: cells, models: facts.cells.prefix(facts.modelCount).map(\.model).distinct,
      disagreements: disagreements)
  }

  /// Judges the claims by the cells of a study on Iris under uniform noise.
  ///
  /// `disagreements` are those of the cells, in their order, where they were measured.
  package init(cells: [CellSummary], models: [String], disagreements: [Disagreement?] = []) {
    self.models = models
    let readings = Claim.all.flatMap { claim -> [Reading] in
      let readings = models.compactMap { model -> Reading? in
        guard let place = Self.place(in: cells, model, claim.share),
          let clean = Self.place(in: cells, model, 0)
        else { return nil }
        return Reading(
          claim, model,
          Claim.Evidence(
            cell: cells[place], clean: cells[clean],
            disagreement: disagreements.indices.contains(place) ? disagreements[place] : nil))
      }
      return readings.count == models.count ? readings : []
    }
    let tests = readings.compactMap(\.test)
    var adjusted = Holm.adjusted(tests.map(\.pValue))[...]
    let judged = readings.map { reading in
      (reading, reading.test == nil ? 1 : adjusted.removeFirst())
    }
    rows = stride(from: 0, to: models.isEmpty ? 0 : judged.count, by: max(models.count, 1)).map {
      Row(judged[$0..<$0 + models.count])
    }
  }

  private static func place(in cells: [CellSummary], _ model: String, _ share: Double) -> Int? {
    cells.firstIndex {
      $0.model == model && $0.level.share == share && $0.defenseName == "none"
        && ["none", UniformNoise().name].contains($0.attackName)
    }
  }

  /// The verdicts, what was measured, and how each claim was read.
  package var section: Answer.Section? {
    guard !rows.isEmpty else { return nil }
    let level = { (row: Row) in
      Table.Value.number(row.level).shown(as: "\(Numbers.fixed(row.level * 100, 0)) %")
    }
    var verdicts = Table([.level, .text("the course claims"), .text("verdict")])
    var measured = Table(
      [.level, .text("the course claims")] + models.map { .text($0) })
    for row in rows {
      verdicts.append([level(row), .text(row.claim), .text(row.verdict)])
      measured.append(
        [level(row), .text(row.claim)]
          + models.map { .text(row.measured[$0] ?? "") })
    }
    let isOnce = rows.allSatisfy { $0.outcomes.values.allSatisfy { $0 == .unjudged } }
    measured.notes =
      isOnce
      ? ["One seed has no interval, so there is no verdict."]
      : [
        "± is the 95 % half-width over seeds. holds, false: the interval lies inside or outside what is "
          + "claimed, also when it is widened so that all verdicts of the table hold together (Holm's "
          + "correction, at 5 %); undecided: neither."
      ]
    return Answer.Section(
      "The course's claims against the measurement, in % of rows or points",
      (isOnce ? [] : [.table(verdicts)]) + [
        .table(measured),
        .details(
          "read as",
          rows.map { "\(Numbers.fixed($0.level * 100, 0)) % \($0.claim): \($0.readAs)" }),
      ])
  }

  /// The claims with all there is about them, for machines.
  package var table: Table {
    var table = Table(
      [.percent("level"), .text("claim"), .text("read as")] + models.map { .text($0) }
        + [.text("verdict")])
    for row in rows {
      table.append(
        [.number(row.level), .text(row.claim), .text(row.readAs)]
          + models.map { .text(row.measured[$0] ?? "") } + [.text(row.verdict)])
    }
    return table
  }
}

// MARK: - What claims need beside the cells

extension ClaimsTable {
  /// The seeds that models of other draws are fitted under; more would change nothing that is shown.
  static let drawnSeedLimit = 2_048

  /// Fits models of other draws where claims compare with them, and keeps in the store what comes of it.
  ///
  /// `commit` is to call its argument, which makes that safe, and may guard it.
  /// - Precondition: The store is open for writing, for the study.
  package static func measureDraws(
    of study: Study, in store: SweepStore, seedCount: Int, threads: Int,
    commit: (() throws(StoreError) -> Void) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard StudyFacts(study).isIris, seedCount > 0 else { return }
    let shares = Claim.all.filter(\.comparesDraws).map(\.share)
    let conditions = study.conditions.indices.filter { index in
      let condition = study.conditions[index]
      return condition.attackName == UniformNoise().name && condition.defenseName == "none"
        && condition.rows == nil && shares.contains(condition.level.share)
    }
    for condition in conditions {
      try store.measureDisagreement(
        of: study, in: condition, seedCount: min(seedCount, drawnSeedLimit), threads: threads,
        commit: commit)
    }
  }
}

// MARK: - Readings

/// A claim read for one model.
private struct Reading {
  let claim: Claim
  let model: String
  let measurement: Claim.Measurement?

  /// Nil where nothing was measured, or under one seed alone.
  let test: RangeTest?

  init(_ claim: Claim, _ model: String, _ evidence: Claim.Evidence) {
    (self.claim, self.model) = (claim, model)
    measurement = claim.measure(evidence).flatMap { measurement in
      measurement.moments.count == 0
        ? nil
        : Claim.Measurement(
          moments: measurement.moments.allowing(step: 1 / Double(max(evidence.rows, 1))),
          before: measurement.before)
    }
    test = measurement.flatMap {
      $0.moments.count > 1 ? RangeTest($0.moments, inside: claim.range) : nil
    }
  }

  func outcome(_ pValue: Double) -> ClaimOutcome {
    guard measurement != nil else { return .notMeasured }
    guard let test else { return .unjudged }
    return pValue > 0.05 ? .undecided : test.isInside ? .holds : .fails
  }

  var text: String {
    guard let measurement else { return ClaimOutcome.notMeasured.rawValue }
    return Numbers.percent(measurement.moments.mean)
      + (measurement.moments.interval().map { " ± \(Numbers.percent($0.halfWidth))" } ?? "")
      + (measurement.before.map { " (\(Numbers.percent($0)))" } ?? "")
  }
}

extension ClaimsTable.Row {
  /// A claim read for all models, each reading with its corrected p-value.
  fileprivate init(_ readings: ArraySlice<(Reading, Double)>) {
    guard let claim = readings.first?.0.claim else { preconditionFailure("A claim about no model") }
    (level, self.claim, readAs) = (claim.share, claim.statement, claim.reading)
    let outcomes = readings.map { ($0.0.model, $0.0.outcome($0.1)) }
    measured = Dictionary(uniqueKeysWithValues: readings.map { ($0.0.model, $0.0.text) })
    estimates = Dictionary(
      uniqueKeysWithValues: readings.compactMap { reading, pValue in
        reading.measurement.map { (reading.model, ClaimsTable.Estimate($0, pValue)) }
      })
    self.outcomes = Dictionary(uniqueKeysWithValues: outcomes)
    verdict = Self.verdict(outcomes)
  }

  private static func verdict(_ outcomes: [(model: String, outcome: ClaimOutcome)]) -> String {
    if let common = outcomes.first?.outcome, outcomes.allSatisfy({ $0.outcome == common }) {
      return common.rawValue
    }
    let named = [ClaimOutcome.holds, .undecided, .notMeasured, .unjudged].map { kind in
      (kind, outcomes.filter { $0.outcome == kind }.map(\.model))
    }
    let parts = named.filter { !$0.1.isEmpty }.map {
      "\($0.0.rawValue) for \($0.1.joined(separator: ", "))"
    }
    let fails = outcomes.contains { $0.outcome == .fails }
    return (parts + (fails ? ["else false"] : [])).joined(separator: "; ")
  }
}

extension ClaimsTable.Estimate {
  fileprivate init(_ measurement: Claim.Measurement, _ pValue: Double) {
    (mean, before) = (measurement.moments.mean, measurement.before)
    (ci95, seeds) = (measurement.moments.interval()?.ends, measurement.moments.count)
    pHolm = seeds > 1 ? pValue : nil
  }
}

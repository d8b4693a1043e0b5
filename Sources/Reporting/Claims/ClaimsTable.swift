package import Analyses
import Poisoning
import Store
public import Sweeps

/// The course's claims beside what was measured, with a verdict each.
///
/// The claims speak of uniform noise on Iris; for another attack or data set there is no table.
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
    /// What that says of the claim, by model.
    public let outcomes: [String: ClaimOutcome]
    /// `holds`, `false` or `undecided` for all models, or the models it holds for.
    public let verdict: String
  }

  /// The claims whose level was measured.
  public let rows: [Row]

  private let models: [String]

  /// Judges the claims where they are about a study: uniform noise on Iris.
  package init?(_ facts: StudyFacts, _ cells: [CellSummary]) {
    guard facts.isIris, facts.attacks.contains(where: { $0.name == UniformNoise().name }) else {
      return nil
    }
    self.init(
      cells: cells.filter { $0.defenseName == "none" },
      models: facts.cells.prefix(facts.modelCount).map(\.model).distinct)
  }

  /// Judges the claims by the cells of a study on Iris under uniform noise.
  public init(cells: [CellSummary], models: [String]) {
    self.models = models
    rows = Claim.all.compactMap { claim in
      var measured: [String: String] = [:]
      var outcomes: [String: ClaimOutcome] = [:]
      for model in models {
        guard
          let cell = Self.cell(cells, model, claim.share), let clean = Self.cell(cells, model, 0)
        else { return nil }
        let measurement = claim.measure(cell, clean)
        measured[model] = measurement.text
        outcomes[model] = measurement.outcome
      }
      return Row(
        level: claim.share, claim: claim.statement, readAs: claim.reading, measured: measured,
        outcomes: outcomes, verdict: Self.verdict(models, outcomes))
    }
  }

  private static func cell(
    _ cells: [CellSummary], _ model: String, _ share: Double
  ) -> CellSummary? {
    cells.first {
      $0.model == model && $0.level.share == share
        && ["none", UniformNoise().name].contains($0.attackName)
    }
  }

  private static func verdict(_ models: [String], _ outcomes: [String: ClaimOutcome]) -> String {
    if let common = outcomes.values.first, outcomes.values.allSatisfy({ $0 == common }) {
      return common.rawValue
    }
    let holding = models.filter { outcomes[$0] == .holds }
    let open = models.filter { outcomes[$0] == .undecided }
    let fails = outcomes.values.contains(.fails)
    let parts = [
      holding.isEmpty ? "" : "holds for \(holding.joined(separator: ", "))",
      open.isEmpty ? "" : "undecided for \(open.joined(separator: ", "))",
      fails ? "else false" : "",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
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
    return Answer.Section(
      "The course's claims against the measurement, in % of rows or points",
      [
        .table(verdicts), .table(measured),
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

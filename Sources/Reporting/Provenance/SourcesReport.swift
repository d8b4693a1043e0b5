package import Analyses
import Datasets
import Models
import Statistics
import Sweeps

/// What each source does, for people and machines.
package struct SourcesReport: Encodable, Sendable {
  struct Source: Encodable {
    let name: String
    let rows: Int
    let isTrusted: Bool
    let accuracyWithout: MomentsRecord
    let difference: MomentsRecord
    /// Over other rows of the same kind; what the verdict goes by.
    let populationCi95: [Double]?
    let p: Double
    let holmP: Double
    let removing: SourceEffects.Verdict
    let shapley: MomentsRecord?
  }

  let program = Program.name
  let version = Program.version
  let dataset: DatasetRecord
  let model: String
  let scaler: String
  let firstSeed: Int
  let seeds: Int
  let validationRows: Int
  let trustedSource: String?
  let accuracy: MomentsRecord
  let sources: [Source]

  /// Describes what a study has shown.
  package init(_ study: SourceStudy, _ effects: SourceEffects, firstSeed: UInt32) {
    dataset = DatasetRecord(study.dataset)
    model = study.model.name
    scaler = study.scaler.rawValue
    self.firstSeed = Int(firstSeed)
    seeds = effects.all.count
    validationRows = effects.validationCount
    trustedSource = study.trusted.map { study.sources[$0] }
    accuracy = MomentsRecord(effects.all)
    sources = effects.effects.enumerated().map { index, effect in
      Source(
        name: effect.name, rows: effect.rowCount, isTrusted: index == study.trusted,
        accuracyWithout: MomentsRecord(effect.without),
        difference: MomentsRecord(effect.difference),
        populationCi95: effect.interval?.ends, p: effect.pValue,
        holmP: effect.adjustedPValue, removing: effect.verdict,
        shapley: effect.shapley.count > 0 ? MomentsRecord(effect.shapley) : nil)
    }
  }

  /// All lines, ready to print.
  package var lines: [String] {
    let hasShapley = sources.contains { $0.shapley != nil }
    let table = Table(
      [
        .text("source"), .count("rows"), .percent("without it"), .percent("with − without"),
        .percent("95 % interval"), .number("p (Holm)", 4), .text("removing it"),
      ] + (hasShapley ? [.percent("Shapley")] : []),
      rows: sources.map { source in
        let p = Table.Value.number(source.holmP)
        return [
          .text(
            (source.name.isEmpty ? "\"\"" : source.name) + (source.isTrusted ? " (trusted)" : "")),
          .count(source.rows), .number(source.accuracyWithout.mean),
          .number(source.difference.mean),
          .interval(source.populationCi95.map { Interval(from: $0[0], to: $0[1]) }),
          source.holmP < 0.0001 ? p.shown(as: "<0.0001") : p, .text(verdict(source)),
        ] + (source.shapley.map { [.number($0.mean)] } ?? [])
      })
    let judges =
      trustedSource.map { "drawn from the rows of \($0)" } ?? "drawn from the rows of all sources"
    let warning =
      trustedSource == nil
      ? [
        "",
        "Poison is among the validation rows too: where a source is poisoned, its own rows vote "
          + "for it.",
        "Name a source you trust by --trusted-source, and its rows alone are validated on.",
      ] : []
    return [
      "\(dataset.name): \(Numbers.grouped(dataset.rows)) rows from \(sources.count) sources; "
        + "\(model), \(Numbers.grouped(seeds)) seeds from \(firstSeed) on",
      "\(Numbers.grouped(validationRows)) validation rows a seed, \(judges); accuracy with all "
        + "sources \(Numbers.percent(accuracy.mean)) %",
      "",
    ] + table.lines() + [
      "",
      "In percent and points. Intervals and p are for other rows of the same kind (Nadeau, Bengio);",
      "verdicts are Holm's at 5 %: where no source matters, any is named in 5 % of cases at most.",
    ] + warning
  }

  private func verdict(_ source: Source) -> String {
    switch source.removing {
    case .helps: "helps"
    case .hurts: "hurts"
    case .unclear: "no difference seen"
    }
  }
}

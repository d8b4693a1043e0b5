import Analyses
import Poisoning
import Statistics
import Store
import Sweeps

extension Answer.Section {
  /// What each defence gives back at each level, and what became of the course text's mitigations.
  static func mitigation(
    _ facts: StudyFacts, _ cells: [CellSummary], _ mitigation: Mitigation
  ) -> [Answer.Section] {
    let rescues = mitigation.rescues(cells)
    let levels = Set(rescues.map(\.level)).subtracting([.clean]).sorted()
    var notes = [
      "Points of accuracy, paired by seed, with the 95 % half-width; mean over the models. no attack: "
        + "what the defence costs on clean rows. wrongly: % of clean rows it flags there.",
      "** works: at least half of the loss comes back. * helps. ! harms. No mark: no difference. Marks "
        + "hold together: Holm's correction over the whole table, at 5 %.",
    ]
    let partial = rescues.filter { $0.models.count < facts.modelCount }
    if !partial.isEmpty {
      let names = partial.map(\.defense).distinct.map { defense in
        let models = partial.first { $0.defense == defense }?.models ?? []
        return "\(defense) (\(models.joined(separator: ", ")))"
      }
      notes.append("¹ for some of the models only: \(names.joined(separator: ", ")).")
    }
    let figure = Figure.mitigation(
      rescues, title: "\(facts.datasetName): what defences give back")
    return levels.compactMap { givenBack(rescues, $0, facts) }
      + [
        Answer.Section("How to read this", [.text(notes)]),
        Answer.Section("What works", [.text(verdicts(rescues, levels))]),
        courseText(rescues),
        Answer.Section("What defences give back", figures: [figure]),
      ].compactMap { $0 }
  }

  /// One row a defence, one column an attack.
  private static func givenBack(
    _ rescues: [Rescue], _ level: PoisonLevel, _ facts: StudyFacts
  ) -> Answer.Section? {
    let attacks = rescues.filter { $0.level == level }.map(\.attack).distinct
    let rescue = { (defense: String, attack: String, level: PoisonLevel) in
      rescues.first { $0.defense == defense && $0.attack == attack && $0.level == level }
    }
    var table = Table(
      [.text("defence"), .percent("no attack", signed: true), .percent("wrongly", 1)]
        + attacks.map { .percent($0, signed: true) })
    // The defence that is for most models has the loss over them.
    let losses = attacks.map { attack in
      rescues.filter { $0.attack == attack && $0.level == level }
        .max { $0.models.count < $1.models.count }?.loss
    }
    table.append(
      ["(accuracy lost)", .missing, .missing]
        + losses.map { loss in
          loss.map { .halfWidth($0).shown(as: Numbers.meanAndHalfWidth($0)) } ?? .missing
        })
    for defense in rescues.map(\.defense).distinct {
      let clean = rescue(defense, "none", .clean)
      let isForAll =
        rescues.first { $0.defense == defense }.map { $0.models.count == facts.modelCount } ?? true
      table.append(
        [
          .text(defense + (isForAll ? "" : " ¹")), clean.map(gain) ?? .missing,
          .number(clean?.wronglyFlagged),
        ] + attacks.map { rescue(defense, $0, level).map(gain) ?? .missing })
    }
    return Answer.Section("Accuracy that each defence gives back at \(level)", table)
  }

  private static func gain(_ rescue: Rescue) -> Table.Value {
    let mark =
      switch rescue.verdict {
      case .works: "**"
      case .helps: "*"
      case .none: ""
      case .harms: "!"
      }
    return .halfWidth(rescue.gain).marked(mark)
  }

  /// What works against each attack, best first.
  private static func verdicts(_ rescues: [Rescue], _ levels: [PoisonLevel]) -> [String] {
    levels.flatMap { level in
      rescues.filter { $0.level == level }.map(\.attack).distinct.map { attack in
        let ranked = rescues.filter { $0.attack == attack && $0.level == level }.sorted {
          ($0.recovered ?? $0.gain.mean) > ($1.recovered ?? $1.gain.mean)
        }
        let named = { (verdict: Rescue.Verdict) in
          ranked.filter { $0.verdict == verdict }.map { rescue in
            guard let share = rescue.recovered, verdict != .harms else { return rescue.defense }
            return "\(rescue.defense) (\(Numbers.percent(min(share, 1), 0)) %)"
          }
        }
        let parts = [Rescue.Verdict.works, .helps, .harms].map { ($0.rawValue, named($0)) }
          .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        return "\(attack) at \(level): "
          + (parts.isEmpty ? "nothing makes a difference" : parts.joined(separator: "; "))
      }
    }
  }

  /// What the course text names, and the defences that are it.
  private static let courseMitigations: [(name: String, defenses: [String])] = [
    ("data validation", ["validate"]), ("Isolation Forest", ["isolation-forest"]),
    ("One-Class SVM", ["one-class-svm"]), ("Local Outlier Factor", ["lof"]),
    ("robust loss, Huber", ["huber-hinge"]), ("robust loss, Tukey", ["ramp"]),
    ("label smoothing", ["label-smoothing"]), ("differential privacy", ["dp-sgd"]),
  ]

  /// What became of those, by attack and level; nil where none was measured.
  private static func courseText(_ rescues: [Rescue]) -> Answer.Section? {
    let columns = rescues.filter { $0.level != .clean }.reduce(
      into: [(attack: String, level: PoisonLevel)]()
    ) { columns, rescue in
      if !columns.contains(where: { $0.attack == rescue.attack && $0.level == rescue.level }) {
        columns.append((rescue.attack, rescue.level))
      }
    }
    var table = Table(
      [.text("the course text names")] + columns.map { .text("\($0.attack) \($0.level)") })
    for (name, defenses) in courseMitigations {
      let entries = columns.map { column in
        rescues.first {
          defenses.contains($0.defense) && $0.attack == column.attack && $0.level == column.level
        }.map(outcome)
      }
      guard entries.contains(where: { $0 != nil }) else { continue }
      table.append([.text(name)] + entries.map { .text($0 ?? "") })
    }
    table.notes = [
      "Provenance is `runner provenance`; what more clean rows buy is not a defence of this table."
    ]
    return Answer.Section("The mitigations of the course text", table)
  }

  private static func outcome(_ rescue: Rescue) -> String {
    switch rescue.verdict {
    case .works, .helps:
      rescue.verdict.rawValue
        + (rescue.recovered.map { ", \(Numbers.percent(min($0, 1), 0)) %" } ?? "")
    case .none: "no effect"
    case .harms: "harms"
    }
  }
}

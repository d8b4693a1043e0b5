import Analyses
import Defenses
import Documents
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
    let isOnce = rescues.allSatisfy { $0.verdict == .unjudged }
    let (general, targeted) = (
      rescues.filter { $0.success == nil }, rescues.filter { $0.success != nil }
    )
    var notes = [
      "Points of accuracy, paired by seed, with the 95 % half-width; mean over the models. no attack: "
        + "what the defence costs on clean rows. wrongly: % of clean rows it flags there."
    ]
    if !targeted.isEmpty { notes.append(successNote) }
    if rescues.contains(where: { !$0.told.isEmpty }) {
      notes.append(
        "told: the share of bad rows that a defence is given beforehand (true: it is the share there "
          + "is, which nobody knows who looks for poison), or trusted rows.")
    }
    notes.append(
      isOnce
        ? "One seed has no interval, so there is no verdict."
        : "** works: at least half of the loss comes back. * helps: something, but less than half. ! harms. "
          + "No mark: less than a point either way. ? undecided: none of these is sure. Marks hold "
          + "together: Holm's correction over the whole study, at 5 %.")
    let partial = rescues.filter { $0.models.count < facts.modelCount }
    if !partial.isEmpty {
      let names = partial.map(\.defense).distinct.map { defense in
        let models = partial.first { $0.defense == defense }?.models ?? []
        return "\(defense) (\(models.joined(separator: ", ")))"
      }
      notes.append("¹ for some of the models only: \(names.joined(separator: ", ")).")
    }
    let figures = [
      Figure.mitigation(rescues, title: "\(facts.datasetName): what defences give back"),
      Figure.accuracy(
        cells, name: "accuracy", title: "\(facts.datasetName): accuracy by defence"),
    ].compactMap { $0 }
    let tables = levels.flatMap {
      [givenBack(general, $0, facts), achieved(targeted, general, $0, facts)]
    }
    let rest: [Answer.Section?] = [
      Answer.Section("How to read this", [.text(notes)]),
      isOnce ? nil : Answer.Section("What works", [.text(verdicts(rescues, levels))]),
      isOnce ? nil : courseText(rescues),
      Answer.Section("What defences give back", figures: figures),
    ]
    return (tables + rest).compactMap { $0 }
  }

  /// What is said of attacks that are judged by success.
  private static let successNote =
    "Defences against targeted attacks are judged by success, the share of the rows aimed at that are "
    + "given what the attack wants. gain: success beyond that under the clean model. taken back: the share "
    + "of that gain which the defence takes, with its interval. false +: with a trigger, rows without it "
    + "that are given the wanted class; else, other rows that are misclassified. wrongly: % of the rows "
    + "that are not poisoned which are flagged under the attack. clean: accuracy without an attack."

  /// One row a defence, one column an attack.
  private static func givenBack(
    _ rescues: [Rescue], _ level: PoisonLevel, _ facts: StudyFacts
  ) -> Answer.Section? {
    let attacks = rescues.filter { $0.level == level }.map(\.attack).distinct
    guard !attacks.isEmpty else { return nil }
    let rescue = { (defense: String, attack: String, level: PoisonLevel) in
      rescues.first { $0.defense == defense && $0.attack == attack && $0.level == level }
    }
    let isTold = rescues.contains { !$0.told.isEmpty }
    var table = Table(
      [.text("defence")] + (isTold ? [.text("told")] : [])
        + [.percent("no attack", signed: true), .percent("wrongly", 1)]
        + attacks.map { .percent($0, signed: true) })
    // The defence that is for most models has the loss over them.
    let losses = attacks.map { attack in
      rescues.filter { $0.attack == attack && $0.level == level }
        .max { $0.models.count < $1.models.count }?.accuracy.loss
    }
    table.append(
      ["(accuracy lost)"] + (isTold ? [.missing] : []) + [.missing, .missing]
        + losses.map { loss in
          loss.map { loss in
            .halfWidth(loss).shown(
              as: loss.count > 1 ? Numbers.meanAndHalfWidth(loss) : Numbers.percent(loss.mean))
          } ?? .missing
        })
    for defense in rescues.map(\.defense).distinct {
      let clean = rescue(defense, "none", .clean)
      let here = attacks.compactMap { rescue(defense, $0, level) }
      table.append(
        [.text(name(defense, rescues, facts))]
          + (isTold ? [.text(here.first?.told ?? "")] : [])
          + [clean.map(gain) ?? .missing, .number(clean?.wronglyFlagged)]
          + attacks.map { rescue(defense, $0, level).map(gain) ?? .missing })
    }
    return Answer.Section("Accuracy that each defence gives back at \(level)", table)
  }

  /// What targeted attacks achieve without and with each defence, one row each.
  private static func achieved(
    _ targeted: [Rescue], _ general: [Rescue], _ level: PoisonLevel, _ facts: StudyFacts
  ) -> Answer.Section? {
    let here = targeted.filter { $0.level == level }
    let isTold = here.contains { !$0.told.isEmpty }
    var table = Table(
      [.text("attack"), .text("defence")] + (isTold ? [.text("told")] : [])
        + [
          .percent("success"), .percent("gain"), .percent("taken back", 0),
          .percent("false +"), .percent("wrongly", 1), .percent("accuracy", signed: true),
          .percent("clean", signed: true),
        ])
    for attack in here.map(\.attack).distinct {
      table.startGroup()
      let rescues = here.filter { $0.attack == attack }
      if let widest = rescues.max(by: { $0.models.count < $1.models.count }),
        let success = widest.success
      {
        table.append(
          [.text(attack), "none"] + (isTold ? [.missing] : [])
            + [
              .number(success.undefended.mean(of: .success)),
              .halfWidth(success.recovery.loss), .missing,
              .number(success.undefended.mean(of: .collateral)), .missing, .missing, .missing,
            ])
      }
      for rescue in rescues {
        let clean = general.first { $0.defense == rescue.defense && $0.level == .clean }
        let accuracy = rescue.accuracy.gain
        table.append(
          [.text(attack), .text(name(rescue.defense, rescues, facts))]
            + (isTold ? [.text(rescue.told)] : [])
            + [
              .number(rescue.cells.mean(of: .success)),
              .number(rescue.cells.mean(of: .successGain)), takenBack(rescue),
              .number(rescue.cells.mean(of: .collateral)), .number(rescue.wronglyFlagged),
              .halfWidth(accuracy), clean.map { .halfWidth($0.accuracy.gain) } ?? .missing,
            ])
      }
    }
    return Answer.Section("What targeted attacks achieve at \(level), by defence", table)
  }

  private static func takenBack(_ rescue: Rescue) -> Table.Value {
    guard let text = rescue.judged.shareText else { return .unknown.marked(mark(rescue)) }
    return .number(rescue.judged.share).shown(as: text).marked(mark(rescue))
  }

  private static func name(
    _ defense: String, _ rescues: [Rescue], _ facts: StudyFacts
  ) -> String {
    let isForAll =
      rescues.first { $0.defense == defense }.map { $0.models.count == facts.modelCount } ?? true
    return defense + (isForAll ? "" : " ¹")
  }

  private static func gain(_ rescue: Rescue) -> Table.Value {
    .halfWidth(rescue.accuracy.gain).marked(mark(rescue))
  }

  private static func mark(_ rescue: Rescue) -> String {
    switch rescue.verdict {
    case .works: "**"
    case .helps: "*"
    case .none, .unjudged: ""
    case .harms: "!"
    case .undecided: "?"
    }
  }

  /// What works against each attack, best first.
  private static func verdicts(_ rescues: [Rescue], _ levels: [PoisonLevel]) -> [String] {
    levels.flatMap { level in
      rescues.filter { $0.level == level }.map(\.attack).distinct.map { attack in
        let ranked = rescues.filter { $0.attack == attack && $0.level == level }.sorted {
          ($0.judged.share ?? $0.judged.gain.mean) > ($1.judged.share ?? $1.judged.gain.mean)
        }
        let named = { (verdict: Rescue.Verdict) in
          ranked.filter { $0.verdict == verdict }.map { rescue in
            guard verdict != .harms, let share = rescue.judged.shareText else {
              return rescue.defense
            }
            return "\(rescue.defense) (\(share))"
          }
        }
        let parts = [Rescue.Verdict.works, .helps, .undecided, .harms].map {
          ($0.rawValue, named($0))
        }.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        return "\(attack) at \(level): "
          + (parts.isEmpty
            ? "nothing makes a difference of a point" : parts.joined(separator: "; "))
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
    case .works, .helps, .undecided:
      rescue.verdict.rawValue
        + (rescue.judged.share.map { ", \(Numbers.percent($0, 0)) %" } ?? "")
    case .none, .harms, .unjudged: rescue.verdict.rawValue
    }
  }
}

extension Recovery {
  /// The share that comes back with its interval, such as `52 % [43, 62]`; nil where there was no loss.
  var shareText: String? {
    share.map { share in
      "\(Numbers.percent(share, 0)) %"
        + (shareInterval.map {
          " [\(Numbers.percent($0.lower, 0)), \(Numbers.percent($0.upper, 0))]"
        } ?? "")
    }
  }
}

extension Rescue {
  /// What the defence is told of the poison, such as `rate=0.1 (true)`.
  var told: String {
    let told = DefenseCatalog.told(defense)
    let shares = told.shares.map { pair in
      "\(pair.name)=\(pair.value)"
        + (level != .clean && Double(pair.value) == level.share ? " (true)" : "")
    }
    return (shares + (told.seesTrusted ? ["trusted rows"] : [])).joined(separator: ", ")
  }
}

extension [CellSummary] {
  /// The mean over the cells of the means of a measure; nil where none has it.
  func mean(of measure: Measure) -> Double? {
    let means = map { $0[measure] }.filter { $0.count > 0 }.map(\.mean)
    return means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
  }
}

import Documents
public import Poisoning

extension [AttackEntry] {
  /// The catalogue as text, for people, one row an attack.
  public var lines: [String] {
    Table(
      ["attack", "goal", "knows", "changes", "constraint", "flows", "what it does"].map {
        .text($0)
      },
      rows: map { entry in
        [
          entry.name, entry.threat.goal.rawValue, entry.threat.knowledgeText,
          entry.threat.changes == .both ? "both" : entry.threat.changes.rawValue,
          entry.threat.constraint.rawValue,
          entry.flows.count == Flow.allCases.count
            ? "any" : entry.flows.map(\.rawValue).joined(separator: ", "), entry.summary,
        ].map(Table.Value.text)
      },
      notes: ["any: replace, add or delete rows, as flow= says; runner attacks NAME tells more"]
        + (contains(where: \.threat.seesValidation)
          ? ["*: and the validation rows, which it never changes"] : [])
    ).lines()
  }
}

extension AttackEntry {
  /// The attack in detail, for people.
  public var lines: [String] {
    var facts = Table([.text("threat model"), .text("", key: "value"), .text("", key: "meaning")])
    facts.append(["goal", .text(threat.goal.rawValue), .text(threat.goal.meaning)])
    facts.append(["knows", .text(threat.knowledge.rawValue), .text(threat.knowledge.meaning)])
    facts.append(["sees validation rows", threat.seesValidation ? "yes" : "no"])
    facts.append(["changes", .text(threat.changes.rawValue), .text(threat.changes.meaning)])
    facts.append(["respects", .text(threat.constraint.rawValue), .text(threat.constraint.meaning)])
    if let defense = threat.defenseAware { facts.append(["made to pass", .text(defense)]) }

    var shown = Table(parameters)
    shown.append([
      "flow", .text(flows.map(\.rawValue).joined(separator: " or ")),
      .text(flows.first.map { "\($0.rawValue): \($0.meaning)" } ?? ""),
    ])
    return [name, summary, ""] + facts.lines() + [""] + shown.lines() + naming
      + ["", "Example", "  \(example)"]
  }

  /// How classes and features are named, where parameters name some.
  private var naming: [String] {
    guard parameters.contains(where: { Self.naming.contains($0.name) }) else { return [] }
    return [
      "",
      "Classes and features are named as in the data, or by index from 0 unless all names are",
      "numbers. A name with a comma or a plus goes between quotation marks: class=\"a, b\".",
    ]
  }

  /// The parameters that name classes or features.
  private static let naming: Set = ["class", "from", "to", "features", "along"]

  /// A command with the attack, and with a parameter where there is one to show.
  private var example: String {
    let shown =
      needsParameters
      ? parameters.map { Specification.Pair(name: $0.name, value: $0.name.uppercased()) }
      : parameters.example
    return "runner attack --data iris --attack \(Specification(name, shown)) --poison 0.1"
      + (threat.seesValidation ? " --validation clean.csv" : "") + " --output poisoned.csv"
  }
}

extension Table {
  init(_ parameters: [Parameter]) {
    self.init(
      [.text("parameter"), .text("accepted"), .text("default")],
      rows: parameters.map { [.text($0.name), .text($0.accepted), .text($0.standard)] })
  }
}

extension [Parameter] {
  /// The first number of them as it is, to show how values are given.
  var example: [Specification.Pair] {
    first { Double($0.standard) != nil }
      .map { [Specification.Pair(name: $0.name, value: $0.standard)] } ?? []
  }
}

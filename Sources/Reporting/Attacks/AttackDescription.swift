import Documents
public import Poisoning

/// One attack of the catalogue in detail, for people.
public struct AttackDescription: Sendable {
  private let entry: AttackEntry

  /// The description of an entry.
  public init(_ entry: AttackEntry) { self.entry = entry }

  /// All lines, ready to print.
  public var lines: [String] {
    let threat = entry.threat
    var facts = Table([.text("threat model"), .text("", key: "value"), .text("", key: "meaning")])
    facts.append(["goal", .text(threat.goal.rawValue), .text(threat.goal.meaning)])
    facts.append(["knows", .text(threat.knowledge.rawValue), .text(threat.knowledge.meaning)])
    facts.append(["sees validation rows", threat.seesValidation ? "yes" : "no"])
    facts.append(["changes", .text(threat.changes.rawValue), .text(threat.changes.meaning)])
    facts.append(["respects", .text(threat.constraint.rawValue), .text(threat.constraint.meaning)])
    if let defense = threat.defenseAware { facts.append(["made to pass", .text(defense)]) }

    var parameters = Table(
      parameters: entry.parameters.map { ($0.name, $0.accepted, $0.standard) })
    parameters.append([
      "flow", .text(entry.flows.map(\.rawValue).joined(separator: " or ")),
      .text(entry.flows.first.map { "\($0.rawValue): \($0.meaning)" } ?? ""),
    ])
    return [entry.name, entry.summary, ""] + facts.lines() + [""] + parameters.lines()
      + ["", "Example", "  \(example)"]
  }

  /// A command with the attack, and with a parameter where there is one to show.
  private var example: String {
    let shown =
      entry.needsParameters
      ? entry.parameters.map { Specification.Pair(name: $0.name, value: $0.name.uppercased()) }
      : entry.parameters.first { Double($0.standard) != nil }
        .map { [Specification.Pair(name: $0.name, value: $0.standard)] } ?? []
    let text = Specification(entry.name, shown)
    return "runner attack --data iris --attack \(text) --poison 0.1"
      + (entry.threat.seesValidation ? " --validation clean.csv" : "")
      + " --output poisoned.csv"
  }
}

extension Table {
  /// The parameters of an attack or a defence.
  init(parameters: [(name: String, accepted: String, standard: String)]) {
    self.init([.text("parameter"), .text("accepted"), .text("default")])
    for parameter in parameters {
      append([.text(parameter.name), .text(parameter.accepted), .text(parameter.standard)])
    }
  }
}

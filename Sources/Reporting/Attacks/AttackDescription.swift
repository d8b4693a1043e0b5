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
    var facts = TextTable([("threat model", .left), ("", .left), ("", .left)])
    facts.append(["goal", threat.goal.rawValue, threat.goal.meaning])
    facts.append(["knows", threat.knowledge.rawValue, threat.knowledge.meaning])
    facts.append(["sees validation rows", threat.seesValidation ? "yes" : "no"])
    facts.append(["changes", threat.changes.rawValue, threat.changes.meaning])
    facts.append(["respects", threat.constraint.rawValue, threat.constraint.meaning])
    if let defense = threat.defenseAware { facts.append(["made to pass", defense]) }

    var parameters = TextTable([("parameter", .left), ("accepted", .left), ("default", .left)])
    for parameter in entry.parameters {
      parameters.append([parameter.name, parameter.accepted, parameter.standard])
    }
    parameters.append([
      "flow", entry.flows.map(\.rawValue).joined(separator: " or "),
      entry.flows.first.map { "\($0.rawValue): \($0.meaning)" } ?? "",
    ])
    return [entry.name, entry.summary, ""] + facts.lines + [""] + parameters.lines
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

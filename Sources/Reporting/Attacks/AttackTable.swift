public import Poisoning

/// The catalogue of attacks as text, for people.
public struct AttackTable: Sendable {
  private let entries: [AttackEntry]

  /// A table of entries.
  public init(_ entries: [AttackEntry]) { self.entries = entries }

  /// The table, one row an attack.
  public var lines: [String] {
    var table = Table(
      ["attack", "goal", "knows", "changes", "constraint", "flows", "what it does"].map {
        .text($0)
      })
    for entry in entries {
      table.append(
        [
          entry.name, entry.threat.goal.rawValue, entry.threat.knowledgeText,
          entry.threat.changes == .both ? "both" : entry.threat.changes.rawValue,
          entry.threat.constraint.rawValue,
          entry.flows.count == Flow.allCases.count
            ? "any" : entry.flows.map(\.rawValue).joined(separator: ", "), entry.summary,
        ].map(Table.Value.text))
    }
    table.notes = [
      "any: replace, add or delete rows, as flow= says; runner attacks NAME tells more"
    ]
    if entries.contains(where: \.threat.seesValidation) {
      table.notes.append("*: and the validation rows, which it never changes")
    }
    return table.lines()
  }
}

public import Poisoning

/// The catalogue of attacks as text, for people.
public struct AttackTable: Sendable {
  private let entries: [AttackEntry]

  /// A table of entries.
  public init(_ entries: [AttackEntry]) { self.entries = entries }

  /// Columns of a terminal that the table fits.
  private static let width = 118

  /// The table, one row an attack, the summary in as many lines as it needs.
  public var lines: [String] {
    let titles = ["attack", "goal", "knows", "changes", "constraint", "flows"]
    let facts = entries.map { entry in
      [
        entry.name, entry.threat.goal.rawValue, entry.threat.knowledgeText,
        entry.threat.changes == .both ? "both" : entry.threat.changes.rawValue,
        entry.threat.constraint.rawValue,
        entry.flows.count == Flow.allCases.count
          ? "any" : entry.flows.map(\.rawValue).joined(separator: ", "),
      ]
    }
    let used = titles.indices.reduce(0) { sum, column in
      sum + (([titles] + facts).map { $0[column].count }.max() ?? 0) + 2
    }
    var table = TextTable(
      (titles + ["what it does"]).map { ($0, TextTable.Alignment.left) })
    for (entry, fact) in zip(entries, facts) {
      let summary = entry.summary.wrapped(to: max(24, Self.width - used))
      table.append(fact + [summary[0]])
      for line in summary.dropFirst() { table.append(titles.map { _ in "" } + [line]) }
    }
    var notes = ["any: replace, add or delete rows, as flow= says; runner attacks NAME tells more"]
    if entries.contains(where: \.threat.seesValidation) {
      notes.append("*: and the validation rows, which it never changes")
    }
    return table.lines + [""] + notes
  }
}

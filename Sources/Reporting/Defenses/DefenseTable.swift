public import Defenses
import Documents
import Models

/// The catalogue of defences as text, for people.
public struct DefenseTable: Sendable {
  private let entries: [DefenseEntry]

  /// A table of entries.
  public init(_ entries: [DefenseEntry]) { self.entries = entries }

  /// The table, one row a defence.
  public var lines: [String] {
    var table = Table(
      (["defence", "family"] + ModelCatalog.names + ["cost", "what it does"]).map {
        .text($0)
      })
    for entry in entries {
      table.append(
        ([entry.name, entry.family.rawValue]
          + ModelCatalog.standard.map { Self.symbol(entry.applicability(to: $0.learner)) }
          + [entry.cost, entry.summary]).map(Table.Value.text))
    }
    table.notes = [
      "Y: in the training of the model itself; w: in front of it, as of any; -: not for it.",
      "Chains are joined by +, such as lof+trim; runner defenses NAME tells more.",
    ]
    return table.lines()
  }

  private static func symbol(_ applicability: Applicability) -> String {
    switch applicability {
    case .native: "Y"
    case .filter: "w"
    case .none: "-"
    }
  }
}

/// One defence of the catalogue in detail, for people.
public struct DefenseDescription: Sendable {
  private let entry: DefenseEntry

  /// The description of an entry.
  public init(_ entry: DefenseEntry) { self.entry = entry }

  /// All lines, ready to print.
  public var lines: [String] {
    var facts = Table([.text(""), .text("", key: "value")])
    facts.append(["family", .text(entry.family.rawValue)])
    let models = ModelCatalog.standard.filter { entry.applicability(to: $0.learner) != .none }
    facts.append(["for", .text(models.map(\.model).joined(separator: ", "))])
    facts.append(["cost", .text(entry.cost)])
    facts.append(["source", .text(entry.source)])
    let parameters = Table(
      parameters: entry.parameters.map { ($0.name, $0.accepted, $0.standard) })
    return [entry.name, entry.summary, ""] + facts.lines().dropFirst(2) + [""]
      + (entry.parameters.isEmpty ? ["no parameters"] : parameters.lines())
      + ["", "Example", "  \(example)"]
  }

  private var example: String {
    let number = entry.parameters.first { Double($0.standard) != nil }
      .map { Specification.Pair(name: $0.name, value: $0.standard) }
    let text = Specification(entry.name, number.map { [$0] } ?? [])
    let models = ModelCatalog.standard.filter { entry.applicability(to: $0.learner) == .native }
    return "runner train --attack flip --poison 0.2 --defense \(text)"
      + (models.first.map { $0.model == "softmax" ? "" : " --model \($0.model)" } ?? "")
  }
}

/// A defence of the catalogue for machines.
public struct DefenseEntryRecord: Encodable, Sendable {
  let name: String
  let summary: String
  let family: DefenseEntry.Family
  let parameters: [Parameter]
  let models: [String: Applicability]
  let needsTrusted: Bool
  let cost: String
  let source: String

  /// The record of an entry.
  public init(_ entry: DefenseEntry) {
    name = entry.name
    summary = entry.summary
    family = entry.family
    parameters = entry.parameters
    models = Dictionary(
      uniqueKeysWithValues: ModelCatalog.standard.map {
        ($0.model, entry.applicability(to: $0.learner))
      })
    needsTrusted = entry.needsTrusted
    cost = entry.cost
    source = entry.source
  }
}

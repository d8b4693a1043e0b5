public import Defenses
import Documents
import Models

extension [DefenseEntry] {
  /// The catalogue as text, for people, one row a defence.
  public var lines: [String] {
    Table(
      (["defence", "family"] + ModelCatalog.names + ["cost", "what it does"]).map { .text($0) },
      rows: map { entry in
        ([entry.name, entry.family.rawValue]
          + ModelCatalog.standard.map { Self.symbol(entry.applicability(to: $0.learner)) }
          + [entry.cost, entry.summary]).map(Table.Value.text)
      },
      notes: [
        "Y: in the training of the model itself; w: in front of it, as of any; -: not for it.",
        "Chains are joined by +, such as lof+trim; runner defenses NAME tells more.",
      ]
    ).lines()
  }

  private static func symbol(_ applicability: Applicability) -> String {
    switch applicability {
    case .native: "Y"
    case .filter: "w"
    case .none: "-"
    }
  }
}

extension DefenseEntry {
  /// The defence in detail, for people.
  public var lines: [String] {
    let facts = Table(
      [.text(""), .text("", key: "value")],
      rows: [
        ["family", .text(family.rawValue)],
        ["for", .text(models { $0 != .none }.joined(separator: ", "))],
        ["cost", .text(cost)], ["source", .text(source)],
      ])
    return [name, summary, ""] + facts.lines().dropFirst(2) + [""]
      + (parameters.isEmpty ? ["no parameters"] : Table(parameters).lines())
      + ["", "Example", "  \(example)"]
  }

  private var example: String {
    "runner train --attack flip --poison 0.2 --defense \(Specification(name, parameters.example))"
      + (models { $0 == .native }.first.map { $0 == "softmax" ? "" : " --model \($0)" } ?? "")
  }

  /// The models to which the defence is one of some things.
  private func models(where isMeant: (Applicability) -> Bool) -> [String] {
    ModelCatalog.standard.filter { isMeant(applicability(to: $0.learner)) }.map(\.model)
  }
}

extension DefenseEntry: Encodable {
  private enum CodingKeys: CodingKey {
    case name, summary, family, parameters, models, needsTrusted, cost, source
  }

  /// Writes the entry, and what the defence is to each model.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(summary, forKey: .summary)
    try container.encode(family, forKey: .family)
    try container.encode(parameters, forKey: .parameters)
    let models = ModelCatalog.standard.map { ($0.model, applicability(to: $0.learner)) }
    try container.encode(Dictionary(uniqueKeysWithValues: models), forKey: .models)
    try container.encode(needsTrusted, forKey: .needsTrusted)
    try container.encode(cost, forKey: .cost)
    try container.encode(source, forKey: .source)
  }
}

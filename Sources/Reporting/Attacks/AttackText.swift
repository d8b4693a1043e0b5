import Documents
import Poisoning

/// An attack as the text it can be asked for by, where there is no more of it, as in a store.
struct AttackText: Sendable {
  private let specification: Specification

  /// Takes a text such as `flip:flow=add` apart.
  init(_ text: String) { specification = Specification(text) }

  private var entry: AttackEntry? {
    AttackCatalog.entries.first { $0.name == specification.name }
  }

  /// What the attacker wants, which no parameter changes.
  var goal: ThreatModel.Goal { entry?.threat.goal ?? .availability }

  /// How its rows reach the training set: as the text says, or as the attack does by itself.
  var flow: Flow {
    specification["flow"].flatMap { Flow(rawValue: $0) } ?? entry?.flows.first ?? .replace
  }

  /// The text without the flow: attacks with the same make the same rows.
  var maker: String { specification.with("flow", nil).description }
}

import Poisoning

/// An attack as the text it can be asked for by, where there is no more of it, as in a store.
package struct AttackText: Sendable {
  /// The name of the attack.
  package let name: String

  /// Its parameters in their order, the flow among them.
  package let parameters: [(name: String, value: String)]

  /// Takes a text such as `flip:flow=add` apart.
  package init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    name = parts.first.map(String.init) ?? text
    parameters = (parts.count > 1 ? parts[1] : "").split(separator: ",").compactMap { pair in
      let sides = pair.split(separator: "=", maxSplits: 1)
      return sides.count == 2 ? (String(sides[0]), String(sides[1])) : nil
    }
  }

  private var entry: AttackEntry? { AttackCatalog.entries.first { $0.name == name } }

  /// What the attacker wants, which no parameter changes.
  var goal: ThreatModel.Goal { entry?.threat.goal ?? .availability }

  /// How its rows reach the training set: as the text says, or as the attack does by itself.
  var flow: Flow {
    parameters.first { $0.name == "flow" }.flatMap { Flow(rawValue: $0.value) }
      ?? entry?.flows.first ?? .replace
  }

  /// The text without the flow: attacks with the same make the same rows.
  var maker: String {
    let others = parameters.filter { $0.name != "flow" }.map { "\($0.name)=\($0.value)" }
    return others.isEmpty ? name : "\(name):\(others.joined(separator: ","))"
  }
}

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

  /// The text without the flow: attacks with the same make the same rows.
  package var maker: String {
    let others = parameters.filter { $0.name != "flow" }.map { "\($0.name)=\($0.value)" }
    return others.isEmpty ? name : "\(name):\(others.joined(separator: ","))"
  }
}

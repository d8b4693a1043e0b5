import Poisoning
import Sweeps

/// An attack of a study for machines, with its threat model.
struct StudiedAttack: Encodable {
  let name: String
  let flow: String
  let threat: ThreatModel

  /// The attacks of a study, each once, in its order.
  static func all(of study: Study) -> [StudiedAttack] {
    var attacks: [StudiedAttack] = []
    for condition in study.conditions where condition.level != .clean {
      let attack = condition.attack
      guard !attacks.contains(where: { $0.name == attack.specification }) else { continue }
      attacks.append(
        StudiedAttack(
          name: attack.specification, flow: attack.flow.rawValue, threat: attack.threat))
    }
    return attacks
  }
}

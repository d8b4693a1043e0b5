import Analyses
import Poisoning
import Store
import Sweeps

/// An attack of a study for machines, with its threat model.
struct StudiedAttack: Encodable {
  let name: String
  let flow: String
  let threat: ThreatModel

  /// The attacks of a study, each once, in its order.
  static func all(of facts: StudyFacts) -> [StudiedAttack] {
    facts.attacks.map {
      StudiedAttack(name: $0.name, flow: $0.flow.rawValue, threat: $0.threat)
    }
  }
}

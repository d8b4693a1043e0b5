import Poisoning
import Store
import Sweeps

/// An attack at a level for machines, with its threat model.
struct ConditionRecord: Encodable {
  /// The attack as it can be asked for; `none` where it does nothing.
  let name: String
  let level: Double
  let poisonedRows: Int
  let flow: String?
  let threat: ThreatModel?

  init(_ attack: StoredAttack?, _ level: PoisonLevel, poisonedRows: Int) {
    let isClean = level == .clean
    name = attack.map { isClean ? "none" : $0.name } ?? "none"
    self.level = level.share
    self.poisonedRows = poisonedRows
    flow = isClean ? nil : attack?.flow.rawValue
    threat = isClean ? nil : attack?.threat
  }
}

import Documents
import GRDB
public import Poisoning
package import Sweeps

/// What a store says of an attack: how its rows come in, and its threat model.
public struct StoredAttack: Sendable, Equatable, Encodable {
  /// The attack as it can be asked for.
  public let name: String

  /// How its rows reach the training set.
  public let flow: Flow

  /// What the attacker wants, knows and may change.
  public let threat: ThreatModel

  /// The name without the flow: attacks with the same make the same rows.
  package var maker: String { Specification(name).with("flow", nil).description }

  /// The record of an attack.
  package init(_ attack: any Attack) {
    (name, flow, threat) = (attack.specification, attack.flow, attack.threat)
  }

  private init(_ row: Row) throws {
    var fields = FieldReader(row)
    name = try fields.value()
    flow = try fields.named()
    // In the order of the columns.
    threat = ThreatModel(
      goal: try fields.named(), knowledge: try fields.named(),
      seesValidation: try fields.value(), changes: try fields.named(),
      constraint: try fields.named(),
      defenseAware: Optional(try fields.value() as String).flatMap { $0 == "none" ? nil : $0 })
  }

  /// Reads all attacks, in order.
  static func all(from database: Database) throws -> [StoredAttack] {
    let sql = """
      SELECT attack, flow, goal, knowledge, sees_validation, changes, limits, defense_aware
      FROM attack ORDER BY rowid
      """
    return try Row.fetchAll(database, sql: sql).map { row in try StoredAttack(row) }
  }

  func insert(into database: Database) throws {
    try database.insert(
      [
        name, flow.rawValue, threat.goal.rawValue, threat.knowledge.rawValue,
        threat.seesValidation, threat.changes.rawValue, threat.constraint.rawValue,
        threat.defenseAware ?? "none",
      ], into: "attack")
  }
}

extension Study {
  /// The attacks as a store has them, each once, in the order of the conditions.
  package var storedAttacks: [StoredAttack] {
    conditions.filter { $0.level != .clean }.map { StoredAttack($0.attack) }.distinct(by: \.name)
  }
}

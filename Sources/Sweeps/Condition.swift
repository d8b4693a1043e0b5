public import Defenses
public import Poisoning

/// One state of the training data: an attack at a level, and what is done against it.
public struct Condition: Sendable {
  /// The attack; at level 0 it does nothing.
  public let attack: any Attack

  /// The share of the training rows it poisons.
  public let level: PoisonLevel

  /// The defences, which never learn whether there was an attack.
  public let defense: DefenseChain

  /// The rows, where sets grow; nil for all training rows.
  public let rows: TrainingRows?

  /// Puts an attack, a level, defences and rows together.
  public init(
    attack: any Attack, level: PoisonLevel, defense: DefenseChain = .none,
    rows: TrainingRows? = nil
  ) {
    (self.attack, self.level) = (attack, level)
    (self.defense, self.rows) = (defense, rows)
  }

  /// Rows that nobody attacks.
  public static func clean(
    defense: DefenseChain = .none, rows: TrainingRows? = nil
  ) -> Condition {
    Condition(attack: NoAttack(), level: .clean, defense: defense, rows: rows)
  }

  /// The number of rows it poisons of `count` training rows.
  ///
  /// - Precondition: The study has checked the level against as many rows.
  func rowCount(of count: Int) -> Int {
    guard let rows = try? attack.flow.rowCount(level, of: count) else {
      preconditionFailure("A level of \(level) that was not checked")
    }
    return rows
  }

  /// The attack as it can be asked for; `none` where it does nothing.
  public var attackName: String { level == .clean ? "none" : attack.specification }

  /// The defences as they can be asked for; `none` where there is none.
  public var defenseName: String { defense.specification }

  /// Whether nothing is done to the rows, neither by an attack nor against one.
  var isReference: Bool { level == .clean && defense.isEmpty }
}

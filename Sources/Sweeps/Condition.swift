public import Poisoning

/// One state of the training data: an attack at a level.
public struct Condition: Sendable {
  /// The attack; at level 0 it does nothing.
  public let attack: any Attack

  /// The share of the training rows it poisons.
  public let level: PoisonLevel

  /// Puts an attack and a level together.
  public init(attack: any Attack, level: PoisonLevel) {
    self.attack = attack
    self.level = level
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
}

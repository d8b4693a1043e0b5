/// A share of poison that an attack cannot be carried out at.
public enum PoisoningError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A poison level outside 0...1.
  case levelOutOfRange(Double)

  /// A level that replaces every row of a training set of this size.
  case noCleanRow(level: PoisonLevel, rowCount: Int)

  /// More rows asked for than the attack can poison.
  case budgetTooLarge(attack: String, level: PoisonLevel, rowCount: Int, available: Int)

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .levelOutOfRange(let share):
      return "A poison level cannot be \(share); it is a share of the training rows, "
        + "from 0 to 1, such as 0.05 for 5 %"
    case .noCleanRow(let level, let rowCount):
      return "A poison level of \(level) leaves none of \(rowCount) training rows clean; "
        + "use a lower level"
    case .budgetTooLarge(let attack, let level, let rowCount, let available):
      return "\(attack) at \(level) would have to poison \(rowCount) training rows, but only "
        + "\(available) can be; use a lower level"
    }
  }
}

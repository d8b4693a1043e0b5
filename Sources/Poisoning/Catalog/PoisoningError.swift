import Documents

/// An attack that cannot be carried out as asked.
public enum PoisoningError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A poison level outside 0...1.
  case levelOutOfRange(Double)

  /// A level that replaces every row of a training set of this size.
  case noCleanRow(level: PoisonLevel, rowCount: Int)

  /// More rows asked for than the attack can poison.
  case budgetTooLarge(attack: String, level: PoisonLevel, rowCount: Int, available: Int)

  /// There is no attack of this name.
  case unknownAttack(String, accepted: [String])

  /// The attack has no parameter of this name.
  case unknownParameter(attack: String, name: String, accepted: [String])

  /// A parameter of the attack has a value it cannot have.
  case invalidParameter(attack: String, name: String, value: String, accepted: String)

  /// The attack cannot do without a parameter that was not given.
  case missingParameter(attack: String, name: String, accepted: String)

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
    case .unknownAttack(let name, let accepted):
      return "There is no attack \(name.quotedExcerpt)"
        + Suggestion.ending(for: name, among: accepted, noun: "attacks")
    case .unknownParameter(let attack, let name, let accepted):
      return accepted.isEmpty
        ? "The attack \(attack) has no parameters, so \(name.quotedExcerpt) cannot be one"
        : "The attack \(attack) has no parameter \(name.quotedExcerpt)"
          + Suggestion.ending(for: name, among: accepted, noun: "parameters")
    case .invalidParameter(let attack, let name, let value, let accepted):
      return
        "\(name) of the attack \(attack) cannot be \(value.quotedExcerpt); it must be \(accepted)"
    case .missingParameter(let attack, let name, let accepted):
      return "The attack \(attack) needs \(name), which must be \(accepted)"
    }
  }
}

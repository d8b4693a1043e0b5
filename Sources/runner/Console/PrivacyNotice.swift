import Reporting
import Sweeps

/// Which options make a guarantee of privacy hold that does not.
enum PrivacyNotice {
  /// Says on standard error why ε and δ do not hold, and what would make them.
  static func show(_ statement: PrivacyStatement, defense: String) {
    guard !statement.obstacles.isEmpty else { return }
    let remedies = statement.obstacles.map { obstacle in
      switch obstacle {
      case .scaler:
        "fit the scaler to rows that are not private by --trusted 0.1 --scaler-fit vouched, or "
          + "scale the features by bounds known without the data and choose --scaler none"
      case .rowDefenses(let names): "leave out \(names.joined(separator: "+"))"
      case .unfinishedFit: "choose a smaller --C"
      }
    }
    Console.note(
      "\(defense): no guarantee of privacy, because \(statement.reasons.joined(separator: "; "))\n"
        + "To have one: \(remedies.joined(separator: "; ")).")
  }

  /// Says so of each defence of some studies.
  static func show(_ studies: [Study]) {
    let all = studies.flatMap(\.privacyStatements)
    for (defense, statement) in all.distinct(by: \.defense) { show(statement, defense: defense) }
  }
}

/// How what an attack makes reaches the training set.
public enum Flow: String, Sendable, CaseIterable, Codable {
  /// The rows it takes are overwritten: n stays, and k clean rows are lost.
  case replace
  /// What it makes of them is appended as new rows: all n clean rows stay.
  case add
  /// The rows it takes are removed and nothing comes in their place: the control that tells lost
  /// clean rows from active harm.
  case delete

  /// The number k of rows of an attack at a level on n clean rows.
  ///
  /// A level is the share p of the final training set that is poisoned: k = p·n where rows are
  /// replaced, or the same rows deleted, and k = n·p/(1 − p) where they are added; half is rounded
  /// up.
  /// - Throws: `PoisoningError.noCleanRow` when nothing clean would be left.
  public func rowCount(_ level: PoisonLevel, of count: Int) throws(PoisoningError) -> Int {
    switch self {
    case .replace, .delete: try level.rowCount(of: count)
    case .add: try level.addedRowCount(to: count)
    }
  }

  /// The number of training rows once k of them were attacked on n.
  public func trainingCount(_ count: Int, poisoned: Int) -> Int {
    switch self {
    case .replace: count
    case .add: count + poisoned
    case .delete: count - poisoned
    }
  }
}

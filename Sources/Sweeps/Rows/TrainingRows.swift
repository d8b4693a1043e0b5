/// Which rows of a set that grows are trained on: the first, which an attack gets, and clean ones after.
public struct TrainingRows: Sendable, Hashable, Comparable {
  /// Number of rows that the level of an attack refers to.
  public let attacked: Int

  /// Number of clean rows that follow, beyond the reach of the attack.
  public let added: Int

  /// Takes the first `attacked` rows and `added` more.
  public init(attacked: Int, added: Int = 0) {
    (self.attacked, self.added) = (attacked, added)
  }

  /// Number of rows before any attack.
  public var count: Int { attacked + added }

  /// Orders by the rows attacked, then by those added.
  public static func < (a: TrainingRows, b: TrainingRows) -> Bool {
    (a.attacked, a.added) < (b.attacked, b.added)
  }
}

/// What a command wants of a store, so that whoever opens it later shows the same.
public struct StudyRequest: Sendable, Equatable {
  /// What the study is about, which says how it is shown.
  public enum Kind: String, Sendable, CaseIterable {
    /// Levels of one attack, and other attacks at the highest.
    case experiment
    /// Attacks against each other.
    case tournament
    /// Defences against attacks.
    case mitigation
    /// A grid.
    case sweep
    /// Numbers of clean rows against poison.
    case curves
  }

  /// What the study is about.
  public let kind: Kind

  /// How many seeds.
  public let extent: SweepExtent

  /// What took no part, and why.
  public let leftOut: [String]

  /// The text of the plan file, if there was one.
  public let planText: String?

  /// Puts a request together.
  public init(
    _ kind: Kind, _ extent: SweepExtent, leftOut: [String] = [], planText: String? = nil
  ) {
    (self.kind, self.extent) = (kind, extent)
    (self.leftOut, self.planText) = (leftOut, planText)
  }
}

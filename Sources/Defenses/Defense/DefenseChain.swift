public import Documents
public import Models

/// Defences one after another: those that judge rows, and at the end at most one that trains.
public struct DefenseChain: Sendable {
  /// The defences that judge rows, in order.
  public let rowDefenses: [any RowDefense]

  /// The defence in the way the model is trained.
  public let training: (any TrainingDefense)?

  /// The chain in the form it can be asked for by: `lof:n_neighbors=10+trim`, or `none`.
  public let specification: String

  /// No defence.
  public static let none = DefenseChain()

  private init() { (rowDefenses, training, specification) = ([], nil, "none") }

  /// Puts defences together; none at all is `none`.
  ///
  /// - Throws: `SpecificationError` for two that change how the model is trained, or one that judges rows
  ///   after such a one.
  public init(_ stages: [Defense]) throws(SpecificationError) {
    var rowDefenses: [any RowDefense] = []
    var training: (any TrainingDefense)?
    for stage in stages {
      switch (stage, training) {
      case (.rows(let defense), nil): rowDefenses.append(defense)
      case (.training(let defense), nil): training = defense
      case (.rows(let defense), let training?):
        throw SpecificationError(
          .defense, defense.name,
          .unfit(
            reason: "\(defense.name) judges rows, so it must stand before \(training.name) in the "
              + "chain"))
      case (.training(let defense), let training?):
        throw SpecificationError(
          .defense, defense.name,
          .unfit(
            reason: "A chain cannot have both \(training.name) and \(defense.name): each says how "
              + "the model is trained"))
      }
    }
    (self.rowDefenses, self.training) = (rowDefenses, training)
    specification =
      stages.isEmpty ? "none" : Specification.chain(stages.map(\.specification))
  }

  /// Whether there is no defence.
  public var isEmpty: Bool { rowDefenses.isEmpty && training == nil }

  /// Whether verdicts on rows depend on the model that is to be trained.
  public var usesModel: Bool { rowDefenses.contains { $0.usesModel } }

  /// The first defence that needs trusted rows.
  public var trustingDefense: String? { rowDefenses.first { $0.needsTrusted }?.name }

  /// Whether a model can be trained behind the chain.
  public func isApplicable(to learner: any Learner) -> Bool {
    training?.applies(to: learner) ?? true
  }
}

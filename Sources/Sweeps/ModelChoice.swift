public import Models

/// A model with its parameters, under the name it has in tables.
public struct ModelChoice: Sendable {
  /// Which model.
  public let kind: ModelKind

  /// Its parameters.
  public let parameters: Hyperparameters

  /// The model ready to learn.
  public let learner: any Learner

  /// Chooses a model.
  ///
  /// - Throws: `ModelsError.invalidParameter` for a value it cannot have.
  public init(_ kind: ModelKind, _ parameters: Hyperparameters = Hyperparameters())
    throws(ModelsError)
  {
    self.kind = kind
    self.parameters = parameters
    learner = try kind.learner(parameters)
  }

  /// The name in tables and files.
  public var name: String { kind.rawValue }
}

public import Models

/// A model with its parameters, under the name it has in tables.
public struct ModelChoice: Sendable {
  /// Which model.
  public let kind: ModelKind

  /// Its parameters.
  public let parameters: Hyperparameters

  /// The model ready to learn.
  public let learner: any Learner

  /// The model as it can be asked for: `rbf-svm:C=10,gamma=0.5`.
  ///
  /// Only parameters that the model has and that differ from their defaults, by name.
  public let name: String

  /// Every model with its default parameters.
  public static let standard = ModelKind.allCases.compactMap { try? ModelChoice($0) }

  /// Chooses a model.
  ///
  /// - Throws: `ModelsError.invalidParameter` for a value it cannot have.
  public init(_ kind: ModelKind, _ parameters: Hyperparameters = Hyperparameters())
    throws(ModelsError)
  {
    self.kind = kind
    self.parameters = parameters
    learner = try kind.learner(parameters)
    let defaults = kind.description(of: Hyperparameters())
    let changed = zip(kind.description(of: parameters), defaults)
      .filter { $0.value != $1.value }
      .map { "\($0.0.name)=\($0.0.value)" }
    name =
      changed.isEmpty
      ? kind.rawValue : "\(kind.rawValue):\(changed.sorted().joined(separator: ","))"
  }
}

import Documents

/// One defence of a chain.
public enum Defense: Sendable {
  /// It judges rows.
  case rows(any RowDefense)
  /// It changes how the model is trained.
  case training(any TrainingDefense)

  /// The name users call the defence by.
  public var name: String {
    switch self {
    case .rows(let defense): defense.name
    case .training(let defense): defense.name
    }
  }

  /// Parameters that differ from the defaults.
  public var parameters: [String: String] {
    switch self {
    case .rows(let defense): defense.parameters
    case .training(let defense): defense.parameters
    }
  }

  /// The name with its parameters, in the form the defence can be asked for by.
  public var specification: String { Specification(name, parameters).description }
}

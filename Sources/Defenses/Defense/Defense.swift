import Documents

/// One defence of a chain.
public enum Defense: Sendable {
  /// It judges rows.
  case rows(any RowDefense)
  /// It changes how the model is trained.
  case training(any TrainingDefense)

  /// The name with its parameters, in the form the defence can be asked for by.
  public var specification: String {
    switch self {
    case .rows(let defense): Specification(defense.name, defense.parameters).description
    case .training(let defense): Specification(defense.name, defense.parameters).description
    }
  }
}

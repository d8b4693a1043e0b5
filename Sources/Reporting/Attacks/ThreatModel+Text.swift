import Poisoning

extension ThreatModel {
  /// What is known, short; a star for validation rows.
  var knowledgeText: String { knowledge.rawValue + (seesValidation ? " *" : "") }

  var line: String {
    "goal \(goal.rawValue); knows \(knowledge.rawValue)"
      + (seesValidation ? " and the validation rows" : "")
      + "; changes \(changes.rawValue); constraint \(constraint.rawValue)"
      + (defenseAware.map { "; made to pass \($0)" } ?? "")
  }
}

extension ThreatModel.Goal {
  var meaning: String {
    switch self {
    case .availability: "lower accuracy on all rows"
    case .targeted: "another class for one chosen row"
    case .backdoor: "another class for every row that carries a trigger"
    case .subpopulation: "lower accuracy on one group of rows"
    }
  }
}

extension ThreatModel.Knowledge {
  var meaning: String {
    switch self {
    case .none: "the rows it changes and, at most, the ranges of the features"
    case .data: "the training rows"
    case .surrogate: "the training rows and the kind of model, of which it trains one"
    case .whiteBox: "the training rows, the model and its parameters"
    }
  }
}

extension ThreatModel.Change {
  var meaning: String {
    switch self {
    case .features: "features of a row"
    case .labels: "the label of a row"
    case .both: "features and label of a row"
    case .presence: "whether a row is there"
    }
  }
}

extension ThreatModel.Constraint {
  var meaning: String {
    switch self {
    case .none: "nothing"
    case .box: "each feature stays within its range over the clean training rows"
    case .values: "each value is one that its feature has in some clean training row"
    case .rows: "the features are those of some clean training row"
    }
  }
}

extension Flow {
  var meaning: String {
    switch self {
    case .replace: "rows are overwritten"
    case .add: "rows are added, all clean ones stay"
    case .delete: "rows are removed: the control"
    }
  }
}

import Documents
package import Models
public import Poisoning

/// A cell of a study, a condition × a model, by what its parts are called.
public struct StudyCell: Sendable, Hashable {
  /// The attack as it can be asked for; `none` at level 0.
  public let attackName: String

  /// The level.
  public let level: PoisonLevel

  /// The rows that are attacked and those added after them.
  public let rows: TrainingRows

  /// The defences as they can be asked for; `none` where there is none.
  public let defenseName: String

  /// The model in the catalogue.
  public let model: String

  /// Its parameters, such as `C=1, tol=1e-08`.
  public let parameters: String

  /// The model as it can be asked for, with the parameters that differ from their defaults.
  public let modelName: String

  /// Names a cell.
  package init(
    attackName: String, level: PoisonLevel, rows: TrainingRows, defenseName: String, model: String,
    parameters: String
  ) {
    (self.attackName, self.level, self.rows) = (attackName, level, rows)
    (self.defenseName, self.model, self.parameters) = (defenseName, model, parameters)
    modelName = (try? ModelChoice(Specification(model, list: parameters)))?.name ?? model
  }

  init(_ condition: Condition, _ choice: ModelChoice, of study: Study) {
    (attackName, level) = (condition.attackName, condition.level)
    rows = condition.rows ?? TrainingRows(attacked: study.trainingCount)
    defenseName = condition.defenseName
    (model, modelName, parameters) = (choice.model, choice.name, choice.specification.list)
  }

  /// The model with its parameters; nil where a store is from another version.
  package var choice: ModelChoice? { try? ModelChoice(Specification(model, list: parameters)) }
}

extension Study {
  /// The cells as a store has them: conditions outermost, models innermost.
  ///
  /// A condition that is there twice has equal cells; a store has one of them.
  package var storedCells: [StudyCell] {
    conditions.flatMap { condition in models.map { StudyCell(condition, $0, of: self) } }
  }
}

import Defenses
import Models

/// The place of a cell in a study: a condition × a model.
public struct CellIndex: Sendable, Hashable {
  /// The index of the condition.
  public let condition: Int

  /// The index of the model.
  public let model: Int

  /// Names a cell.
  public init(condition: Int, model: Int) {
    (self.condition, self.model) = (condition, model)
  }
}

/// The order of cells: conditions outermost, models innermost.
extension Study {
  /// Number of cells.
  public var cellCount: Int { conditions.count * models.count }

  /// All cells in their order.
  public var cellIndices: [CellIndex] { (0..<cellCount).map(cell) }

  /// The cell at a place in the order.
  public func cell(_ position: Int) -> CellIndex {
    CellIndex(condition: position / models.count, model: position % models.count)
  }

  /// The place of a cell in the order.
  public func position(of cell: CellIndex) -> Int { cell.condition * models.count + cell.model }

  func position(_ condition: Int, _ model: Int) -> Int { condition * models.count + model }

  /// Whether a cell is fitted: a defence in training may not be for the kind of model.
  public func isFitted(_ cell: CellIndex) -> Bool {
    conditions[cell.condition].defense.isApplicable(to: models[cell.model].learner)
  }

  /// Number of cells that are fitted.
  public var fittedCount: Int { cellIndices.count(where: isFitted) }

  /// The clean cell of the same model on as many rows, if there is one.
  func cleanCell(of cell: CellIndex) -> CellIndex? {
    let rows = conditions[cell.condition].rows
    return conditions.firstIndex { $0.isReference && $0.rows?.count == rows?.count }
      .map { CellIndex(condition: $0, model: cell.model) }
  }

  /// The cell with the same attack, level, rows and model and no defence; nil where there is none, or
  /// `cell` has none itself.
  func undefendedCell(of cell: CellIndex) -> CellIndex? {
    let condition = conditions[cell.condition]
    guard !condition.defense.isEmpty else { return nil }
    return conditions.firstIndex {
      $0.defense.isEmpty && $0.rows == condition.rows && $0.level == condition.level
        && $0.attackName == condition.attackName
    }.map { CellIndex(condition: $0, model: cell.model) }
  }
}

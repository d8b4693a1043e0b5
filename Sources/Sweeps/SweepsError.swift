public import Datasets
public import Documents
public import Poisoning

/// A study that cannot be run as asked.
public enum SweepsError: Error, Sendable, CustomStringConvertible {
  /// The data set cannot be split so.
  case dataset(DatasetsError)

  /// The rows of a file for validation do not fit the data.
  case validation(RowsMismatch)

  /// Groups of rows that are both in the data and in a file for validation.
  case sharedGroups(file: String, column: String, names: [String])

  /// Data whose rows belong together, or have weights, where a generator draws others.
  case rowColumnOfGenerator(column: String)

  /// A file for validation where a generator draws the rows.
  case validationOfGenerator

  /// The attack cannot be carried out at the level.
  case poisoning(PoisoningError)

  /// An attack or a defence cannot be had so.
  case specification(SpecificationError)

  /// A defence in training that is for none of the models.
  case defenseWithoutModel(defense: String, models: [String])

  /// A scaler of vouched rows, of which there are none; `areDrawn` where a generator has none to give.
  case noVouchedRows(areDrawn: Bool)

  /// A condition that trains on more rows than a seed has.
  case rowsNotThere(TrainingRows, available: Int)

  /// No level above 0, where there must be one.
  case noPoisonLevel

  /// No attack is left to run.
  case noAttack(reason: String)

  /// No defence is named.
  case noDefense

  /// More cells than a study can have.
  case tooManyCells(limit: Int)

  /// Curves about a number of rows that there are not; `available` is nil for a generator.
  case baseOutOfRange(Int, available: Int?)

  /// Curves about so many rows that none are left to add.
  case noRowsToAdd(base: Int, available: Int)

  /// A number of seeds that cannot be.
  case extent(SweepExtentError)

  /// More neighbours than the split leaves training rows.
  case tooManyNeighbors(Int, trainingCount: Int)

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .dataset(let error): "\(error)"
    case .validation(let error): "\(error)"
    case .validationOfGenerator:
      "The rows of a file cannot be judged on where a generator draws the others; accepted then: none"
    case .sharedGroups(let file, let column, let names):
      "\(file) has \(names.count == 1 ? "a group" : "\(names.count) groups") of \(column.quotedExcerpt) "
        + "that the data have, too: \(names.prefix(5).map(\.quotedExcerpt).joined(separator: ", "))"
        + (names.count > 5 ? ", …" : "") + "; accepted: rows of other groups"
    case .rowColumnOfGenerator(let column):
      "The rows that a generator draws have no groups and no weights, so \(column.quotedExcerpt) says nothing of "
        + "them; accepted: rows of the data, or no such column"
    case .poisoning(let error): "\(error)"
    case .specification(let error): "\(error)"
    case .defenseWithoutModel(let defense, let models):
      "The defence \(defense) is not for \(models.joined(separator: ", ")); "
        + "`runner defenses` says which models each is for"
    case .noVouchedRows(let areDrawn):
      "No rows are kept apart to fit the scaler to; "
        + (areDrawn
          ? "a generator has none, so fit it to others"
          : "set a share of trusted rows above 0, such as 0.1")
    case .rowsNotThere(let rows, let available):
      "Cannot train on \(rows.attacked) rows and \(rows.added) more: a seed has \(available) rows "
        + "to train on"
    case .noPoisonLevel: "There must be a level above 0, such as 0.1"
    case .noAttack(let reason): "No attack can be carried out; \(reason)"
    case .noDefense: "No defence is named; name one at least"
    case .tooManyCells(let limit):
      "The grid has more than \(limit) cells, conditions × models; use fewer levels, attacks, "
        + "defences or models"
    case .baseOutOfRange(let base, let available):
      "Curves cannot be about \(base) rows; accepted: 2 to "
        + (available.map { "\($0), the rows that are not for validation" } ?? "as many as fit")
    case .noRowsToAdd(let base, let available):
      "\(base) rows leave no rows to add: there are \(available); use fewer"
    case .extent(let error): "\(error)"
    case .tooManyNeighbors(let neighbors, let rows):
      "n_neighbors cannot be \(neighbors): the split leaves \(rows) training rows; "
        + "it must be from 1 to \(rows)"
    }
  }
}

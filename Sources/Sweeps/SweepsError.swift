public import Datasets
public import Defenses
public import Poisoning

/// A study that cannot be run as asked.
public enum SweepsError: Error, Sendable, CustomStringConvertible {
  /// The data set cannot be split so.
  case dataset(DatasetsError)

  /// The attack cannot be carried out so.
  case poisoning(PoisoningError)

  /// The defence cannot be carried out so.
  case defense(DefensesError)

  /// A defence in training that is for none of the models.
  case defenseWithoutModel(defense: String, models: [String])

  /// A condition that trains on more rows than a seed has.
  case rowsNotThere(TrainingRows, available: Int)

  /// More neighbours than the split leaves training rows.
  case tooManyNeighbors(Int, trainingCount: Int)

  /// What is wrong and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .dataset(let error): "\(error)"
    case .poisoning(let error): "\(error)"
    case .defense(let error): "\(error)"
    case .defenseWithoutModel(let defense, let models):
      "The defence \(defense) is not for \(models.joined(separator: ", ")); "
        + "`runner defenses` says which models each is for"
    case .rowsNotThere(let rows, let available):
      "Cannot train on \(rows.attacked) rows and \(rows.added) more: a seed has \(available) rows "
        + "to train on"
    case .tooManyNeighbors(let neighbors, let rows):
      "n_neighbors cannot be \(neighbors): the split leaves \(rows) training rows; "
        + "it must be from 1 to \(rows)"
    }
  }
}

public import Datasets

/// Where the rows of a seed come from.
public enum RowSource: Sendable {
  /// A split of the data set; every condition trains on all training rows.
  case split

  /// A split of the data set whose training rows are taken one after another, as a set grows.
  case growing

  /// Rows drawn anew for every seed, `pool` to train on at most and `validation` to be judged on.
  case generator(GeneratorChoice, pool: Int, validation: Int)

  /// Whether conditions say which rows they train on.
  public var grows: Bool {
    if case .split = self { false } else { true }
  }
}

import ArgumentParser
import Datasets

/// What the columns of a file are for, how it is written, and how it becomes numbers.
struct ColumnOptions: ParsableArguments {
  // A negative index looks like an option, hence the unconditional parsing.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a CSV or .npy file that holds the classes: its name or its index from 0; -1 is "
        + "the last. Files of Orange and scikit-learn say it themselves. Of .npz files the array, of IDX the file of labels, where they are not found.",
      valueName: "column"))
  var target: String?

  @OptionGroup var ignored: IgnoreOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a file that says which rows belong together, such as those of one person; it is "
        + "no feature, and no group is on both sides of a split.", valueName: "column"))
  var group: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a file that says how much each row counts in fits: numbers from 0 up, which "
        + "multiply C as scikit-learn's sample_weight does; it is no feature. Accuracy counts rows "
        + "alike.", valueName: "column"))
  var weights: String?

  @OptionGroup var encoding: EncodingOption

  @OptionGroup var dialect: DialectOption

  /// Whether nothing is said.
  var isEmpty: Bool {
    target == nil && ignored.ignore.isEmpty && group == nil && weights == nil
      && encoding.isEmpty && dialect.isEmpty
  }

  /// The options that are given, as they are written.
  var words: [String] {
    (target.map { ["--target", $0] } ?? []) + ignored.ignore.flatMap { ["--ignore", $0] }
      + (group.map { ["--group", $0] } ?? []) + (weights.map { ["--weights", $0] } ?? [])
      + encoding.words + dialect.words
  }

  /// How a table is read whose classes are in a column.
  func tableOptions(target: String?) -> TableOptions {
    var options = dialect.tableOptions(target: target, ignore: ignored.columns)
    options.group = group.map { ColumnReference($0) }
    options.weights = weights.map { ColumnReference($0) }
    options.encoding = encoding.options
    return options
  }
}

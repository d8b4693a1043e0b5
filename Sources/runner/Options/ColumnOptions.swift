import ArgumentParser
import Datasets

/// What the columns of a file are for, and how it is written.
struct ColumnOptions: ParsableArguments {
  // A negative index looks like an option, hence the unconditional parsing.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a CSV or .npy file that holds the classes: its name or its index from 0; -1 is "
        + "the last. Of .npz files the array, of IDX the file of labels, where they are not found.",
      valueName: "column"))
  var target: String?

  @OptionGroup var ignored: IgnoreOption

  @OptionGroup var dialect: DialectOption

  /// Whether nothing is said.
  var isEmpty: Bool { target == nil && ignored.ignore.isEmpty && dialect.isEmpty }

  /// The options that are given, as they are written.
  var words: [String] {
    (target.map { ["--target", $0] } ?? []) + ignored.ignore.flatMap { ["--ignore", $0] }
      + dialect.words
  }
}

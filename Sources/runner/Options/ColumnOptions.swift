import ArgumentParser

/// What the columns of a file are for.
struct ColumnOptions: ParsableArguments {
  // A negative index looks like an option, hence the unconditional parsing.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a CSV or .npy file that holds the classes: its name or its index from 0; -1 is "
        + "the last. Of .npz files the array, of IDX the file of labels, where they are not found.",
      valueName: "column"))
  var target: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A column to leave out, such as a row number; may be repeated.", valueName: "column"))
  var ignore: [String] = []

  @Flag(help: "The first line of a CSV file is data, not column names.")
  var noHeader = false
}

import ArgumentParser
import Datasets

/// The columns of a file that are left out.
struct IgnoreOption: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Columns to leave out, such as row numbers, with commas between them; a name that has one is "
        + "put into quotation marks. May be repeated.", valueName: "columns"))
  var ignore: [String] = []

  init() {}

  init(_ names: [String]) { ignore = names.map(ColumnReference.item) }

  /// The columns, in the order in which they are named.
  var columns: [ColumnReference] { ignore.flatMap(ColumnReference.list) }
}

import ArgumentParser
import Datasets
import Foundation

/// Which data to use.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A CSV file, or one of \(EmbeddedDataset.names.joined(separator: ", ")).",
      valueName: "file|name"))
  var data = EmbeddedDataset.iris.rawValue

  @Option(
    help: ArgumentHelp(
      "The column of a CSV file that holds the classes: its name or its index from 0; -1 is the "
        + "last.", valueName: "column"))
  var target: String?

  @Option(
    help: ArgumentHelp(
      "A column of a CSV file to leave out, such as a row number; may be repeated.",
      valueName: "column"))
  var ignore: [String] = []

  @Flag(help: "The first line of a CSV file is data, not column names.")
  var noHeader = false

  /// Reads the data.
  func load() throws(Failure) -> Dataset {
    if let embedded = EmbeddedDataset(rawValue: data) {
      guard target == nil, ignore.isEmpty, !noHeader else {
        throw .usage(
          "--target, --ignore and --no-header are for CSV files; \(data) is built in")
      }
      return embedded.load()
    }
    guard data.contains("/") || data.contains(".") || FileManager.default.fileExists(atPath: data)
    else {
      let nearest = Suggestion.nearest(to: data, among: EmbeddedDataset.names)
      throw .usage(
        "--data \(data) is neither a file nor a built-in data set"
          + (nearest.map { "; did you mean \($0)?" } ?? ";")
          + " built in: \(EmbeddedDataset.names.joined(separator: ", "))")
    }
    guard let target else {
      throw .usage(
        "--data \(data) needs --target, the name or index of the column that holds the classes")
    }
    let options = CSVOptions(
      hasHeader: !noHeader, target: ColumnReference(target),
      ignoredColumns: ignore.map { ColumnReference($0) })
    do {
      return try CSVReader.read(contentsOf: data, options: options)
    } catch {
      throw Failure(error)
    }
  }
}

extension EmbeddedDataset {
  /// The names of the built-in data sets.
  static var names: [String] { allCases.map(\.rawValue) }
}

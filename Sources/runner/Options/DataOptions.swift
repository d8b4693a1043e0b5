import ArgumentParser
import Datasets
import Documents
import Publishing
import Store
import Sweeps

/// Which data to use.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A CSV file, or one of \(EmbeddedDataset.names.joined(separator: ", ")).",
      valueName: "file|name"))
  var data = EmbeddedDataset.iris.rawValue

  @OptionGroup var columns: ColumnOptions

  init() {}

  init(_ data: String, _ columns: ColumnOptions) { (self.data, self.columns) = (data, columns) }

  init(_ source: DataSource) {
    columns = ColumnOptions()
    data = source.text
    columns.target = source.target
    columns.ignore = source.ignoredColumns
    columns.noHeader = !source.hasHeader
  }

  /// The file; nil for built-in data.
  var path: String? { EmbeddedDataset(rawValue: data) == nil ? data : nil }

  /// Where the data come from, for those who look at a run.
  var origin: DataOrigin { path.map(DataOrigin.file) ?? .embedded(name: data) }

  /// Reads the data that a plan names; what is wrong with the data comes as `DatasetsError`.
  func read() throws -> Dataset {
    try EmbeddedDataset(rawValue: data)?.load()
      ?? format.dataset(contentsOf: data, options: options(target: columns.target ?? ""))
  }

  func load() throws(Failure) -> Dataset {
    if let embedded = try embedded() { return embedded.load() }
    let target = try fileTarget()
    do {
      return try format.dataset(contentsOf: data, options: options(target: target))
    } catch {
      throw refusal(error, target: target)
    }
  }

  /// Reads the data and the fields they are written as, those of `Dataset.csv` where they are no CSV.
  ///
  /// `option` names them in errors; nil where they are an argument.
  func loadWritten(option: String? = "--data") throws(Failure) -> (dataset: Dataset, rows: CSVRows)
  {
    let embedded = try embedded()
    let target = try embedded == nil ? fileTarget(option: option) : ""
    do {
      if let dataset = embedded?.load() { return (dataset, try dataset.rows()) }
      return try format.written(contentsOf: data, options: options(target: target))
    } catch {
      throw refusal(error, target: target, option: option)
    }
  }

  /// The data of a store, where they are built in or given, and where they come from.
  func dataset(of plan: StoredPlan) throws(Failure) -> (rows: Dataset, origin: DataOrigin)? {
    if CommandLine.count(of: "--data") > 0 { return (try load(), origin) }
    let known =
      EmbeddedDataset(rawValue: plan.datasetName)?.load()
      ?? GeneratorChoice(rawValue: plan.datasetName)?.specimen
    guard let known, known.digest == plan.datasetDigest else { return nil }
    return (known, .embedded(name: plan.datasetName))
  }

  private var format: any DataFormat { DataFormatCatalog.format(of: data) }

  /// How a file with the same columns is read.
  func options(like dataset: Dataset) -> TableOptions {
    options(target: columns.target ?? dataset.targetName)
  }

  /// The built-in set that is asked for.
  private func embedded() throws(Failure) -> EmbeddedDataset? {
    guard let embedded = EmbeddedDataset(rawValue: data) else { return nil }
    guard columns.target == nil, columns.ignore.isEmpty, !columns.noHeader else {
      throw .usage("--target, --ignore and --no-header are for CSV files; \(data) is built in")
    }
    return embedded
  }

  private func fileTarget(option: String? = "--data") throws(Failure) -> String {
    guard let target = columns.target else {
      guard looksLikeFile else { throw neitherFileNorName(option) }
      throw .usage(
        "\(Self.prefix(option))\(data) needs --target, the name or index of the column that holds the classes"
      )
    }
    return target
  }

  private var looksLikeFile: Bool { data.contains("/") || data.contains(".") }

  private func refusal(
    _ error: DatasetsError, target: String, option: String? = "--data"
  ) -> Failure {
    error.isInputOutput && !looksLikeFile
      ? neitherFileNorName(option) : Failure(error, target: target, data: option)
  }

  private static func prefix(_ option: String?) -> String { option.map { "\($0) " } ?? "" }

  private func options(target: String) -> TableOptions {
    TableOptions(
      hasHeader: !columns.noHeader, target: ColumnReference(target),
      ignoredColumns: columns.ignore.map { ColumnReference($0) })
  }

  private func neitherFileNorName(_ option: String?) -> Failure {
    .usage(
      "\(Self.prefix(option))\"\(data)\" is neither a file nor a built-in data set"
        + Suggestion.ending(for: data, among: EmbeddedDataset.names, noun: "built in"))
  }
}

/// What the columns of a CSV file are for.
struct ColumnOptions: ParsableArguments {
  // A negative index looks like an option, hence the unconditional parsing.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a CSV file that holds the classes: its name or its index from 0; -1 is the "
        + "last.", valueName: "column"))
  var target: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A column of a CSV file to leave out, such as a row number; may be repeated.",
      valueName: "column"))
  var ignore: [String] = []

  @Flag(help: "The first line of a CSV file is data, not column names.")
  var noHeader = false
}

extension EmbeddedDataset {
  static var names: [String] { allCases.map(\.rawValue) }
}

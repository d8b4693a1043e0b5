import ArgumentParser
import Datasets
import Documents
import Files
import Provenance
import Publishing
import Store
import Sweeps

/// Which data to use.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of rows: CSV, ARFF, NumPy's .npy or .npz, IDX as of MNIST, or LIBSVM, told apart by what "
        + "is in them and also compressed by gzip, zstd or zip; - for standard input; or one of "
        + "\(NamedDataset.names.joined(separator: ", ")).",
      valueName: "file|name"))
  var data = EmbeddedDataset.iris.rawValue

  @OptionGroup var columns: ColumnOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Take so many rows of the data, always the same, each class by its share; but for curves "
        + "also --rows. (default: all)",
      valueName: "count"),
    transform: number("a whole number from 4 up"))
  var sample: Int?

  init() {}

  init(_ data: String, _ columns: ColumnOptions) {
    (self.data, self.columns, sample) = (data, columns, nil)
  }

  init(_ source: DataSource) {
    columns = ColumnOptions()
    data = source.text
    columns.target = source.target
    columns.ignored = IgnoreOption(source.ignoredColumns)
    (columns.group, columns.weights) = (source.group, source.weights)
    columns.encoding = EncodingOption(source.encoding)
    columns.dialect = DialectOption(source.dialect, header: source.hasHeader)
    sample = source.sample
  }

  func validate() throws {
    if let sample, sample < 4 {
      throw ValidationError("--sample cannot be \(sample); accepted: a whole number from 4 up")
    }
  }

  /// The file; nil for data that the program holds.
  var path: String? { NamedDataset(data).map(\.path) ?? data }

  /// Where the data come from, for those who look at a run.
  var origin: DataOrigin {
    guard let path else { return .embedded(name: data) }
    return path == InputFile.standardInput ? .unknown : .file(path: path)
  }

  /// What must be given again so that the same data are found.
  var words: [String] {
    guard NamedDataset(data) == nil || sample != nil else { return [] }
    return ["--data", data] + columns.words
      + (sample.map { ["--sample", "\($0)"] } ?? [])
  }

  /// Reads the data that a plan names; what is wrong with the data comes as `DatasetsError`.
  func read() throws(DatasetsError) -> LoadedData {
    if let named = NamedDataset(data) {
      return LoadedData(dataset: try sampled(named.load()), isKnown: true)
    }
    let file = try DataFile(contentsOf: data)
    let options = options(target: columns.target)
    try Self.requireTarget(file, options)
    try Self.tell(file, options)
    let dataset = try file.dataset(options: options)
    EncodingNotice(dataset, file: file.path).show()
    return LoadedData(
      dataset: try sampled(dataset), columns: try file.columns(options: options), isKnown: false,
      cleanedFile: LoadedData.cleanedFile(data))
  }

  func load() throws(Failure) -> LoadedData {
    try requireNoColumns()
    do {
      return try read()
    } catch {
      throw refusal(error)
    }
  }

  /// Reads the data and the fields they are written as, those of `Dataset.csv` where they are no CSV
  /// or not all of them.
  ///
  /// `option` names them in errors; nil where they are an argument.
  func loadWritten(option: String? = "--data") throws(Failure) -> (data: LoadedData, rows: CSVRows)
  {
    try requireNoColumns()
    do throws(DatasetsError) {
      guard sample == nil, NamedDataset(data) == nil else {
        let loaded = try read()
        return (loaded, try loaded.dataset.rows())
      }
      let file = try DataFile(contentsOf: data)
      let options = options(target: columns.target)
      try Self.requireTarget(file, options)
      try Self.tell(file, options)
      let (dataset, rows) = try file.written(options: options)
      EncodingNotice(dataset, file: file.path).show()
      let columns = try file.columns(options: options)
      return (LoadedData(dataset: dataset, columns: columns, isKnown: false), rows)
    } catch {
      throw refusal(error, option: option)
    }
  }

  /// The file whose rows are those of the data, one by one, as a log of provenance has it; nil where there is
  /// none.
  func recorded() throws(DatasetsError) -> ProvenanceStep.Table? {
    guard sample == nil, NamedDataset(data) == nil, InputFile.byteCount(of: data) != nil else {
      return nil
    }
    let options = options(target: columns.target)
    guard try DataFile(contentsOf: data).text(options: options) != nil else { return nil }
    return ProvenanceStep.Table(try TableVersion(contentsOf: data, options: options), path: data)
  }

  /// The data of a store, where they are built in or given, and where they come from.
  func dataset(of plan: StoredPlan) throws(Failure) -> (rows: LoadedData, origin: DataOrigin)? {
    if CommandLine.count(of: "--data") > 0 { return (try load(), origin) }
    // What is not installed is not at hand.
    let named = NamedDataset(plan.datasetName).flatMap { try? $0.load() }
    guard let known = named ?? GeneratorChoice(rawValue: plan.datasetName)?.specimen,
      known.digest == plan.datasetDigest
    else { return nil }
    let path = NamedDataset(plan.datasetName)?.path
    return (
      LoadedData(dataset: known, isKnown: true),
      path.map(DataOrigin.file) ?? .embedded(name: plan.datasetName)
    )
  }

  /// How a file with the same columns is read, and what is made of them.
  func options(like dataset: Dataset) -> TableOptions {
    var options = options(target: columns.target ?? dataset.targetName)
    if let encoding = dataset.encoding {
      options.encoding?.encoding = encoding
    } else {
      // Numbers alone, without the columns that were left out.
      options.ignoredColumns += dataset.remark?.columnsLeftOut.map { ColumnReference($0) } ?? []
      options.encoding = nil
    }
    return options
  }

  private func sampled(_ dataset: Dataset) throws(DatasetsError) -> Dataset {
    try sample.map { (count) throws(DatasetsError) in try dataset.sample(of: count) } ?? dataset
  }

  /// Refuses options that say how to read a file where the data are none of the user's.
  private func requireNoColumns() throws(Failure) {
    guard NamedDataset(data) == nil || columns.isEmpty else {
      let option = columns.words.first { $0.hasPrefix("--") } ?? "--target"
      throw .usage("\(option) is for files; \(data) is built in")
    }
  }

  private static func requireTarget(
    _ file: DataFile, _ options: TableOptions
  ) throws(DatasetsError) {
    guard options.target != nil || !file.needsTarget(options: options) else {
      throw .targetMissing(file: file.path)
    }
  }

  private var looksLikeFile: Bool { data.contains("/") || data.contains(".") }

  private func refusal(_ error: DatasetsError, option: String? = "--data") -> Failure {
    switch error {
    case .unreadableFile where !looksLikeFile: return neitherFileNorName(option)
    case .targetMissing(let file):
      return .usage(
        "\(Self.prefix(option))\(file) needs --target, the name or index of the column that holds the "
          + "classes")
    default:
      return Failure(
        error, target: columns.target, group: columns.group, weights: columns.weights,
        data: option)
    }
  }

  private static func prefix(_ option: String?) -> String { option.map { "\($0) " } ?? "" }

  private func options(target: String?) -> TableOptions {
    columns.tableOptions(target: target)
  }

  /// Says how the file was read where nobody has asked for that.
  private static func tell(_ file: DataFile, _ options: TableOptions) throws(DatasetsError) {
    if let remark = try file.remark(options: options) { Console.note(remark) }
  }

  private func neitherFileNorName(_ option: String?) -> Failure {
    .usage(
      "\(Self.prefix(option))\"\(data)\" is neither a file nor a built-in data set"
        + Suggestion.ending(for: data, among: NamedDataset.names, noun: "built in"))
  }
}

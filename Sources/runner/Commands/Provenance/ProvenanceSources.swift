import Analyses
import ArgumentParser
import Datasets
import Documents
import Models
import Reporting

struct ProvenanceSources: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Measures what each source of rows does to a model.",
    usage: "runner provenance sources <file> --target <column> [<options>]",
    discussion: """
      For each source: accuracy with all rows minus accuracy without its rows, on the same \
      validation rows, seed by seed. Where removing a source helps, its rows may be poisoned. The \
      source column is no feature.

      Validation rows come from --trusted-source alone, or else from all sources. Mind the \
      difference: without a trusted source the poison is among the judges. Labels that are flipped \
      in a source are flipped in its validation rows, so removing it can look harmful, and where \
      most rows are poisoned the clean sources look bad.

      Intervals and probabilities are for other rows of the same kind, not for other divisions of \
      these (Nadeau and Bengio 2003), so more seeds do not make small differences certain. Verdicts \
      are corrected for the number of sources (Holm).

      Examples:
        runner provenance sources bought.csv --target kind --source-column seller
        runner provenance sources b.csv --target 0 --source-column 1 --model knn
      """)

  @Argument(help: ArgumentHelp("The CSV file.", valueName: "file"))
  var file: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column that holds the classes: its name or index.", valueName: "column"))
  var target: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column that says who made each row: its name or index.", valueName: "column"))
  var sourceColumn: String

  @OptionGroup var ignored: IgnoreOption

  @OptionGroup var encoding: EncodingOption

  @OptionGroup var dialect: DialectOption

  @Option(
    help: ArgumentHelp(
      "The source whose rows alone are validated on; it can be told by nothing in the data.",
      valueName: "name"))
  var trustedSource: String?

  @Option(help: ArgumentHelp("The model, as NAME or NAME:key=value.", valueName: "model"))
  var model = "softmax"

  @Option(help: "Scaling of the features: none, standard or robust (median and MAD).")
  var scaler = "standard"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the rows, or of those of the trusted source, that are validated on, stratified by "
        + "class. (default: 0.2)", valueName: "share"),
    transform: number("a share between 0 and 1, such as 0.2"))
  var validation = 0.2

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds, each another draw of validation rows. (default: 200)", valueName: "count"),
    transform: number("a whole number from 2 up"))
  var seeds = 200

  @Flag(
    help: ArgumentHelp(
      "Also Shapley values, over all sets of up to \(SourceStudy.subsetLimit) sources: 2^G fits a "
        + "seed."))
  var shapley = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    let threads = try runOptions.threadCount()
    guard seeds >= 2, UInt64(seeds) + UInt64(runOptions.seed) <= 1 << 32 else {
      throw Failure.usage(
        "--seeds cannot be \(seeds); accepted: 2 to \((1 << 32) - Int(runOptions.seed))")
    }
    let scaler: ScalerKind = try named(scaler, option: "--scaler")
    let choice = try converting(try ModelChoice(model)) { (error: SpecificationError) in
      Failure(code: .usage, option: "--model", "\(error)")
    }
    let (dataset, names) = try rows()
    let study = try SourceStudy(
      dataset, sourceOfRow: names, trusted: trustedSource, model: choice, scaler: scaler,
      validationShare: validation)
    let effects = try study.run(
      firstSeed: runOptions.seed, seedCount: seeds, withShapley: shapley, threads: threads)
    let report = SourcesReport(study, effects, firstSeed: runOptions.seed)
    try Console.show(report, json: runOptions.json, report.lines)
  }

  private func rows() throws(Failure) -> (Dataset, [String]) {
    guard target != sourceColumn else {
      throw .usage("--source-column cannot be \(target), which is the target")
    }
    var options = dialect.tableOptions(
      target: target, ignore: [ColumnReference(sourceColumn)] + ignored.columns)
    options.encoding = encoding.options
    let (data, names): (DataFile, [String])
    do {
      data = try DataFile(contentsOf: file)
      let (table, remark) = try data.table(options: options)
      if let remark { Console.note(remark) }
      names = try table.columns[table.column(ColumnReference(sourceColumn))].map(\.text)
    } catch {
      throw Failure(error, file: error.isUsage ? "--source-column" : nil, data: nil)
    }
    let dataset = try converting(try data.dataset(options: options)) {
      (error: DatasetsError) in Failure(error, target: target)
    }
    EncodingNotice(dataset, file: data.path).show()
    return (dataset, (0..<dataset.sampleCount).map { names[dataset.sourceRow($0)] })
  }
}

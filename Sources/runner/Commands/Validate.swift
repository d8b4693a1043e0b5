import ArgumentParser
import Datasets
import Documents
import Files
import Reporting
import Sweeps
import Validation

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks a CSV file: values, copies, classes, and whether it has drifted.",
    usage: "runner validate <file> [<options>]",
    discussion: """
      Without a schema, says what cannot be right and notes what often is not. --infer writes a \
      schema of the file, in YAML, for you to edit; --schema checks a file against one. --reference \
      tests whether the rows are from the distribution of a file that you trust, all together and, \
      with --target, class by class, and says how large each change is; --tolerate says how large a \
      change may be. The files are only read.

      Exits 1 when a check fails or drift is found, so that a pipeline stops.

      Examples:
        runner validate flowers.csv --target species --infer schema.yaml
        runner validate flowers.csv --schema schema.yaml
        runner validate flowers.csv --reference flowers.csv --target species --json
        runner validate flowers.csv --reference flowers.csv --page check.html
      """)

  @Argument(help: ArgumentHelp("A CSV file, with any columns.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The schema to check the file against.", valueName: "file"))
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "Write a schema of the file here; one that is there is not replaced.", valueName: "file"))
  var infer: String?

  @Option(
    help: ArgumentHelp(
      "A CSV file of the same columns that is known to be good.", valueName: "file"))
  var reference: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column that holds the classes: its name or its index from 0; -1 is the last. (default: "
        + "that of the schema, or what the head of the file says)", valueName: "column"))
  var target: String?

  @OptionGroup var ignored: IgnoreOption

  @OptionGroup var encoding: EncodingOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The probability of finding drift, in any of the tests, where there is none. (default: that of "
        + "the schema, or 0.05)",
      valueName: "share"), transform: number("a number between 0 and 1"))
  var alpha: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The change that is no drift: of a column of numbers by so many deviations of the reference, "
        + "of its spread by such a share, of shares as such a shift of a normal distribution moves "
        + "(0.1: 4 % of the rows). With 0 any change counts that is sure. (default: that of the "
        + "schema, or 0)",
      valueName: "deviations"), transform: number("a number from 0 to 10"))
  var tolerate: Double?

  @Option(
    help: ArgumentHelp("Also write what is found as a page, in HTML.", valueName: "file"))
  var page: String?

  @OptionGroup var dialect: DialectOption

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    let threads = try runOptions.threadCount()
    if let alpha, !(alpha > 0 && alpha < 1) {
      throw Failure.usage("--alpha cannot be \(alpha); accepted: a number between 0 and 1")
    }
    if let tolerate, !(0...10).contains(tolerate) {
      throw Failure.usage("--tolerate cannot be \(tolerate); accepted: a number from 0 to 10")
    }
    guard tolerate == nil || reference != nil else {
      throw Failure.usage(
        "--tolerate is for the comparison with a --reference; name one, or leave it out")
    }
    let pageFile = try page.map {
      try ExportOption(
        $0, option: "--page", example: "check.html",
        sparing: [file, schema, reference].compactMap { $0 })
    }
    let rules = try schema.map { try SchemaFile(contentsOf: $0).schema }
    let (table, compared, read, columnNames) = try tables(rules)
    let written = DialectOptions(read.dialect)
    let targetIndex = try column(
      of: table, schema: rules, declared: read.table.targetName)
    if let targetIndex { tell(read, rules, target: table.names[targetIndex]) }
    if let compared { try requireSameColumns(table, compared) }
    if let infer {
      var schema = SchemaInference(of: table, target: targetIndex).schema
      (schema.dialect, schema.hasHeader) = (written, table.dialect.hasHeader ? nil : false)
      try write(schema, to: infer)
    }

    let checks =
      (rules.map { SchemaCheck(table, against: $0).results }
        ?? PlainCheck(table, target: targetIndex).results)
      + suspicions(table, columnNames, target: targetIndex).map { CheckResult($0) }
    let drift = compared.map {
      Drift(
        table, reference: $0, target: targetIndex, alpha: alpha ?? rules?.alpha ?? 0.05,
        tolerance: tolerate ?? rules?.tolerance ?? 0,
        tolerances: tolerate == nil ? rules?.tolerances ?? [:] : [:], seed: runOptions.seed,
        threads: threads)
    }
    let report = ValidationReport(
      table, checks: checks, schema: schema, drift: drift, reference: reference)
    try Console.show(report, json: runOptions.json, report.lines)
    if let infer { Console.note("wrote the schema \(infer)") }
    if let pageFile, let page {
      try pageFile.write(Array(report.answer.page(pictures: [:], bundle: nil).utf8))
      Console.note("wrote the page \(page)")
    }
    let failed = checks.count { $0.outcome == .fails }
    let drifted = drift?.findings.count ?? 0
    guard failed == 0, drifted == 0 else {
      let parts = [
        failed == 0 ? nil : failed == 1 ? "1 check fails" : "\(failed) checks fail",
        drifted == 0 ? nil : drifted == 1 ? "1 test found drift" : "\(drifted) tests found drift",
      ]
      throw Failure(
        code: .failedCheck,
        message: "\(file): \(parts.compactMap { $0 }.joined(separator: ", "))")
    }
  }

  /// What would make accuracy on the file doubtful, split as it usually is.
  private func suspicions(
    _ table: CSVTable, _ columnNames: [String], target: Int?
  ) -> [Suspicion] {
    Suspicions(
      of: table, columnNames: columnNames, target: target,
      judging: .shares(validation: StudyPlan(.sweep).validationShare, trusted: 0)
    ).all.filter { suspicion in
      // Without a schema such columns have a check of their own.
      suspicion.kind != .constant || schema != nil
    }
  }

  /// The file and the reference without the columns to leave out, and what is found of the file.
  private func tables(
    _ schema: Schema?
  ) throws(Failure) -> (
    table: CSVTable, reference: CSVTable?, read: ReadTable, columnNames: [String]
  ) {
    let own = try read(file, option: nil, schema)
    let table = own.table
    let other = try reference.map { (path) throws(Failure) in
      try read(path, option: "--reference", schema).table
    }
    var (gone, otherGone) = (table.leftOutColumns, other?.leftOutColumns ?? [])
    for reference in ignored.columns {
      let place = other?.names.firstIndex(of: reference.text)
      do {
        let index = try table.column(reference)
        gone.insert(index)
        // Both sides lose the same column, also where it stands elsewhere.
        if let place = other?.names.firstIndex(of: table.names[index]) { otherGone.insert(place) }
      } catch {
        guard let place else { throw Failure(error, file: "--ignore") }
        otherGone.insert(place)
      }
    }
    guard gone.count < table.names.count else {
      throw .usage("--ignore leaves no column of \(file); accepted: fewer of them")
    }
    do {
      return (try table.without(gone), try other?.without(otherGone), own, table.names)
    } catch {
      throw Failure(error)
    }
  }

  private func read(
    _ path: String, option: String?, _ schema: Schema?
  ) throws(Failure) -> ReadTable {
    do {
      var options = dialect.tableOptions()
      options.dialect = options.dialect.completed(by: schema?.dialect ?? DialectOptions())
      options.hasHeader = options.hasHeader ?? schema?.hasHeader
      let data = try DataFile(contentsOf: path)
      let (table, remark) = try data.table(options: options)
      if let remark { Console.note(remark) }
      return ReadTable(table: table, data: data, options: options)
    } catch {
      throw Failure(error, file: option, data: nil)
    }
  }

  /// A file, its cells, and how they were read.
  private struct ReadTable {
    let table: CSVTable
    let data: DataFile
    let options: TableOptions

    var dialect: CSVDialect { table.dialect }
  }

  /// Says how the columns become numbers where the file is learnt from; what keeps it from that is for the
  /// checks to say.
  private func tell(_ read: ReadTable, _ schema: Schema?, target: String) {
    var options = read.options
    options.target = ColumnReference(target)
    options.ignoredColumns = ignored.columns
    options.encoding = encoding.options.completed(by: schema?.encoding ?? EncodingOptions())
    guard let dataset = try? read.data.dataset(options: options) else { return }
    EncodingNotice(dataset, file: file).show()
  }

  /// The column of the classes, by the option or else the schema, or by what the file itself says.
  private func column(
    of table: CSVTable, schema: Schema?, declared: String?
  ) throws(Failure) -> Int? {
    guard let target else {
      return (schema?.target ?? declared).flatMap { table.names.firstIndex(of: $0) }
    }
    return try converting(try table.column(ColumnReference(target))) { (error: DatasetsError) in
      Failure(error, target: target)
    }
  }

  private func requireSameColumns(_ table: CSVTable, _ other: CSVTable) throws(Failure) {
    let lacking = table.names.filter { !other.names.contains($0) }
    let besides = other.names.filter { !table.names.contains($0) }
    guard lacking.isEmpty, besides.isEmpty else {
      let parts = [
        lacking.isEmpty ? nil : "lacks \(lacking.map(\.quotedExcerpt).joined(separator: ", "))",
        besides.isEmpty ? nil : "also has \(besides.map(\.quotedExcerpt).joined(separator: ", "))",
      ]
      throw Failure(
        code: .badData,
        message: "--reference: \(other.file) has other columns than \(table.file): it "
          + "\(parts.compactMap { $0 }.joined(separator: " and ")); accepted: the same columns, in "
          + "any order")
    }
  }

  private func write(_ schema: Schema, to path: String) throws(Failure) {
    guard !ResultsPath.hasFile(path) else {
      throw .usage(
        "--infer: \(path) is there already and may have been edited; remove it or name another file"
      )
    }
    let place = try ExportOption(
      path, option: "--infer", example: "schema.yaml", sparing: [file])
    try place.write(Array(schema.yaml(source: file).utf8))
  }
}

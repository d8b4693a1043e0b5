import ArgumentParser
import Datasets
import Files
import Provenance

struct ProvenanceAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Takes in a version of a file.",
    usage: "runner provenance add [<options>] <file>",
    discussion: """
      Keeps the file as it is now, the hashes of its rows, and an entry that says where they come \
      from. All rows have one --source, or each has the one that --source-column names. The same \
      content is kept once.

      With --dvc, FILE.dvc is written beside the file as dvc add writes it, and the content is put \
      into the cache of the DVC project the file lies in, so that dvc status says that it is up to \
      date and dvc checkout gives it back. What is ignored by git is left to you.

      Examples:
        runner provenance add flowers.csv --source lab --license CC-BY-4.0
        runner provenance add flowers.csv --source-column species --note first
        runner provenance add flowers.csv --hashes-only --dvc --json
      """)

  @Argument(help: ArgumentHelp("The CSV file.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Who or what made all rows.", valueName: "text"))
  var source: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column that says who made each row: its name or index.", valueName: "column"))
  var sourceColumn: String?

  @Option(
    help: ArgumentHelp(
      "The terms on which the rows may be used, such as CC-BY-4.0.", valueName: "text"))
  var license: String?

  @Option(help: ArgumentHelp("Where the rows were taken from.", valueName: "url"))
  var url: String?

  @Option(help: ArgumentHelp("What else there is to say.", valueName: "text"))
  var note: String?

  @OptionGroup var dialect: DialectOption

  @Flag(
    help: "Keep the hashes of rows alone: changes can be named, but no version given back.")
  var hashesOnly = false

  @Flag(help: "Write FILE.dvc, and the content into the cache of the DVC project.")
  var dvc = false

  @OptionGroup var logOption: LogOption

  func run() throws {
    guard source == nil || sourceColumn == nil else {
      throw Failure.usage(
        "--source is for files of one source and --source-column for others; leave one out")
    }
    guard file != InputFile.standardInput else {
      throw Failure.usage("provenance keeps files by their paths; name a file instead of -")
    }
    let log = try logOption.opened(beside: file)
    let version: TableVersion
    var origin = ProvenanceOrigin(source: source, license: license, url: url, note: note)
    do {
      version = try TableVersion(contentsOf: file, options: dialect.tableOptions())
      if let remark = version.records.remark { Console.note(remark) }
      if let sourceColumn {
        try origin.takeSources(of: version.records, from: ColumnReference(sourceColumn))
      }
    } catch {
      throw Failure(error, file: error.isUsage ? "--source-column" : nil, data: nil)
    }
    let md5 = dvc ? try point(to: version) : nil
    let step = ProvenanceStep(
      .add, outputs: [ProvenanceStep.Table(version, path: file)],
      parameters: md5.map { ["md5": $0] } ?? [:], origin: origin, storesContent: !hashesOnly)
    try logOption.show(log.record(step, program: ProvenanceLog.program), of: log)
  }

  /// Writes the pointer of DVC and what it points to; returns the MD5.
  private func point(to version: TableVersion) throws(ProvenanceError) -> String {
    let bytes = version.records.content
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let pointer = DVCPointer(to: bytes, name: name)
    let path = try pointer.write(beside: file)
    if let folder = DVCFolder(of: file) {
      try folder.keep(bytes, as: pointer)
    } else {
      Console.note(
        "\(path) is written; there is no DVC project above it, so the content is in no cache: run "
          + "dvc init and dvc commit")
    }
    return pointer.md5
  }
}

import ArgumentParser
import Datasets
import Documents
import Poisoning
import Provenance
import Reporting

struct Poison: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack",
    abstract: "Poisons a CSV file and writes it as CSV.",
    usage: "runner attack [<options>] --poison <share> --output <file>",
    discussion: """
      All rows are the training set. Cells that the attack leaves alone are written as they were, \
      byte for byte, in columns left out by --ignore too. Three columns are added: poisoned \
      (features, label, features and label, or added; empty for a clean row), row (the row of \
      data, from 1, that it is, or that the attack took for it) and was (the label of that row, \
      where the attack sets labels). The summary names the trigger of a backdoor and the rows that \
      flow=delete removes, all of them by --json.

      --poison is the share of the rows of the result that are poisoned, or of the data that are \
      deleted. The same seed gives the same bytes.

      Examples:
        runner attack --attack flip --poison 0.1 --seed 7 --output poisoned.csv
        runner attack --data flowers.csv --target species --poison 0.1 --output p.csv
        runner attack --attack uniform:flow=add --poison 0.2 --output more.csv --json
      """)

  @OptionGroup(title: "Data") var data: DataOptions

  @OptionGroup var attackOption: AttackOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the rows that is poisoned, from 0 to 1.", valueName: "share"),
    transform: number("a share from 0 to 1, such as 0.05 for 5 %"))
  var poison: Double

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed, from 0 to 4294967295. (default: 0)", valueName: "seed"),
    transform: number("a whole number from 0 to 4294967295"))
  var seed: UInt32 = 0

  @Option(
    help: ArgumentHelp(
      "A CSV file with the same columns, for attacks that see validation rows; it is only read.",
      valueName: "file"))
  var validation: String?

  @Option(help: ArgumentHelp("The file to write, not the one that is read.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Text before the names of the three columns that are added, where the data have such "
        + "columns. (default: none)", valueName: "text"))
  var prefix = ""

  @Option(
    help: ArgumentHelp(
      "The folder of a log of provenance, such as .hemlock/provenance, in which the attack is "
        + "recorded with both files; see `runner provenance`. (default: not recorded)",
      valueName: "folder"))
  var provenance: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    try FolderOption.requireName(provenance, "--provenance")
    let (loaded, rows) = try data.loadWritten()
    let dataset = loaded.dataset
    if let name = PoisonedFile.clash(with: rows, prefix: prefix) {
      throw Failure.usage(
        "a column \(name) is added to the data, and they have one; choose other names by "
          + "--prefix, such as --prefix new_")
    }
    let attack = try attackOption.chosen(for: dataset)
    let file = try PoisonedFile(
      dataset, rows: rows, attack: attack, level: try PoisonLevel(poison), seed: seed,
      validation: try validationRows(for: attack, like: dataset), prefix: prefix)
    let place = try ExportOption(
      output, option: "--output", example: "poisoned.csv",
      sparing: [data.data] + [validation].compactMap { $0 })
    let bytes = file.bytes
    try place.write(bytes)
    if let provenance {
      try ProvenanceLog(provenance).record(written: output) {
        [try file.step(from: data.recorded(), named: data.data, to: output, bytes: bytes)]
      }
    }
    try Console.show(
      PoisonedRecord(file, path: output, prefix: prefix), json: json, file.lines(path: output))
  }

  /// The rows of `--validation`, which the attack must want and the data must fit.
  private func validationRows(
    for attack: any Attack, like dataset: Dataset
  ) throws(Failure) -> LabeledRows? {
    guard let validation else {
      guard attack.threat.seesValidation else { return nil }
      throw .usage(
        "the attack \(attack.name) sees validation rows; name a file with the same columns by "
          + "--validation")
    }
    guard attack.threat.seesValidation else {
      throw .usage(
        "--validation is for attacks that see validation rows; \(attack.name) does not, so leave "
          + "it out")
    }
    let other = try converting(
      try DataFile(contentsOf: validation).dataset(options: data.options(like: dataset))
    ) { (error: DatasetsError) in Failure(error, file: "--validation") }
    guard other.featureNames == dataset.featureNames else {
      throw Failure(
        code: .badData,
        message: "--validation: \(validation) must have the features of the data, "
          + "\(dataset.featureNames.joined(separator: ", ")); it has "
          + other.featureNames.joined(separator: ", "))
    }
    var labels: [Int] = []
    let classes = other.classNames.map { name in
      dataset.classNames.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    }
    for label in other.labels {
      guard let index = classes[label] else {
        throw Failure(
          code: .badData,
          message: "--validation: \(validation) has the class \"\(other.classNames[label])\"; the "
            + "data have \(dataset.classNames.joined(separator: ", "))")
      }
      labels.append(index)
    }
    var features = other.features
    let all = Array(0..<dataset.sampleCount)
    FittedEncoding(dataset, trainingRows: all).completeOthers(&features)
    return LabeledRows(features: features, labels: labels)
  }
}

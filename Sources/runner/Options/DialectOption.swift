import ArgumentParser
import Datasets
import Documents

/// How a CSV file is written, where that does not show in it.
struct DialectOption: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Whether the first line of a CSV file holds column names. (default: as it shows)")
  var header: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What parts fields: a character, tab or blanks. (default: as it shows)",
      valueName: "character"))
  var separator: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The mark before the fraction of numbers, . or a comma. (default: as it shows)",
      valueName: "mark"))
  var decimal: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The mark between thousands, such as a comma, or none. (default: as it shows)",
      valueName: "mark"))
  var thousands: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What stands around fields that hold a separator, or none. (default: as it shows)",
      valueName: "character"))
  var quote: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What lines begin with that are left out, such as #, or none. (default: as it shows)",
      valueName: "characters"))
  var comment: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many lines to leave out before the first row. (default: as it shows)",
      valueName: "count"))
  var skip: String?

  @Option(
    help: ArgumentHelp(
      "The encoding: utf-8, utf-16, latin-1 or windows-1252. (default: utf-8 or utf-16)",
      valueName: "name"))
  var encoding: String?

  init() {}

  init(_ dialect: DialectOptions, header: Bool?) {
    self.header = header
    separator = dialect.text(.separator)
    decimal = dialect.text(.decimal)
    thousands = dialect.text(.thousands)
    quote = dialect.text(.quote)
    comment = dialect.text(.comment)
    skip = dialect.text(.skip)
    encoding = dialect.text(.encoding)
  }

  /// The names of the options.
  static let names =
    ["--header", "--no-header"] + DialectKey.allCases.map { "--\($0.rawValue)" }

  /// The options that are given, as they are written.
  var words: [String] {
    given.flatMap { ["--\($0.key.rawValue)", $0.text] }
      + (header.map { [$0 ? "--header" : "--no-header"] } ?? [])
  }

  var isEmpty: Bool { words.isEmpty }

  func validate() throws {
    var options = DialectOptions()
    for (key, text) in given where !options.set(key, to: text) {
      throw ValidationError(
        "--\(key.rawValue) cannot be \(text.quotedExcerpt); accepted: \(key.accepted)")
    }
  }

  /// What is said; texts that are not accepted were refused before.
  var options: DialectOptions {
    var options = DialectOptions()
    for (key, text) in given { _ = options.set(key, to: text) }
    return options
  }

  private var given: [(key: DialectKey, text: String)] {
    let texts = [separator, decimal, thousands, quote, comment, skip, encoding]
    return zip(DialectKey.allCases, texts).compactMap { key, text in text.map { (key, $0) } }
  }

  /// How a table is read whose columns have these parts.
  func tableOptions(
    target: String? = nil, ignore: [ColumnReference] = []
  ) -> TableOptions {
    var table = TableOptions(
      hasHeader: header, target: target.map { ColumnReference($0) }, ignoredColumns: ignore)
    table.dialect = options
    return table
  }
}

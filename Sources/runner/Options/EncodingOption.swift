import ArgumentParser
import Datasets
import Documents

/// How columns that are no numbers, or have gaps, become numbers.
struct EncodingOption: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "How columns become numbers, as COLUMN=onehot, ordinal, hash:N, date, number or ignore, with "
        + "commas between several. May be repeated. (default: as it shows)", valueName: "choices"))
  var encode: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What becomes of missing values: median (of the training rows; a category of its own among "
        + "texts), indicator (and one more column), drop (the row) or error; COLUMN=drop for one "
        + "column, with commas between several. May be repeated. (default: median)",
      valueName: "policies"))
  var missing: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Texts that stand for no value, besides \(usual), with commas between them; none first for "
        + "nothing but empty fields and these. May be repeated.", valueName: "texts"))
  var missingText: [String] = []

  private static let usual = MissingText.usual.joined(separator: " ")

  init() {}

  init(_ encoding: EncodingOptions) {
    encode = encoding.text(.encode).map { [$0] } ?? []
    missing = encoding.text(.missing).map { [$0] } ?? []
    missingText = encoding.text(.missingText).map { [$0] } ?? []
  }

  /// The names of the options.
  static let names = EncodingKey.allCases.map(\.asOption)

  /// The options that are given, as they are written.
  var words: [String] { given.flatMap { [$0.key.asOption, $0.text] } }

  var isEmpty: Bool { words.isEmpty }

  func validate() throws {
    var options = EncodingOptions()
    for (key, text) in given where !options.set(key, to: text) {
      throw ValidationError(
        "\(key.asOption) cannot be \(text.quotedExcerpt); accepted: \(key.accepted)")
    }
  }

  /// What is said; texts that are not accepted were refused before.
  var options: EncodingOptions {
    var options = EncodingOptions()
    for (key, text) in given { _ = options.set(key, to: text) }
    return options
  }

  private var given: [(key: EncodingKey, text: String)] {
    zip(EncodingKey.allCases, [encode, missing, missingText]).flatMap { key, texts in
      texts.map { (key, $0) }
    }
  }
}

extension EncodingKey {
  /// The option for it.
  var asOption: String { "--" + rawValue.replacing("_", with: "-") }
}

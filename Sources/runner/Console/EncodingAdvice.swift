import Datasets
import Documents

/// The options that make numbers of what the reader refuses to take for some.
struct EncodingAdvice {
  /// What helps, a line each.
  let lines: [String]

  /// What helps against the faults of a file.
  init(_ faults: CSVFaults, isPlan: Bool) {
    var lines: [String] = []
    // Groups of rows, and what else no feature is, cannot be filled in.
    let known = faults.groups.filter {
      $0.column == faults.target || faults.features.contains($0.column)
    }
    let texts = known.filter { $0.kind == .text }
    let words = texts.flatMap(\.words)
    if !words.isEmpty, texts.allSatisfy({ $0.words.count <= CSVFaults.wordCount }) {
      lines.append(
        "to take \(words.count == 1 ? "it" : "such words") for missing values: "
          + Self.option(.missingText, words.map(ColumnReference.item), isPlan))
    }
    if !texts.isEmpty {
      let choices = texts.prefix(8).map { "\(ColumnReference.item($0.column))=onehot" }
      lines.append("to take texts for categories: " + Self.option(.encode, choices, isPlan))
    }
    let gaps = known.filter { $0.kind == .gap }
    if gaps.contains(where: { $0.column == faults.target }) {
      lines.append(
        "to leave rows without a class out: " + Self.dropping(faults.target, isPlan: isPlan))
    }
    if gaps.contains(where: { $0.column != faults.target }) {
      lines.append(
        "to fill gaps with the median of the training rows: "
          + Self.option(.missing, ["median"], isPlan))
    }
    self.lines = lines
  }

  /// What helps against one word in a column of numbers, as the end of a sentence.
  static func remedies(word: String, _ column: String, isPlan: Bool) -> String {
    ", take the word for a missing value by "
      + option(.missingText, [ColumnReference.item(word)], isPlan)
      + ", or the column for one of categories by "
      + option(.encode, ["\(ColumnReference.item(column))=onehot"], isPlan)
  }

  /// What leaves out rows without a value in a column.
  static func dropping(_ column: String, isPlan: Bool) -> String {
    option(.missing, ["\(ColumnReference.item(column))=drop"], isPlan)
  }

  /// What keeps a column of texts.
  static func hashing(_ column: String, isPlan: Bool) -> String {
    option(.encode, ["\(ColumnReference.item(column))=hash:32"], isPlan)
  }

  private static func option(_ key: EncodingKey, _ items: [String], _ isPlan: Bool) -> String {
    isPlan
      ? "\(key.rawValue): [\(items.map(DialectAdvice.quotedForYAML).joined(separator: ", "))]"
      : "\(key.asOption) \(items.joined(separator: ",").forShell)"
  }
}

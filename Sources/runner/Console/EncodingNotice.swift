import Datasets
import Documents

/// What reading took for granted of the columns of a file, in a few lines, with the options that change it.
struct EncodingNotice {
  /// The lines.
  let lines: [String]

  private static let nameLimit = 6
  private static let leftOutLimit = 3

  /// What is to be said of a data set; nothing where it was read as it is.
  init(_ dataset: Dataset, file: String) {
    guard let remark = dataset.remark, !remark.columns.isEmpty else {
      lines = []
      return
    }
    var lines: [String] = []
    let kinds = Self.kinds(remark.columns.filter { !$0.isSaid })
    let gaps = Self.gaps(remark)
    if kinds != nil || gaps != nil {
      lines.append("\(file): " + [kinds, gaps].compactMap(\.self).joined(separator: "; "))
    }
    lines += Self.leftOut(remark.columns.filter { !$0.isSaid })
    self.lines = lines
  }

  /// Writes the lines to standard error.
  func show() { for line in lines { Console.note(line) } }

  // MARK: - Lines

  /// What columns became.
  private static func kinds(_ columns: [EncodingRemark.Column]) -> String? {
    var groups: [(names: [String], counts: [Int])] = [([], []), ([], []), ([], [])]
    var booleans: [String] = []
    for column in columns {
      switch column.outcome {
      case .categories(let count):
        groups[0].names.append(column.name)
        groups[0].counts.append(count + (column.gapCount > 0 && column.policy.fills ? 1 : 0))
      case .hash(let texts, let count):
        groups[1].names.append(column.name)
        groups[1].counts.append(count + (column.gapCount > 0 && column.policy.fills ? 1 : 0))
        groups[2].counts.append(texts)
      case .boolean: booleans.append(column.name)
      case .number, .ordinal, .dates, .leftOut: break
      }
    }
    var parts: [String] = []
    if !groups[0].names.isEmpty {
      parts.append(
        "\(listed(groups[0].names)) as categories (\(sum(groups[0].counts)) columns)")
    }
    if !groups[1].names.isEmpty {
      parts.append(
        "\(listed(groups[1].names)) hashed (\(sum(groups[2].counts)) texts to "
          + "\(sum(groups[1].counts)) columns)")
    }
    if !booleans.isEmpty { parts.append("\(listed(booleans)) as 0 and 1") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// What became of gaps.
  private static func gaps(_ remark: EncodingRemark) -> String? {
    let columns = remark.columns.filter { $0.gapCount > 0 }
    guard !columns.isEmpty else { return nil }
    var parts: [String] = []
    let filled = columns.filter { $0.policy.fills && !$0.isText }
    if !filled.isEmpty {
      let isSaid = filled.allSatisfy(\.isPolicySaid)
      parts.append(
        "gaps of \(counted(filled)) filled with the median of the training rows"
          + (isSaid ? "" : " (--missing drop leaves such rows out)"))
    }
    let texts = columns.filter { $0.policy.fills && $0.isText }
    if !texts.isEmpty { parts.append("gaps of \(counted(texts)) as a category (missing)") }
    if remark.droppedRowCount > 0 {
      parts.append(
        "\(remark.droppedRowCount) of \(remark.rowCount) rows left out for their gaps")
    }
    let words = columns.flatMap(\.gapTexts).reduce(into: [String]()) { words, text in
      if !words.contains(text) { words.append(text) }
    }
    if !words.isEmpty {
      let named = words.prefix(4).map(\.quotedExcerpt).joined(separator: ", ")
      parts.append("\(named) taken for gaps (--missing-text none does not)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The columns that were left out, and what keeps each.
  private static func leftOut(_ columns: [EncodingRemark.Column]) -> [String] {
    let absent = columns.compactMap { column -> (String, String, String?)? in
      guard case .leftOut(let absence) = column.outcome else { return nil }
      let item = ColumnReference.item(column.name)
      return switch absence {
      case .texts(let count): (column.name, "\(count) different texts", "\(item)=hash:32")
      case .dates(let count): (column.name, "\(count) different dates", "\(item)=date")
      case .oneText(let text): (column.name, "\(text.quotedExcerpt) in all rows", nil)
      case .noValue: (column.name, "no value in any row", nil)
      case .asked: nil
      }
    }
    var lines = absent.prefix(leftOutLimit).map { name, reason, choice in
      "\(name.quotedExcerptUnlessPlain): \(reason), left out"
        + (choice.map { " (--encode \($0.forShell) keeps it)" } ?? "")
    }
    let rest = absent.dropFirst(leftOutLimit)
    if !rest.isEmpty {
      let choices = rest.compactMap(\.2)
      lines.append(
        "also left out: \(listed(rest.map(\.0)))"
          + (choices.first.map { " (as by --encode \($0.forShell) they are kept)" } ?? ""))
    }
    return lines
  }

  private static func counted(_ columns: [EncodingRemark.Column]) -> String {
    let shown = columns.prefix(nameLimit).map {
      "\($0.name.quotedExcerptUnlessPlain) (\($0.gapCount))"
    }
    let rest = columns.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more columns" : "")
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(nameLimit).map(\.quotedExcerptUnlessPlain).joined(separator: ", ")
    let rest = names.count - nameLimit
    return shown + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func sum(_ counts: [Int]) -> String {
    counts.count > nameLimit
      ? "\(counts.reduce(0, +))" : counts.map(String.init).joined(separator: " + ")
  }
}

extension EncodingRemark.Column {
  /// Whether a gap is one of the texts.
  fileprivate var isText: Bool {
    switch outcome {
    case .categories, .hash: true
    case .number, .boolean, .ordinal, .dates, .leftOut: false
    }
  }
}

extension GapPolicy {
  /// Whether rows with gaps are kept.
  fileprivate var fills: Bool { self == .median || self == .indicator }
}

extension String {
  /// The text as it is where that cannot be misread, else in quotation marks and no longer than an excerpt.
  fileprivate var quotedExcerptUnlessPlain: String {
    let isPlain =
      !isEmpty && utf8.count <= 40
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789_-. ()%/".unicodeScalars.contains($0)
      }
      && first != " " && last != " "
    return isPlain ? self : quotedExcerpt
  }
}

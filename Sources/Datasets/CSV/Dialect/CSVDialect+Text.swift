/// The part of a dialect that says where fields begin and end in the bytes of a file, as a text that others keep.
extension CSVDialect {
  /// Such as `separator=59 skip=2`, bytes as numbers; nil where it is that of plain files.
  package var divisionText: String? {
    let plain = CSVDialect.plain
    var words: [String] = []
    if mergesBlanks {
      words.append("blanks")
    } else if separator != plain.separator {
      words.append("separator=\(separator)")
    }
    if trimsBlanks { words.append("trim") }
    if quote != plain.quote { words.append("quote=\(quote.map { "\($0)" } ?? "none")") }
    for byte in comment { words.append("comment=\(byte)") }
    if skippedLineCount > 0 { words.append("skip=\(skippedLineCount)") }
    if hasRowNames { words.append("row-names") }
    if let head { words.append("head=\(head.kind.rawValue)") }
    if encoding != plain.encoding { words.append("encoding=\(encoding.rawValue)") }
    if isCompressed { words.append("compressed") }
    if hasCounts { words.append("counts") }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The dialect that such a text says; nil where it is none.
  package init?(divisionText text: String?, hasHeader: Bool) {
    self = .plain
    self.hasHeader = hasHeader
    for word in (text ?? "").split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1)
      let number = parts.count == 2 ? Int(parts[1]) : nil
      let byte = number.flatMap { UInt8(exactly: $0) }
      switch parts[0] {
      case "blanks": mergesBlanks = true
      case "trim": trimsBlanks = true
      case "row-names": hasRowNames = true
      case "compressed": isCompressed = true
      case "counts": hasCounts = true
      case "head":
        guard parts.count == 2, let kind = TableHead.Kind(rawValue: String(parts[1])) else {
          return nil
        }
        head = TableHead(kind, names: [])
      case "encoding":
        guard parts.count == 2, let named = TextEncoding(rawValue: String(parts[1])) else {
          return nil
        }
        encoding = named
      case "quote" where parts.count == 2 && parts[1] == "none": quote = nil
      case "quote" where byte != nil: quote = byte
      case "separator":
        guard let byte else { return nil }
        separator = byte
      case "comment":
        guard let byte else { return nil }
        comment.append(byte)
      case "skip":
        guard let number, number >= 0 else { return nil }
        skippedLineCount = number
      default: return nil
      }
    }
  }
}

package import Provenance

/// A log and its versions as text, for people.
package enum ProvenanceTables {
  /// The entries of a log, oldest first.
  package static func log(_ entries: [ProvenanceEntry]) -> [String] {
    Table(
      [
        .number("#", 0), .text("time"), .text("action"), .text("from"), .text("to"),
        .text("file"), .count("rows"), .text("what"),
      ],
      rows: entries.map { entry in
        let main = entry.outputs.first ?? entry.inputs.first
        return [
          .count(entry.sequence), .text(entry.time), .text(entry.action.rawValue),
          .text(entry.inputs.map(\.version.short).joined(separator: " ")),
          .text(entry.outputs.map(\.version.short).joined(separator: " ")),
          .text(main.map(fileName) ?? ""), .number(main.map { Double($0.rowCount) }),
          .text(summary(entry)),
        ]
      }
    ).lines()
  }

  /// What was recorded.
  package static func recorded(_ entry: ProvenanceEntry, folder: String) -> [String] {
    ["entry \(entry.sequence) of \(folder): \(entry.action.rawValue)"]
      + entry.outputs.flatMap { record in
        [
          "\(fileName(record)): \(Numbers.grouped(record.rowCount)) rows, "
            + "\(Numbers.grouped(record.byteCount)) bytes",
          "version  \(record.version.hexadecimal)", "root     \(record.root.hexadecimal)",
        ]
      } + ["head     \(entry.hash.hexadecimal)"]
  }

  /// Versions, in the order in which they first occur.
  package static func versions(_ versions: [ProvenanceLog.KnownVersion]) -> [String] {
    Table(
      [
        .text("version"), .text("file"), .count("rows"), .count("bytes"), .text("content"),
        .text("entries"), .text("source"),
      ],
      rows: versions.map { version in
        let record = version.record
        return [
          .text(record.version.short), .text(fileName(record)), .count(record.rowCount),
          .count(record.byteCount), record.isStored ? "kept" : "hashes only",
          .text(version.entries.map { "\($0.sequence)" }.joined(separator: ", ")),
          .text(version.entries.compactMap { sourceText($0.origin) }.first ?? ""),
        ]
      }
    ).lines()
  }

  /// One version with all that is known of it.
  package static func version(_ version: ProvenanceLog.KnownVersion, path: String) -> [String] {
    let record = version.record
    var lines = [
      "version  \(record.version.hexadecimal)",
      "root     \(record.root.hexadecimal)",
      "file     \(path)",
      "rows     \(Numbers.grouped(record.rowCount))"
        + (record.hasHeader ? " and a header" : ", no header"),
      "bytes    \(Numbers.grouped(record.byteCount))",
      "content  \(record.isStored ? "kept" : "not kept, only the hashes of rows")",
    ]
    for entry in version.entries { lines += [""] + details(entry) }
    return lines
  }

  private static func details(_ entry: ProvenanceEntry) -> [String] {
    let origin = entry.origin
    var facts: [(String, String)] = [
      ("entry", "\(entry.sequence), \(entry.action.rawValue), \(entry.time)"),
      ("program", entry.program),
    ]
    if !entry.inputs.isEmpty, entry.action != .add {
      facts.append(
        ("from", entry.inputs.map { "\($0.version.short) \(fileName($0))" }.joined(separator: ", "))
      )
    }
    facts += entry.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if let rows = entry.rows {
      let shown = rows.prefix(12).map { Numbers.grouped($0) }.joined(separator: ", ")
      facts.append(
        (
          "concerns",
          "\(Numbers.grouped(rows.count)) rows"
            + (rows.isEmpty ? "" : ": \(shown)") + (rows.count > 12 ? ", …" : "")
        )
      )
    }
    let texts = [
      ("source", sourceText(origin)), ("license", origin.license), ("url", origin.url),
      ("note", origin.note),
    ]
    facts += texts.compactMap { name, text in text.map { (name, $0) } }
    let width = facts.map(\.0.count).max() ?? 0
    return facts.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }
  }

  /// Where rows come from, in words.
  private static func sourceText(_ origin: ProvenanceOrigin) -> String? {
    guard let column = origin.sourceColumn else { return origin.source }
    let sources = origin.sources.prefix(6).map { "\($0.name) \(Numbers.grouped($0.rows))" }
    let rest = origin.sources.count - sources.count
    return "by \(column): " + sources.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func summary(_ entry: ProvenanceEntry) -> String {
    let parts = [
      entry.parameters["attack"], entry.parameters["defense"],
      entry.parameters["level"].map { "at \($0)" }, entry.rows.map { "\($0.count) rows" },
      sourceText(entry.origin).map { "source \($0)" }, entry.origin.license, entry.origin.note,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  private static func fileName(_ record: VersionRecord) -> String {
    record.file.split(separator: "/").last.map(String.init) ?? record.file
  }
}

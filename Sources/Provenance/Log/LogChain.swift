/// The lines of a log, read with suspicion.
struct LogChain: Sendable {
  /// The entries that are what was written, by their line.
  private(set) var entries: [ProvenanceEntry] = []

  /// What is wrong with lines and with the order of entries.
  private(set) var findings: [ProvenanceFinding] = []

  /// Bytes after the last line break: an append that was interrupted.
  private(set) var tail: [UInt8] = []

  /// Number of bytes up to the last line break.
  private(set) var completeByteCount = 0

  private(set) var lineCount = 0

  /// Where the chain stood when the log was last written to, as the file `head` says.
  private let head: LogHead?

  init(log: [UInt8], head: [UInt8]?) {
    self.head = head.flatMap { LogHead($0) }
    if head != nil, self.head == nil {
      findings.append(broken: .head, "head", "it is not a number and a hash, so it was changed")
    }
    var start = 0
    for (position, byte) in log.enumerated() where byte == UInt8(ascii: "\n") {
      take(Array(log[start..<position]))
      start = position + 1
    }
    completeByteCount = start
    tail = Array(log[start...])
    compareWithHead()
    if !tail.isEmpty { judgeTail() }
  }

  /// The hash the next entry follows; that of the last entry as it states it.
  var lastHash: ContentHash { entries.last?.hash ?? .zero }

  /// The tail as the entry that it is but for its line break.
  var unfinishedEntry: ProvenanceEntry? {
    guard isOnlyTorn, let entry = ProvenanceEntry(line: tail), entry.sequence == lineCount + 1,
      entry.previous == lastHash
    else { return nil }
    return entry
  }

  /// Whether all that is wrong is an append that did not come to its end.
  var isOnlyTorn: Bool {
    findings.allSatisfy { !$0.isBroken || $0.kind == .tornLine }
  }

  private mutating func take(_ line: [UInt8]) {
    lineCount += 1
    let place = "entry \(lineCount)"
    guard let entry = ProvenanceEntry(line: line) else {
      findings.append(
        broken: .entry, place,
        "it is not what was written" + (Self.named(line, not: lineCount) ?? "")
          + "; its hash does not follow from its content")
      return
    }
    if entry.sequence != lineCount {
      findings.append(
        broken: .chain, place,
        "entry \(entry.sequence) stands in its place, so entries were removed, put in or moved")
    } else if lineCount > 1, entries.last?.sequence == lineCount - 1, entry.previous != lastHash {
      findings.append(
        broken: .chain, place,
        "it follows an entry \(lineCount - 1) of hash \(entry.previous.short), and the one before "
          + "it has \(lastHash.short), so that was replaced")
    } else if lineCount == 1, entry.previous != .zero {
      findings.append(
        broken: .chain, place, "it follows another entry, and there is none before it")
    }
    entries.append(entry)
  }

  private static func named(_ line: [UInt8], not number: Int) -> String? {
    CanonicalJSON(line)?.members?["sequence"]?.number.flatMap {
      $0 == number ? nil : " and says it is entry \($0)"
    }
  }

  private mutating func compareWithHead() {
    guard let head else { return }
    guard head.sequence <= lineCount else {
      let missing =
        head.sequence == lineCount + 1
        ? "entry \(head.sequence) is" : "entries \(lineCount + 1) to \(head.sequence) are"
      findings.append(
        broken: .chain, "entry \(head.sequence)",
        "the log ends with entry \(lineCount), and \(missing) gone: it was cut off")
      return
    }
    if let entry = entries.first(where: { $0.sequence == head.sequence }), entry.hash != head.hash {
      findings.append(
        broken: .chain, "entry \(head.sequence)",
        "it has the hash \(entry.hash.short), and the file head says \(head.hash.short)")
    }
  }

  private mutating func judgeTail() {
    // Where the head names the entry, its line was whole once.
    if let head, head.sequence > lineCount { return }
    findings.append(
      broken: .tornLine, "entry \(lineCount + 1)",
      unfinishedEntry == nil
        ? "its line is cut off: writing it was interrupted, and the next entry replaces it"
        : "its line break is missing: writing it was interrupted, and the next entry adds it")
  }
}

/// The number and hash of the last entry, in a file of its own, so that a log that was cut off shows.
struct LogHead: Sendable {
  let sequence: Int
  let hash: ContentHash

  init(_ entry: ProvenanceEntry) { (sequence, hash) = (entry.sequence, entry.hash) }

  /// Reads what `bytes` gives, and nothing else.
  init?(_ bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    guard parts.count == 2, let sequence = Int(parts[0]), sequence >= 1,
      let hash = ContentHash(hexadecimal: String(parts[1].prefix(64)))
    else { return nil }
    (self.sequence, self.hash) = (sequence, hash)
    guard self.bytes == bytes else { return nil }
  }

  var bytes: [UInt8] { Array("\(sequence) \(hash.hexadecimal)\n".utf8) }
}

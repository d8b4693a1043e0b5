package import Provenance

/// What a look at a log has shown, for people and machines.
package struct VerificationReport: Encodable, Sendable {
  /// Findings of one kind that are named; all are by --json.
  private static let limit = 20

  let folder: String
  let isIntact: Bool
  let entries: Int
  let versions: Int
  let files: [String]
  let head: String
  let findings: [ProvenanceFinding]

  /// The report on the log in a folder.
  package init(_ verification: ProvenanceVerification, folder: String) {
    self.folder = folder
    isIntact = verification.isIntact
    entries = verification.entryCount
    versions = verification.versionCount
    files = verification.files
    head = verification.head.hexadecimal
    findings = verification.findings
  }

  /// All lines, ready to print.
  package var lines: [String] {
    var lines: [String] = []
    var counts: [String: Int] = [:]
    for finding in findings {
      let kind = finding.kind.rawValue
      counts[kind, default: 0] += 1
      guard counts[kind, default: 0] <= Self.limit else { continue }
      lines.append(
        (finding.isBroken ? "broken  " : "note    ") + "\(finding.place): \(finding.problem)")
    }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.limit {
      lines.append(
        "        and \(Numbers.grouped(count - Self.limit)) more of kind \(kind), which --json names"
      )
    }
    let broken = findings.count { $0.isBroken }
    lines.append(
      (isIntact
        ? "intact: " : broken == 1 ? "1 finding: " : "\(Numbers.grouped(broken)) findings: ")
        + "\(Numbers.grouped(entries)) entries, \(Numbers.grouped(versions)) versions, "
        + "\(Numbers.grouped(files.count)) files compared")
    lines.append("head    \(head)")
    return lines
  }
}

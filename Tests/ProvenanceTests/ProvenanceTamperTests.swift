import Foundation
import LinAlg
import Provenance
import TestSupport
import Testing

struct ProvenanceTamperTests {
  private static let tables = [
    "a,b,y\n1,2,u\n3,4,v\n5,\"6\n7\",u\n", "a,b,y\r\n1,2,u\r\n3,5,v\r\n8,9,\"ü\"",
  ]

  /// A log of three entries, whose files are d.csv and e.csv.
  private func withLog(_ body: (ProvenanceLog, URL) throws -> Void) throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      try log.add(Self.tables[0], as: "d.csv", in: folder)
      try log.add(Self.tables[1], as: "e.csv", in: folder)
      try log.add(Self.tables[1], as: "d.csv", in: folder, storesContent: false)
      #expect(try log.verify().findings.isEmpty)
      try body(log, folder)
    }
  }

  private func lines(of log: ProvenanceLog) throws -> [[UInt8]] {
    try Array(Data(contentsOf: URL(fileURLWithPath: log.folder + "/log.jsonl")))
      .split(separator: 0x0A).map(Array.init)
  }

  private func write(_ lines: [[UInt8]], to log: ProvenanceLog) throws {
    try Data(lines.flatMap { $0 + [0x0A] })
      .write(to: URL(fileURLWithPath: log.folder + "/log.jsonl"))
  }

  /// Changes each byte of a file in turn, each time to some other, and gives what verify finds.
  private func flipEachByte(
    of path: String, _ log: ProvenanceLog,
    _ check: (_ position: Int, _ before: [UInt8], _ broken: [ProvenanceFinding]) -> Void
  ) throws {
    let url = URL(fileURLWithPath: path)
    let before = Array(try Data(contentsOf: url))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    var stream = RandomStream(purpose: .testing, seed: UInt32(before.count))
    for position in before.indices {
      var bytes = before
      bytes[position] ^= UInt8(1 + stream.integer(below: 255))
      try Data(bytes).write(to: url)
      let verification = try log.verify()
      #expect(!verification.isIntact, "\(path) at \(position)")
      check(position, before, verification.findings.filter(\.isBroken))
    }
    try Data(before).write(to: url)
    #expect(try log.verify().findings.isEmpty)
  }

  @Test func findsAnyByteOfTheLog() throws {
    try withLog { log, _ in
      try flipEachByte(of: log.folder + "/log.jsonl", log) { position, before, broken in
        // A line break that is gone joins two lines.
        let line = before[..<position].count { $0 == 0x0A } + 1
        #expect(
          broken.contains { ["entry \(line)", "entry \(line + 1)"].contains($0.place) },
          "byte \(position) of line \(line): \(broken)")
      }
    }
  }

  @Test func findsAnyByteOfTheHead() throws {
    try withLog { log, _ in
      try flipEachByte(of: log.folder + "/head", log) { position, _, broken in
        #expect(broken.contains { $0.kind == .head || $0.kind == .chain }, "\(position)")
      }
    }
  }

  /// Each version that is kept: the finding names it, and the row where it can be told.
  @Test func findsAnyByteOfTheStore() throws {
    try withLog { log, _ in
      let paths = try FileManager.default.subpathsOfDirectory(atPath: log.folder)
        .filter { $0.split(separator: "/").count == 3 }
      #expect(paths.count == 4)
      for path in paths {
        let parts = path.split(separator: "/")
        let version = (parts[1] + parts[2]).prefix(12)
        let kind = parts[0] == "rows" ? "row hashes" : "object"
        try flipEachByte(of: log.folder + "/" + path, log) { position, before, broken in
          #expect(
            broken.contains { $0.place.hasPrefix("\(kind) \(version)") }, "\(path) at \(position)")
          if kind == "row hashes", position >= 32, version != ContentHash.zero.short {
            // The first hash is that of the header.
            #expect(
              broken.contains { $0.problem.contains("row \(position / 32)") },
              "\(path) at \(position): \(broken)")
          }
        }
      }
    }
  }

  /// Each byte of a file: the finding names the row it is in, or says that it is between rows.
  @Test func findsAnyByteOfTheData() throws {
    try withLog { log, folder in
      for name in ["d.csv", "e.csv"] {
        try flipEachByte(of: folder.path + "/" + name, log) { position, before, broken in
          let text = String(decoding: before[..<position], as: UTF8.self)
          // No quoted line break stands in this table, so lines are rows.
          let row = text.unicodeScalars.count { $0 == "\n" }
          #expect(broken.contains { $0.place.contains(name) })
          let isNamed = broken.contains {
            $0.place.hasSuffix(row == 0 ? "header" : "row \(row)")
              || $0.place.hasSuffix("row \(row + 1)")
              || $0.problem.contains("bytes between them")
              // What is no CSV any more is named by its line.
              || $0.problem.contains("\(name):\(row + 1)")
          }
          #expect(isNamed, "\(name) at \(position), row \(row): \(broken)")
        }
      }
    }
  }

  private func places(_ log: ProvenanceLog) throws -> [String] {
    try log.verify().findings.filter { $0.kind == .entry || $0.kind == .chain }.map(\.place)
  }

  @Test func findsEntriesThatAreGone() throws {
    try withLog { log, _ in
      let lines = try lines(of: log)
      for gone in 0..<3 {
        var left = lines
        left.remove(at: gone)
        try write(left, to: log)
        #expect(try places(log).contains("entry \(gone == 2 ? 3 : gone + 1)"), "\(gone)")
        #expect(throws: ProvenanceError.self) { try log.entries() }
      }
      try write(Array(lines.prefix(1)), to: log)
      #expect(try places(log) == ["entry 3"])
      try write([], to: log)
      #expect(try places(log) == ["entry 3"])
    }
  }

  @Test func findsEntriesThatWereMoved() throws {
    try withLog { log, _ in
      let lines = try lines(of: log)
      try write([lines[1], lines[0], lines[2]], to: log)
      #expect(try places(log).starts(with: ["entry 1", "entry 2"]))
      try write([lines[0], lines[0], lines[1], lines[2]], to: log)
      #expect(try places(log).contains("entry 2"))
    }
  }

  /// An entry that was changed and given the hash of what it now says: the next one does not follow
  /// it, and the head does not name it.
  @Test(arguments: 0..<3) func findsEntriesThatWereRewritten(index: Int) throws {
    try withLog { log, _ in
      var lines = try lines(of: log)
      guard case .object(var members)? = CanonicalJSON(lines[index]) else {
        Issue.record("no entry")
        return
      }
      members["source"] = .text("somebody else")
      members["hash"] = nil
      let hash = ContentHash(of: CanonicalJSON.object(members).bytes)
      members["hash"] = .text(hash.hexadecimal)
      lines[index] = CanonicalJSON.object(members).bytes
      try write(lines, to: log)
      #expect(try places(log) == ["entry \(index == 2 ? 3 : index + 2)"])
    }
  }

  /// Who rewrites the whole log and its head leaves no trace but a head that was kept elsewhere.
  @Test func findsAnotherLogByItsHead() throws {
    try withLog { log, folder in
      let head = try log.verify().head
      let other = ProvenanceLog(folder.appendingPathComponent("other").path)
      for name in ["d.csv", "e.csv"] {
        let path = folder.appendingPathComponent(name).path
        try other.record(
          ProvenanceStep(
            .add, outputs: [.init(TableVersion(contentsOf: path), path: path)]),
          program: "tests 1")
      }
      #expect(try other.verify().isIntact)
      #expect(try !other.verify(expectedHead: head).isIntact)
      #expect(try log.verify(expectedHead: head).isIntact)
      // Also as one of the entries before.
      try log.add(Self.tables[0], as: "f.csv", in: folder)
      #expect(try log.verify(expectedHead: head).isIntact)
    }
  }

  @Test func refusesToContinueABrokenLog() throws {
    try withLog { log, folder in
      let lines = try lines(of: log)
      try write(Array(lines.prefix(2)), to: log)
      let before = try Data(contentsOf: URL(fileURLWithPath: log.folder + "/log.jsonl"))
      #expect {
        try log.add(Self.tables[0], as: "f.csv", in: folder)
      } throws: {
        guard case ProvenanceError.broken = $0 else { return false }
        return true
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: log.folder + "/log.jsonl")) == before)
    }
  }

  @Test func findsWhatIsGone() throws {
    try withLog { log, folder in
      for path in try FileManager.default.subpathsOfDirectory(atPath: log.folder)
      where path.split(separator: "/").count == 3 || path == "head" {
        let url = URL(fileURLWithPath: log.folder + "/" + path)
        let content = try Data(contentsOf: url)
        try FileManager.default.removeItem(at: url)
        #expect(try log.verify().findings.contains { $0.isBroken && $0.problem.contains("gone") })
        try content.write(to: url)
      }
      try FileManager.default.removeItem(at: folder.appendingPathComponent("e.csv"))
      let findings = try log.verify().findings
      #expect(findings.map(\.isBroken) == [false] && findings[0].place.hasSuffix("e.csv"))
    }
  }
}

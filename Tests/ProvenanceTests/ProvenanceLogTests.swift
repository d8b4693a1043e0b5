import Datasets
import Foundation
import Provenance
import Testing

struct ProvenanceLogTests {
  private static let table = "a,b,y\n1,2,u\n3,4,v\n5,6,u\n"

  private func lines(_ log: ProvenanceLog) throws -> [String] {
    try String(contentsOfFile: log.folder + "/log.jsonl", encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  private func write(_ text: String, to name: String, of log: ProvenanceLog) throws {
    try FileManager.default.createDirectory(
      atPath: log.folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(log.folder)/\(name)"))
  }

  /// The lines Python's json and hashlib make are entries, and what is read of them is what went in.
  @Test func readsWhatPythonWrites() throws {
    try withProvenanceFolder { folder in
      let reference = try ProvenanceReference.load().log
      let log = ProvenanceLog(in: folder)
      try write(reference.lines.joined(separator: "\n") + "\n", to: "log.jsonl", of: log)
      try write("3 \(reference.head)\n", to: "head", of: log)
      let entries = try log.entries()
      #expect(entries.map(\.sequence) == [1, 2, 3])
      #expect(entries.map(\.action) == [.add, .poison, .inspect])
      #expect(entries[0].origin.source == "lab \"ü\"" && entries[0].origin.license == "CC-BY-4.0")
      #expect(entries[0].origin.note == "tab\there, \u{1}\u{1F}\u{7F}/\\\n🌸")
      #expect(entries[1].rows == [1] && entries[1].parameters["seed"] == "7")
      #expect(entries[1].inputs == entries[0].outputs)
      #expect(entries[2].origin.sources.map { "\($0.name) \($0.rows)" } == ["v 2"])
      #expect(!entries[2].inputs[0].isStored)
      #expect(entries[2].hash.hexadecimal == reference.head)
    }
  }

  @Test func chainsEntries() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      #expect(throws: ProvenanceError.noLog(folder: log.folder)) { try log.entries() }
      let first = try log.add(Self.table, in: folder).entry
      let second = try log.add(Self.table + "7,8,v\n", in: folder).entry
      #expect(first.sequence == 1 && first.previous == .zero)
      #expect(second.sequence == 2 && second.previous == first.hash)
      #expect(second.outputs[0].file == "../d.csv" && second.outputs[0].rowCount == 4)
      let read = try log.entries()
      #expect(read.map(\.hash) == [first.hash, second.hash])
      // The hash is that of the line without it.
      let line = try #require(lines(log).first)
      let without = line.replacing("\"hash\":\"\(first.hash.hexadecimal)\",", with: "")
      #expect(without != line && ContentHash(of: Array(without.utf8)) == first.hash)
      #expect(first.time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
      let verification = try log.verify()
      #expect(verification.isIntact && verification.findings.isEmpty)
      #expect(verification.head == second.hash && verification.files.count == 1)
    }
  }

  @Test func keepsEachContentOnce() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      for name in ["d.csv", "e.csv", "d.csv"] { try log.add(Self.table, as: name, in: folder) }
      let files = try FileManager.default.subpathsOfDirectory(atPath: log.folder)
        .filter { $0.split(separator: "/").count == 3 }
      #expect(files.count == 2)
      let versions = ProvenanceLog.versions(of: try log.entries())
      #expect(versions.count == 1 && versions[0].entries.map(\.sequence) == [1, 2, 3])
    }
  }

  @Test func givesVersionsBack() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      let windows = "\u{FEFF}a,y\r\n1,\"u\"\r\n2,v"
      let version = try log.add(windows, in: folder).entry.outputs[0].version
      try log.add(Self.table, in: folder)
      let known = try log.version(String(version.hexadecimal.prefix(6)))
      let path = folder.appendingPathComponent("back.csv").path
      try log.restore(known, to: path, program: "tests 1")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(windows.utf8))
      #expect(throws: ProvenanceError.exists(path: path)) {
        try log.restore(known, to: path, program: "tests 1")
      }
      #expect(try log.verify().findings.isEmpty)
      #expect(try log.entries().last?.action == .restore)
    }
  }

  @Test func namesVersionsByTheirBeginning() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      // Two contents whose hashes begin alike in four digits: found by counting up.
      var seen: [String: Int] = [:]
      var pair: (Int, Int)?
      for number in 0... {
        let hash = ContentHash(of: Array("a,y\n\(number),u\n".utf8)).hexadecimal.prefix(4)
        pair = seen.updateValue(number, forKey: String(hash)).map { ($0, number) }
        if pair != nil { break }
      }
      let (x, y) = try #require(pair)
      let first = try log.add("a,y\n\(x),u\n", in: folder).entry.outputs[0].version.hexadecimal
      let second = try log.add("a,y\n\(y),u\n", in: folder).entry.outputs[0].version.hexadecimal
      #expect(try log.version(first).record.version.hexadecimal == first)
      #expect(try log.version(String(second.prefix(16))).record.version.hexadecimal == second)
      #expect {
        try log.version(String(first.prefix(4)))
      } throws: {
        guard case ProvenanceError.ambiguousVersion(_, let matches) = $0 else { return false }
        return matches.count == 2
      }
      for unknown in [String(first.prefix(3)), "", "zzzz", first + "0"] {
        #expect {
          try log.version(unknown)
        } throws: {
          guard case ProvenanceError.unknownVersion = $0 else { return false }
          return true
        }
      }
    }
  }

  /// Hashes alone name rows, but give nothing back.
  @Test func worksWithoutContents() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      let entry = try log.add(Self.table, in: folder, storesContent: false).entry
      #expect(try log.verify().findings.isEmpty)
      let known = try log.version(entry.outputs[0].version.hexadecimal)
      #expect(throws: ProvenanceError.noContent(version: known.record.version.short)) {
        try log.restore(known, to: folder.path + "/x.csv", program: "tests 1")
      }
      try Data("a,b,y\n1,2,u\n3,9,v\n5,6,u\n".utf8)
        .write(to: folder.appendingPathComponent("d.csv"))
      let findings = try log.verify().findings
      #expect(findings.contains { $0.kind == .row && $0.place.hasSuffix("row 2") })
    }
  }

  /// What a process leaves that dies while it writes, at each place where it can die.
  @Test func recoversFromCrashes() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      try log.add(Self.table, in: folder)
      let lines = try lines(log)
      let head = try String(contentsOfFile: log.folder + "/head", encoding: .utf8)
      let second = try log.add(Self.table + "7,8,v\n", in: folder)
      let whole = try String(contentsOfFile: log.folder + "/log.jsonl", encoding: .utf8)
      let entry = String(whole.dropFirst(lines[0].count + 1))

      // Before the entry: versions that nothing names.
      try write(lines[0] + "\n", to: "log.jsonl", of: log)
      try write(head, to: "head", of: log)
      try write("left over", to: ".head.99.partial", of: log)
      var verification = try log.verify(file: nil)
      #expect(verification.findings.count { $0.kind == .folder && !$0.isBroken } == 3)

      // Amid the entry: after any number of its bytes.
      for length in stride(from: 1, to: entry.utf8.count, by: 37) + [entry.utf8.count - 1] {
        let tail = String(decoding: entry.utf8.prefix(length), as: UTF8.self)
        try write(lines[0] + "\n" + tail, to: "log.jsonl", of: log)
        try write(head, to: "head", of: log)
        let findings = try log.verify().findings.filter(\.isBroken)
        #expect(findings.first { $0.kind == .tornLine }?.place == "entry 2", "\(length)")
        let recorded = try log.add(Self.table + "7,8,v\n", in: folder)
        #expect(recorded.repair?.contains("interrupted") == true)
        // The whole line is kept; a part of it is replaced.
        #expect(recorded.entry.sequence == (length == entry.utf8.count - 1 ? 3 : 2))
        verification = try log.verify()
        #expect(verification.isIntact, "\(verification.findings)")
      }

      // After the entry, before the head.
      try write(whole, to: "log.jsonl", of: log)
      try write(head, to: "head", of: log)
      #expect(try log.verify().isIntact)
      let third = try log.add(Self.table, in: folder)
      #expect(third.repair == nil && third.entry.previous == second.entry.hash)
    }
  }

  /// A first entry that never became whole leaves a log that can be begun again.
  @Test func beginsAgainAfterACrash() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      try write("{\"action\":\"ad", to: "log.jsonl", of: log)
      #expect(try log.add(Self.table, in: folder).repair != nil)
      #expect(try log.verify().isIntact)
    }
  }

  @Test func holdsItsLock() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      try log.add(Self.table, in: folder)
      // Safe: the path is a string.
      let descriptor = unsafe open(log.folder + "/lock", O_RDWR | O_CREAT, 0o644)
      #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      #expect(throws: ProvenanceError.locked(folder: log.folder, owner: nil)) {
        try log.add(Self.table, in: folder)
      }
      // Reading needs no lock.
      #expect(try log.verify().isIntact)
      close(descriptor)
      try log.add(Self.table, in: folder)
      #expect(try log.entries().count == 2)
    }
  }

  @Test func provesRows() throws {
    try withProvenanceFolder { folder in
      let log = ProvenanceLog(in: folder)
      try log.add(Self.table, in: folder)
      try log.add(Self.table + "7,8,v\n", in: folder)
      let known = try #require(ProvenanceLog.versions(of: try log.entries()).last)
      for row in 1...4 {
        let proof = try log.proof(of: row, in: known)
        #expect(proof.problem == nil && proof.entry == 2)
        #expect(proof.firstEntry == (row == 4 ? 2 : 1))
      }
      for row in [0, 5, -1] {
        #expect(throws: ProvenanceError.noRow(row, rowCount: 4)) {
          try log.proof(of: row, in: known)
        }
      }
    }
  }

  @Test func countsSources() throws {
    var origin = ProvenanceOrigin()
    let text = "who,y\nb,1\na,2\nb,3\n\"a\",4\n"
    try origin.takeSources(
      of: CSVRecords(bytes: Array(text.utf8), file: "d.csv"), from: ColumnReference("who"))
    #expect(origin.sourceColumn == "who")
    #expect(origin.sources.map { "\($0.name) \($0.rows)" } == ["b 2", "a 2"])
  }
}

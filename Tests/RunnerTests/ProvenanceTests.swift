import Foundation
import TestSupport
import Testing

/// `runner provenance` and what records into its log.
struct ProvenanceTests {
  private static let folder = ".hemlock/provenance"

  private func run(_ command: String, in folder: URL, status: Int32 = 0) throws -> RunnerProcess {
    let words = command.split(separator: " ").map(String.init)
    let run = try RunnerProcess(["provenance"] + words, in: folder)
    #expect(run.status == status, "\(command): \(run.errors)")
    return run
  }

  private func entries(in folder: URL) throws -> [EntryRecord] {
    try run("log --json", in: folder).json()
  }

  @Test func tellsTheStoryOfARun() throws {
    try withTemporaryFolder { folder in
      let options = try FlowerFile.plain.write(in: folder)
      let train = try RunnerProcess(
        [
          "train", "--attack", "flip", "--poison", "0.2", "--defense", "enn", "--seed", "3",
          "--dump",
          "run", "--provenance", Self.folder, "--tracking-uri", "none",
        ] + options, in: folder)
      #expect(train.status == 0, "\(train.errors)")
      let entries = try entries(in: folder)
      #expect(entries.map(\.action) == ["split", "poison", "defend", "train"])
      #expect(entries[0].rows?.count == 9)
      // 20 % of 36 training rows, none of which validates.
      let poisoned = try #require(entries[1].rows)
      #expect(poisoned.count == 7)
      #expect(Set(poisoned).isDisjoint(with: entries[0].rows ?? []))
      #expect(entries[1].parameters["attack"] == "flip" && entries[1].outputs.isEmpty)
      #expect(entries[2].parameters["defense"] == "enn")
      #expect(!(entries[2].rows ?? []).isEmpty)
      #expect(entries[3].inputs.map(\.version).first == entries[2].outputs.map(\.version).first)
      _ = try run("verify --log \(Self.folder)", in: folder)
      // A row of the dump that somebody changes shows.
      let path = folder.appendingPathComponent("run/train.csv")
      let text = try String(contentsOf: path, encoding: .utf8)
      try Data(text.replacing("setosa", with: "virginica", maxReplacements: 1).utf8).write(to: path)
      let changed = try run("verify --log \(Self.folder)", in: folder, status: 1)
      #expect(changed.output.contains("train.csv"))
    }
  }

  @Test func tellsTheStoryOfAFile() throws {
    try withTemporaryFolder { folder in
      let options = try FlowerFile.plain.write(in: folder)
      let before = try Data(contentsOf: folder.appendingPathComponent("flowers.csv"))
      _ = try run(
        "add flowers.csv --source-column species --license MIT --note n --url http://x", in: folder)
      let attack = try RunnerProcess(
        ["attack", "--attack", "flip", "--poison", "0.2", "--seed", "7", "--output", "p.csv"]
          + options + ["--provenance", Self.folder, "--json"], in: folder)
      let poisoned: PoisonedRecord = try attack.json()

      let entries = try entries(in: folder)
      #expect(entries.map(\.action) == ["add", "poison"])
      #expect(entries[0].license == "MIT" && entries[0].url == "http://x")
      #expect(entries[0].sources?.map(\.rows) == [15, 15, 15])
      #expect(entries[1].inputs.map(\.version) == entries[0].outputs.map(\.version))
      #expect(entries[1].rows == poisoned.rows && entries[1].parameters["seed"] == "7")
      #expect(entries[1].parameters["attack"] == "flip" && entries[1].parameters["level"] == "0.2")
      #expect(entries[1].previous == entries[0].hash)

      // The diff names the rows that the attack says it changed, in the column it changed.
      let old = String(entries[0].outputs[0].version.prefix(8))
      let diff: DiffRecord = try run("diff \(old) p.csv --json", in: folder).json()
      #expect(diff.rows.compactMap(\.new) == poisoned.rows.sorted())
      #expect(diff.rows.allSatisfy { $0.kind == "changed" && $0.fields?.count == 1 })
      #expect(diff.rows.allSatisfy { $0.fields?.first?.column == "species" })
      #expect(diff.addedColumns == ["poisoned", "row", "was"])

      #expect(try run("verify", in: folder).output.hasPrefix("intact: 2 entries, 2 versions, 2 "))
      _ = try run("restore \(old) --output again.csv", in: folder)
      #expect(try Data(contentsOf: folder.appendingPathComponent("again.csv")) == before)
      #expect(try Data(contentsOf: folder.appendingPathComponent("flowers.csv")) == before)
      #expect(try run("list", in: folder).output.contains(old))
      #expect(try run("show p.csv", in: folder).output.contains("9 rows"))
    }
  }

  @Test func namesAChangedRow() throws {
    try withTemporaryFolder { folder in
      try folder.write("a,y\n1,u\n2,v\n3,u\n", to: "d.csv")
      _ = try run("add d.csv", in: folder)
      try folder.write("a,y\n1,u\n2,w\n3,u\n", to: "d.csv")
      let text = try run("verify d.csv", in: folder, status: 1)
      #expect(text.output.contains("d.csv row 2: \"y\" is \"w\", was \"v\""))
      #expect(text.errorLines.count == 1 && text.errors.hasPrefix("error: "))
      let report: VerificationRecord = try run("verify --json", in: folder, status: 1).json()
      #expect(!report.isIntact && report.findings.map(\.kind) == ["file", "row"])
      // What is taken in anew is right again.
      _ = try run("add d.csv", in: folder)
      let head = try run("verify", in: folder).output.split(separator: " ").last ?? ""
      _ = try run("verify --head \(head.dropLast())", in: folder)
      _ = try run("verify --head \(String(repeating: "0", count: 64))", in: folder, status: 1)
    }
  }

  /// What is broken is told by verify, and refused by all others.
  @Test func refusesABrokenLog() throws {
    try withTemporaryFolder { folder in
      try folder.write("a,y\n1,u\n", to: "d.csv")
      for _ in 0..<2 { _ = try run("add d.csv --note first", in: folder) }
      for unknown in ["ffff00000000", "ab", "none.csv"] {
        let shown = try run("show \(unknown)", in: folder, status: 64)
        #expect(shown.errors.contains("versions: ") && shown.errorLines.count == 1)
      }
      try folder.write("a,y\n2,u\n", to: "e.csv")
      #expect(try run("verify e.csv", in: folder, status: 64).errors.contains("provenance add"))
      let log = folder.appendingPathComponent("\(Self.folder)/log.jsonl")
      let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
      try Data(text.replacingOccurrences(of: "first", with: "thirst").utf8).write(to: log)
      let verified = try run("verify", in: folder, status: 1)
      #expect(verified.output.contains("entry 1: ") && verified.output.contains("entry 2: "))
      for command in [
        "add d.csv", "log", "list", "show d.csv", "restore abcd", "prove d.csv --row 1",
      ] {
        let refused = try run(command, in: folder, status: 65)
        #expect(refused.errors.contains("entry 1") && refused.output.isEmpty)
      }
      #expect(try folder.text("d.csv") == "a,y\n1,u\n")
    }
  }

  @Test func provesRowsToOthers() throws {
    try withTemporaryFolder { folder in
      try folder.write("a,y\n1,u\n2,v\n3,u\n", to: "d.csv")
      _ = try run("add d.csv", in: folder)
      let proof = try run("prove d.csv --row 2", in: folder).output
      try folder.write(proof, to: "proof.json")
      #expect(proof.contains("\"record\" : \"2,v\""))
      let shown = try run("check-proof proof.json", in: folder).output
      let root = shown.split(whereSeparator: \.isWhitespace).first { $0.count == 64 } ?? ""
      _ = try run("check-proof proof.json --root \(root)", in: folder)
      let other = String(repeating: "0", count: 64)
      _ = try run("check-proof proof.json --root \(other) --json", in: folder, status: 1)
      for (part, lie) in [("2,v", "2,w"), ("\"leaf_index\" : 2", "\"leaf_index\" : 1")] {
        let changed = proof.replacingOccurrences(of: part, with: lie)
        #expect(changed != proof)
        try folder.write(changed, to: "lie.json")
        _ = try run("check-proof lie.json", in: folder, status: 1)
      }
      // The row of the header is none.
      _ = try run("prove d.csv --row 0", in: folder, status: 64)
    }
  }

  /// Processes that are killed at any time leave a log that the next one continues.
  @Test func survivesBeingKilled() throws {
    try withTemporaryFolder { folder in
      for round in 0..<25 {
        let rows = (0..<20_000).map { "\($0 * round),\($0),\($0 % 2)\n" }.joined()
        try folder.write("a,b,y\n" + rows, to: "d.csv")
        let started = try StartedRunner(["provenance", "add", "d.csv"], in: folder)
        Thread.sleep(forTimeInterval: 0.004 * Double(round))
        started.send(SIGKILL)
        _ = try RunnerProcess(started)
      }
      try folder.write("a,y\n1,u\n", to: "d.csv")
      _ = try run("add d.csv", in: folder)
      let verified: VerificationRecord = try run("verify --json", in: folder).json()
      #expect(verified.findings.allSatisfy { !$0.isBroken })
      #expect(try entries(in: folder).map(\.sequence) == Array(1...verified.entries))
    }
  }

  /// Processes that write at once wait for each other: no entry is lost and none is broken.
  @Test func takesTurns() throws {
    try withTemporaryFolder { folder in
      for index in 0..<6 { try folder.write("a,y\n\(index),u\n", to: "d\(index).csv") }
      let runs = try (0..<6).map {
        try StartedRunner(["provenance", "add", "d\($0).csv"], in: folder)
      }
      for run in runs { #expect(try RunnerProcess(run).status == 0) }
      #expect(try entries(in: folder).map(\.sequence) == Array(1...6))
      _ = try run("verify", in: folder)
    }
  }

  @Test func measuresSources() throws {
    try withTemporaryFolder { folder in
      let record = try measure("", in: folder)
      #expect(record.sources.map(\.name) == ["s0", "s1", "s2"])
      #expect(record.sources[2].removing == "helps")
      #expect(record.sources[..<2].allSatisfy { $0.removing != "helps" })
      let flipped = record.sources[2]
      #expect(flipped.populationCi95[1] < 0 && flipped.holmP < 0.05)
      #expect(record.dataset.features == ["x1", "x2"] && record.trustedSource == nil)

      let trusted = try measure("--trusted-source s0 --shapley --validation 0.5", in: folder)
      #expect(trusted.sources.map(\.isTrusted) == [true, false, false])
      #expect(trusted.validationRows == 200)
      #expect(try #require(trusted.sources[2].shapley).mean < 0)
      #expect(trusted.sources[2].difference.mean < 0)

      let text = try run(
        "sources s.csv --target y --source-column seller --seeds 20", in: folder
      ).output
      #expect(text.contains("--trusted-source"))
    }
  }

  private func measure(_ options: String, in folder: URL) throws -> SourcesRecord {
    var text = "x1,x2,seller,y\n"
    let noise = normalArray(2400, seed: 11)
    for row in 0..<1200 {
      let (label, source) = (row / 3 % 2, row % 3)
      let shown = source == 2 ? 1 - label : label
      text += "\(noise[2 * row] + 3 * Double(label)),\(noise[2 * row + 1]),s\(source),\(shown)\n"
    }
    try folder.write(text, to: "s.csv")
    return try run(
      "sources s.csv --target y --source-column seller --seeds 40 --model knn --json " + options,
      in: folder
    ).json()
  }

  /// DVC itself agrees with our pointers and cache: up to date, modified, given back.
  @Test(.enabled(if: DVCTool.isThere), .tags(.python)) func agreesWithDVC() throws {
    try withTemporaryFolder { folder in
      _ = try DVCTool.run(["init", "--no-scm", "-q"], in: folder)
      let deep = folder.appendingPathComponent("deep")
      try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
      let names = ["d.csv", "deep/a: b's #1.csv"]
      for name in names { try folder.write("a,y\n1,u\n2,ü\n", to: name) }
      for name in names {
        let added = try RunnerProcess(["provenance", "add", name, "--dvc"], in: folder)
        #expect(added.status == 0 && added.errors.isEmpty, "\(added.errors)")
      }
      #expect(try DVCTool.run(["status", "--json"], in: folder) == "{}\n")
      let ours = try folder.text("d.csv.dvc")
      // DVC's own pointer to the same file is the same.
      _ = try DVCTool.run(["add", "-q", "d.csv"], in: folder)
      #expect(try folder.text("d.csv.dvc") == ours)

      try folder.write("a,y\n1,u\n3,ü\n", to: "d.csv")
      #expect(try DVCTool.run(["status", "--json"], in: folder).contains("\"modified\""))
      try FileManager.default.removeItem(at: folder.appendingPathComponent("d.csv"))
      _ = try DVCTool.run(["checkout", "-q"], in: folder)
      #expect(try folder.text("d.csv") == "a,y\n1,u\n2,ü\n")

      // The pointer follows a new version; without the cache DVC says what is missing.
      try folder.write("a,y\n1,u\n4,ü\n", to: "d.csv")
      _ = try run("add d.csv --dvc", in: folder)
      #expect(try DVCTool.run(["status", "--json"], in: folder) == "{}\n")
      try FileManager.default.removeItem(at: folder.appendingPathComponent(".dvc/cache"))
      #expect(try DVCTool.run(["status", "--json"], in: folder).contains("not in cache"))
    }
  }

  @Test func writesPointersWithoutDVC() throws {
    try withTemporaryFolder { folder in
      try folder.write("a,b,y\n1,2,u\n", to: "data.csv")
      let added = try run("add data.csv --dvc", in: folder)
      #expect(added.errorLines.count == 1 && added.errors.contains("dvc init"))
      #expect(
        try folder.text("data.csv.dvc")
          == "outs:\n- md5: e4cafd1d244e343facab0ec98095a844\n  size: 12\n  hash: md5\n"
          + "  path: data.csv\n")
      let text = try folder.text("data.csv.dvc") + "  remote: x\n"
      try folder.write(text, to: "data.csv.dvc")
      let refused = try run("add data.csv --dvc", in: folder, status: 65)
      #expect(refused.errors.contains("dvc add"))
      #expect(try folder.text("data.csv.dvc") == text)
    }
  }

  @Test func saysThatAFailedRecordLeavesTheFile() throws {
    try withTemporaryFolder { folder in
      try folder.write("", to: "obstacle")
      let run = try RunnerProcess(
        ["attack", "--poison", "0.1", "--output", "p.csv", "--provenance", "obstacle/x"],
        in: folder)
      #expect(run.status == 74 && run.errors.contains("--provenance"))
      #expect(run.errors.contains("p.csv was written, but not recorded"))
    }
  }
}

/// An entry as `provenance log --json` prints it.
private struct EntryRecord: Decodable {
  struct Version: Decodable {
    let version: String
    let rows: Int
  }

  struct Source: Decodable {
    let name: String
    let rows: Int
  }

  let sequence: Int
  let action: String
  let inputs: [Version]
  let outputs: [Version]
  let parameters: [String: String]
  let rows: [Int]?
  let sources: [Source]?
  let license: String?
  let url: String?
  let previous: String
  let hash: String
}

/// What `provenance diff --json` prints.
private struct DiffRecord: Decodable {
  struct Field: Decodable {
    let column: String
  }

  struct Row: Decodable {
    let kind: String
    let new: Int?
    let fields: [Field]?
  }

  let addedColumns: [String]
  let rows: [Row]
}

/// What `provenance verify --json` prints.
private struct VerificationRecord: Decodable {
  struct Finding: Decodable {
    let kind: String
    let isBroken: Bool
  }

  let isIntact: Bool
  let entries: Int
  let findings: [Finding]
}

/// What `provenance sources --json` prints.
private struct SourcesRecord: Decodable {
  struct Moments: Decodable {
    let mean: Double
  }

  struct Source: Decodable {
    let name: String
    let isTrusted: Bool
    let difference: Moments
    let populationCi95: [Double]
    let holmP: Double
    let removing: String
    let shapley: Moments?
  }

  let dataset: TrainRecord.Dataset
  let validationRows: Int
  let trustedSource: String?
  let sources: [Source]
}

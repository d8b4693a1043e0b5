import Foundation
import Testing

/// Files whose first lines say more than names: all commands read them alike, without `--target` too.
@Suite struct TableHeadTests {
  private static let orange =
    "width\theight\tkind\tnote\nc\tc\td\tstring\n\t\tclass\tmeta\n"
    + (0..<24).map { row in "\(row % 7).5\t\(row % 3)\t\(row % 2 == 0 ? "a" : "b")\tn\(row)\n" }
    .joined()

  private static let counts =
    "24,2,a,b\n" + (0..<24).map { row in "\(row % 7).5,\(row % 3),\(row % 2)\n" }.joined()

  private static let arff =
    "@RELATION r\n@ATTRIBUTE width REAL\n@ATTRIBUTE height REAL\n@ATTRIBUTE kind {a,b}\n@DATA\n"
    + (0..<24).map { row in "\(row % 7).5,\(row % 3),\(row % 2 == 0 ? "a" : "b")\n" }.joined()

  private static let comment =
    "# width,height,kind\n"
    + (0..<24).map { row in "\(row % 7).5,\(row % 3),\(row % 2 == 0 ? "a" : "b")\n" }.joined()

  @Test(arguments: [
    "train --data", "experiment --seeds 2 --levels 0 --results r --data",
    "sweep --seeds 2 --levels 0 --models knn --attacks flip --data",
    "inspect --models none --exit-zero", "validate",
    "attack --attack flip --poison 0.1 --output p.csv --data",
  ])
  func everyCommandReadsThem(_ command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let isTracked = ["train", "experiment", "sweep"].contains(words[0])
    for (file, text, remark) in [
      ("o.tab", Self.orange, "\"kind\" has the classes; left out: \"note\" (meta)"),
      ("c.csv", Self.counts, "stand for \"a\", \"b\""),
    ] {
      try withTemporaryFolder { folder in
        try folder.write(text, to: file)
        let run = try RunnerProcess(
          words + [file, "--json"] + (isTracked ? ["--tracking-uri", "none"] : []), in: folder)
        #expect(run.status == 0, "\(command) \(file): \(run.errors)")
        #expect(run.errors.contains(remark), "\(run.errors)")
      }
    }
  }

  @Test func plansNeedNoTargetEither() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.counts, to: "c.csv")
      // A path of one character has no folder.
      try folder.write("data: c.csv\nattacks: flip\nlevels: 0\nmodels: knn\nseeds: 2\n", to: "p")
      let run = try RunnerProcess(["sweep", "run", "p", "--tracking-uri", "none"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
    }
  }

  /// What is written has the head that was read, with columns for what the attack did.
  @Test(arguments: [("o.tab", orange), ("a.arff", arff), ("n.csv", comment), ("c.csv", counts)])
  func whatIsWrittenIsReadBack(_ name: String, _ text: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(text, to: name)
      let target = name == "c.csv" || name == "o.tab" ? [] : ["--target", "kind"]
      let ending = name.split(separator: ".")[1]
      let attack = try RunnerProcess(
        [
          "attack", "--data", name, "--attack", "flip", "--poison", "0.25",
          "--output", "p.\(ending)", "--provenance", "log",
        ] + target, in: folder)
      #expect(attack.status == 0, "\(attack.errors)")
      let again = try RunnerProcess(
        [
          "train", "--data", "p.\(ending)", "--target", name == "c.csv" ? "class" : "kind",
          "--ignore", "poisoned,row,was", "--tracking-uri", "none", "--json",
        ], in: folder)
      #expect(again.status == 0, "\(again.errors)")
      let inspected = try RunnerProcess(
        ["inspect", name, "--models", "none", "--exit-zero", "--results", "i"] + target, in: folder)
      #expect(inspected.status == 0, "\(inspected.errors)")
      let checked = try RunnerProcess(
        ["validate", "i/cleaned.csv", "--target", name == "c.csv" ? "class" : "kind"], in: folder)
      #expect(checked.status <= 1, "\(checked.errors)")
      let verified = try RunnerProcess(["provenance", "verify", "--log", "log"], in: folder)
      #expect(verified.status == 0, "\(verified.output) \(verified.errors)")
    }
  }

  /// Provenance knows rows of whatever text is in a file, and gives its bytes back.
  @Test(arguments: ["c.csv.gz", "u.csv", "a.arff", "o.tab", "n.csv", "c.csv"])
  func provenanceReadsThem(_ name: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.orange, to: "o.tab")
      try folder.write(Self.arff, to: "a.arff")
      try folder.write(Self.counts, to: "c.csv")
      try folder.write(Self.comment, to: "n.csv")
      let plain = Self.comment.dropFirst(2)
      let utf16 = try #require(String(plain).data(using: .utf16LittleEndian))
      try (Data([0xFF, 0xFE]) + utf16).write(to: folder.appendingPathComponent("u.csv"))
      _ = try RunnerProcess(shell: "gzip -k c.csv", in: folder)
      let add = try RunnerProcess(["provenance", "add", name, "--json"], in: folder)
      #expect(add.status == 0, "\(add.errors)")
      let entry = try add.json(as: EntryRecord.self)
      let version = try #require(entry.outputs.first?.version)
      let restored = try RunnerProcess(
        ["provenance", "restore", String(version.prefix(8)), "--output", "again"], in: folder)
      #expect(restored.status == 0, "\(restored.errors)")
      #expect(
        try Data(contentsOf: folder.appendingPathComponent("again"))
          == Data(contentsOf: folder.appendingPathComponent(name)))
      let verified = try RunnerProcess(["provenance", "verify"], in: folder)
      #expect(verified.status == 0, "\(verified.output) \(verified.errors)")

      // A changed row is named, by the column it is changed in.
      let change =
        name.hasSuffix("gz")
        ? "gunzip -c c.csv.gz | sed '4s/^[^,]*/99/' | gzip > x && mv x c.csv.gz"
        : name == "u.csv"
          ? "iconv -f utf-16 -t utf-8 u.csv | sed '4s/^[^,]*/99/' | iconv -f utf-8 -t utf-16 > x && mv x u.csv"
          : "sed -i '9s/^[^,\\t]*/99/' \(name)"
      _ = try RunnerProcess(shell: change, in: folder)
      let changed = try RunnerProcess(["provenance", "verify"], in: folder)
      #expect(changed.status == 1 && changed.output.contains("row "), "\(changed.output)")
      let isCounted = name.hasPrefix("c.")
      #expect(
        changed.output.contains(isCounted ? "column_0" : "width"), "\(name): \(changed.output)")
    }
  }

  @Test func provenanceRefusesWhatHasNoLines() throws {
    try withTemporaryFolder { folder in
      // The header of an array of one number, and the number.
      let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }"
      let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
      let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
      try Data(bytes + [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]).write(
        to: folder.appendingPathComponent("x.npy"))
      let run = try RunnerProcess(["provenance", "add", "x.npy"], in: folder)
      #expect(run.status == 65, "\(run.errors)")
      #expect(run.errors.contains("NumPy") && run.errors.contains("numpy.savetxt"), "\(run.errors)")
    }
  }
}

private struct EntryRecord: Decodable {
  struct Version: Decodable {
    let version: String
  }

  let outputs: [Version]
}

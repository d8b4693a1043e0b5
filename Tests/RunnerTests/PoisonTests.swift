import Foundation
import Testing

/// `runner attack`.
struct PoisonTests {
  private static let own = ["poisoned", "row", "was"]

  private func poison(
    _ arguments: [String], in folder: URL, to output: String = "p.csv"
  ) throws -> PoisonedRecord {
    let run = try RunnerProcess(
      ["attack", "--output", output, "--json"] + arguments, in: folder)
    try #require(run.status == 0, "\(arguments): \(run.errors)")
    return try run.json()
  }

  /// Every way to write a file: without poison, cutting off what was added gives its bytes.
  @Test(arguments: FlowerFile.all + [FlowerFile.unnamedIndex])
  func leavesBytesAlone(_ file: FlowerFile) throws {
    try withTemporaryFolder { folder in
      let options = try file.write(in: folder)
      _ = try poison(options + ["--poison", "0"], in: folder)
      let written = try folder.text("p.csv")
      let lineBreak = written.utf8.contains(0x0D) ? "\r\n" : "\n"
      let hasHeader = !options.contains("--no-header")
      var lines = written.components(separatedBy: lineBreak)
      #expect(lines.removeLast().isEmpty)
      let expected = lines.indices.map { index in
        hasHeader ? (index == 0 ? ",poisoned,row,was" : ",,\(index),") : ",,\(index + 1),"
      }
      let stripped = zip(lines, expected).map { line, end in
        #expect(line.hasSuffix(end), "\(line)")
        return String(line.dropLast(end.count))
      }
      let input = String(decoding: file.bytes, as: UTF8.self)
      let text = stripped.joined(separator: lineBreak)
      #expect(input == text || input == text + lineBreak)
    }
  }

  @Test func saysWhatBecameOfEachRow() throws {
    try withTemporaryFolder { folder in
      let options = try FlowerFile.plain.write(in: folder)
      let before = try Table("flowers.csv", in: folder)
      for (attack, word, changed) in [("flip", "label", [2]), ("uniform", "features", [0, 1])] {
        let record = try poison(
          options + ["--attack", attack, "--poison", "0.2", "--seed", "7"], in: folder)
        let after = try Table("p.csv", in: folder)
        #expect(after.header == before.header + Self.own)
        #expect(record.attack.poisonedRows == 9 && record.rows.count == 9)
        #expect(after.rows.count == 45 && record.output.rows == 45)
        for (index, row) in after.rows.enumerated() {
          let original = before.rows[index]
          #expect(row[4] == "\(index + 1)")
          let isPoisoned = record.rows.contains(index + 1)
          #expect(row[3] == (isPoisoned ? word : ""))
          #expect(row[5] == (isPoisoned && attack == "flip" ? original[2] : ""))
          for column in 0..<3 {
            let isChanged = isPoisoned && changed.contains(column)
            #expect((row[column] != original[column]) == isChanged, "\(row) of \(original)")
          }
        }
        for count in record.classCounts {
          #expect(try count.before == before.column("species").count { $0 == count.name })
          #expect(try count.after == after.column("species").count { $0 == count.name })
        }
      }
    }
  }

  /// n·p/(1 − p) rows are added after all others, or n·p are gone.
  @Test func addsAndDeletesRows() throws {
    try withTemporaryFolder { folder in
      let options = try FlowerFile.plain.write(in: folder)
      let before = try Table("flowers.csv", in: folder)
      let added = try poison(
        options + ["--attack", "flip:flow=add", "--poison", "0.25"], in: folder)
      let longer = try Table("p.csv", in: folder).rows
      #expect(longer.count == 60 && added.attack.flow == "add")
      for (index, row) in longer.enumerated() {
        guard index >= 45 else {
          #expect(row == before.rows[index] + ["", "\(index + 1)", ""])
          continue
        }
        let source = before.rows[added.rows[index - 45] - 1]
        #expect(row[3] == "added" && row[4] == "\(added.rows[index - 45])")
        #expect(row[5] == source[2] && row[2] != source[2] && row[0] == source[0])
      }

      let deleted = try poison(
        options + ["--attack", "flip:flow=delete", "--poison", "0.25"], in: folder)
      // A quarter of 45 is 11.25.
      #expect(deleted.rows.count == 11 && deleted.output.rows == 34)
      let kept = (1...45).filter { !deleted.rows.contains($0) }
      #expect(
        try Table("p.csv", in: folder).rows
          == kept.map { before.rows[$0 - 1] + ["", "\($0)", ""] })
    }
  }

  /// Every attack of the catalogue in every flow it has: exact budgets, the same bytes again, the
  /// rows of a lower level among those of a higher one, and a file that reads back as what it says.
  @Test func carriesOutEveryAttack() throws {
    try withTemporaryFolder { folder in
      _ = try poison(["--poison", "0"], in: folder, to: "clean.csv")
      let clean = try String(folder.text("clean.csv"))
      for attack in try CatalogRecord.all() where !attack.needsParameters {
        let validation = attack.threat.seesValidation ? ["--validation", "iris.csv"] : []
        try folder.write(
          clean.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
          }
          .map { $0.dropLast(3).joined(separator: ",") + "\n" }.joined(), to: "iris.csv")
        for flow in attack.flows {
          let arguments = ["--attack", "\(attack.name):flow=\(flow)"] + validation
          let record = try poison(arguments + ["--poison", "0.1", "--seed", "3"], in: folder)
          let count = flow == "add" ? 17 : 15
          #expect(record.rows.count == count, "\(arguments)")
          #expect(record.attack.flow == flow && record.attack.threat == attack.threat)
          #expect(record.output.rows == (flow == "add" ? 167 : flow == "delete" ? 135 : 150))
          let bytes = try folder.text("p.csv")
          _ = try poison(arguments + ["--poison", "0.1", "--seed", "3"], in: folder)
          #expect(try folder.text("p.csv") == bytes, "\(arguments)")
          let more = try poison(
            arguments + ["--poison", "0.2", "--seed", "3"], in: folder, to: "more.csv")
          #expect(Array(more.rows.prefix(count)) == record.rows, "\(arguments)")
          let again = try poison(
            ["--data", "p.csv", "--target", "species", "--poison", "0", "--prefix", "2"]
              + Self.own.flatMap { ["--ignore", $0] }, in: folder, to: "again.csv")
          if !record.classCounts.contains(where: { $0.after == 0 }) {
            #expect(again.input.digest == record.output.digest, "\(arguments)")
          }
        }
      }
    }
  }

  @Test func needsValidationRowsWhereTheyAreSeen() throws {
    try withTemporaryFolder { folder in
      for attack in try CatalogRecord.all() where attack.threat.seesValidation {
        let run = try RunnerProcess(
          ["attack", "--attack", attack.name, "--poison", "0.1", "--output", "p.csv"], in: folder)
        guard !attack.needsParameters else { continue }
        #expect(run.status == 64 && run.errors.contains("--validation"), "\(run.errors)")
        #expect(try folder.names().isEmpty)
      }
    }
  }

  /// A class with a comma goes between quotation marks; a number is no index where classes are numbers.
  @Test func namesClassesAsTheyAre() throws {
    try withTemporaryFolder { folder in
      let lines = (0..<20).map { "\($0),\($0 % 2 == 0 ? "a" : "\"p, q\""),\($0 % 2 * 2 + 2)\n" }
      try folder.write("x,kind,class\n" + lines.joined(), to: "two.csv")
      func attack(_ target: String, _ ignored: String, _ attack: String) throws -> RunnerProcess {
        try RunnerProcess(
          [
            "attack", "--data", "two.csv", "--target", target, "--ignore", ignored, "--attack",
            attack, "--poison", "0.2", "--output", "o.csv",
          ], in: folder)
      }
      let quoted = try attack("kind", "class", "relabel:class=\"p, q\"")
      #expect(quoted.status == 0, "\(quoted.errors)")
      let poisoned = try folder.text("o.csv").split(separator: "\n").filter { $0.contains("label") }
      #expect(poisoned.count == 4 && poisoned.allSatisfy { $0.contains("\"p, q\"") })
      let plain = try attack("kind", "class", "relabel:class=p, q")
      #expect(plain.status == 64 && plain.errors.contains("between quotation marks"))
      let number = try attack("class", "kind", "relabel:class=1")
      #expect(number.status == 64 && number.errors.contains("one of 2, 4"))
      #expect(try attack("class", "kind", "relabel:class=4").status == 0)
    }
  }

  @Test func callsItsColumnsOtherwise() throws {
    try withTemporaryFolder { folder in
      try folder.write("row,y\n1,u\n2,v\n3,u\n4,v\n", to: "data.csv")
      _ = try poison(
        ["--data", "data.csv", "--target", "y", "--poison", "0.5", "--prefix", "my "], in: folder)
      #expect(
        try Table("p.csv", in: folder).header == ["row", "y", "my poisoned", "my row", "my was"])
    }
  }

  @Test func replacesItsOwnOutputButNoInput() throws {
    try withTemporaryFolder { folder in
      let options = try FlowerFile.plain.write(in: folder)
      let input = try folder.text("flowers.csv")
      for share in ["0.1", "0.3"] {
        let record = try poison(options + ["--poison", share], in: folder)
        #expect(try folder.names() == ["flowers.csv", "p.csv"])
        let marks = try Table("p.csv", in: folder).column("poisoned")
        #expect(marks.count { $0 == "features" } == record.rows.count)
      }
      #expect(try folder.text("flowers.csv") == input)
    }
  }
}

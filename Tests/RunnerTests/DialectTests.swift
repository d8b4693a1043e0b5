import Foundation
import Testing

/// Files of other dialects, which all commands read alike.
@Suite struct DialectTests {
  /// Rows of two classes, as European programs write them.
  private static let file =
    "breit;hoch;art\n"
    + (0..<24).map { row in
      "\(row % 7),\(row % 3)5;\(row + 1),25;\(row % 2 == 0 ? "a" : "b")\n"
    }.joined()

  private static let remark = "fields parted by semicolons; decimal commas"

  @Test(arguments: [
    "train --data d.csv", "experiment --data d.csv --seeds 2 --levels 0 --results r",
    "sweep --data d.csv --seeds 2 --levels 0 --models knn --attacks flip",
    "inspect d.csv --models none --exit-zero", "validate d.csv",
    "attack --data d.csv --attack flip --poison 0.1 --output p.csv",
    "provenance sources d.csv --source-column hoch --seeds 2",
  ])
  func everyCommandReadsThem(_ command: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, to: "d.csv")
      let words = command.split(separator: " ").map(String.init)
      let isTracked = ["train", "experiment", "sweep"].contains(words[0])
      let run = try RunnerProcess(
        words + ["--target", "art"] + (isTracked ? ["--tracking-uri", "none"] : []), in: folder)
      #expect(run.errors.contains(Self.remark), "\(run.errors)")
      // Every value of a source column of its own is one of too few rows.
      #expect(run.status == 0 || command.hasPrefix("provenance"), "\(run.errors)")
      let named = try RunnerProcess(
        words + ["--target", "art", "--separator", ";", "--decimal", ",", "--json"]
          + (isTracked ? ["--tracking-uri", "none"] : [])
          + (words[0] == "attack" ? ["--provenance", "log"] : []), in: folder)
      #expect(!named.errors.contains("parted"), "\(named.errors)")
    }
  }

  /// What is poisoned stays in its dialect, and is read back without a question.
  @Test func attacksKeepTheDialect() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, to: "d.csv")
      let run = try RunnerProcess(
        [
          "attack", "--data", "d.csv", "--target", "art", "--poison", "0.25", "--output", "p.csv",
          "--provenance", "log",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let text = try folder.text("p.csv")
      #expect(text.hasPrefix("breit;hoch;art;poisoned;row;was\n") && !text.contains("."))
      let again = try RunnerProcess(
        [
          "train", "--data", "p.csv", "--target", "art", "--ignore", "poisoned,row,was",
          "--tracking-uri", "none", "--json",
        ], in: folder)
      #expect(again.status == 0, "\(again.errors)")
      let checked = try RunnerProcess(["provenance", "verify", "--log", "log"], in: folder)
      #expect(checked.status == 0, "\(checked.errors)")
    }
  }

  @Test func standardInputIsReadByEveryCommand() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, to: "d.csv")
      for command in ["train --data - --tracking-uri none", "validate -"] {
        let run = try RunnerProcess(shell: "$RUNNER \(command) --target art < d.csv", in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("standard input: \(Self.remark)"), "\(run.errors)")
      }
    }
  }

  @Test func questionsNameTheirAnswers() throws {
    try withTemporaryFolder { folder in
      for (text, answers) in [
        ("a;y\n1,234;u\n5,678;v\n", ["--thousands ,", "--decimal ,"]),
        ("0,1,y\n3,4,u\n5,6,v\n", ["--header", "--no-header"]),
        ("a;b,c\nu;v,w\nx;y,z\n", ["--separator ,", "--separator ';'"]),
        ("5,2\n" + String(repeating: "1,2,3\n", count: 6), ["--skip 1"]),
      ] {
        try folder.write(text, to: "d.csv")
        let run = try RunnerProcess(["validate", "d.csv"], in: folder)
        #expect(run.status == 65)
        for answer in answers { #expect(run.errors.contains(answer), "\(run.errors)") }
      }
    }
  }

  @Test func faultsNameTheCommandThatWorks() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<40).map { row in
        "\(row == 3 ? "n3" : "\(row)"),\(row == 5 ? "x 5" : "\(row)"),\(row),\(row % 2)\n"
      }.joined()
      try folder.write("name,\"last, first\",size,y\n" + rows, to: "d.csv")
      let command = ["train", "--data", "d.csv", "--target", "y", "--tracking-uri", "none"]
      let run = try RunnerProcess(command, in: folder)
      #expect(run.status == 65 && run.errorLines.count == 6, "\(run.errors)")
      #expect(run.errors.contains("--missing-text 'n3,x 5'"), "\(run.errors)")
      #expect(run.errors.contains("--encode 'name=onehot,\"last, first\"=onehot'"), "\(run.errors)")
      #expect(run.errors.contains("--ignore 'name,\"last, first\"'"), "\(run.errors)")
      let again = try RunnerProcess(
        command + ["--ignore", "name,\"last, first\""], in: folder)
      #expect(again.status == 0, "\(again.errors)")
    }
  }

  @Test func plansAndSchemasHaveTheSameKeys() throws {
    try withTemporaryFolder { folder in
      try folder.write("a;y\n" + (0..<20).map { "\($0 + 1),234;\($0 % 2)\n" }.joined(), to: "d.csv")
      let plan = "data: {file: d.csv, target: y}\nmodels: knn\nseeds: 2\nlevels: 0\n"
      try folder.write(plan, to: "plan.yaml")
      let asked = try RunnerProcess(["sweep", "plan.yaml", "--tracking-uri", "none"], in: folder)
      #expect(asked.status == 65 && asked.errors.contains("thousands: \",\""), "\(asked.errors)")
      try folder.write("thousands: \",\"\n" + plan, to: "plan.yaml")
      let run = try RunnerProcess(["sweep", "plan.yaml", "--tracking-uri", "none"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let inferred = try RunnerProcess(
        ["validate", "d.csv", "--target", "y", "--thousands", ",", "--infer", "s.yaml"], in: folder)
      #expect(inferred.status == 0, "\(inferred.errors)")
      #expect(
        try folder.text("s.yaml").contains("separator: \";\"\ndecimal: \".\"\nthousands: \",\""))
      let checked = try RunnerProcess(["validate", "d.csv", "--schema", "s.yaml"], in: folder)
      #expect(checked.status == 0, "\(checked.errors)")
    }
  }

  @Test(arguments: [
    ("PAR1....PAR1", "Parquet", "read_parquet"), ("{\"a\": 1}", "JSON", "read_json"),
    ("ARROW1..", "Arrow", "read_feather"), ("BZh91AY", "bzip2", "bunzip2"),
  ])
  func foreignFormatsAreNamed(_ text: String, _ name: String, _ remedy: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(text, to: "d.csv")
      let run = try RunnerProcess(["train", "--data", "d.csv", "--target", "y"], in: folder)
      #expect(run.status == 65 && run.errors.contains(name) && run.errors.contains(remedy))
      #expect(run.errors.contains("'d.csv'") || run.errors.contains(" d.csv"))
    }
  }

  /// What never ends is refused, and nothing is written.
  @Test(arguments: ["/dev/zero", "/dev/urandom"])
  func endlessInputIsRefused(_ path: String) throws {
    try withTemporaryFolder { folder in
      for command in ["train --dump d --data", "validate"] {
        let run = try RunnerProcess(
          command.split(separator: " ").map(String.init) + [path, "--target", "y"], in: folder)
        #expect(run.status == 65 && run.errors.contains("no text"), "\(run.errors)")
      }
      #expect(try folder.contents().isEmpty)
    }
  }

  @Test func validateTellsAllRowsOfOtherLengths() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<20).map { "\($0),u\($0 % 9 == 5 ? ",v" : "")\n" }.joined()
      try folder.write("x,y\n" + rows, to: "d.csv")
      let run = try RunnerProcess(["validate", "d.csv"], in: folder)
      #expect(run.status == 65, "\(run.errors)")
      #expect(
        run.errors.contains("2 rows have another number of fields: line 7 has 3 of 2; line 16"))
    }
  }
}

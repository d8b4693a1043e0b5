import Foundation
import Testing

/// `runner validate` as a pipeline uses it.
struct ValidateTests {
  private struct Record: Decodable {
    struct Check: Decodable {
      let check: String
      let subject: String?
      let outcome: String
      let lines: [Int]
    }

    struct Test: Decodable {
      let test: String
      let isDrift: Bool
      let tolerance: Double
    }

    let passes: Bool
    let rows: Int
    let checks: [Check]
    let tests: [Test]
  }

  private static let schema = """
    columns:
      length: {type: number, minimum: -10, maximum: 10}
      width: {type: number}
      species: {type: text, values: [setosa, versicolor, virginica]}
    target: species
    """

  @Test func inferredSchemaStopsABadFile() throws {
    try withTemporaryFolder { folder in
      _ = try FlowerFile.plain.write(in: folder)
      let before = try Data(contentsOf: folder.appendingPathComponent("flowers.csv"))
      let inferred = try RunnerProcess(
        ["validate", "flowers.csv", "--target", "species", "--infer", "made/schema.yaml"],
        in: folder)
      #expect(inferred.status == 0, "\(inferred.errors)")
      #expect(inferred.errors.contains("made/schema.yaml"))
      let again = try RunnerProcess(
        ["validate", "flowers.csv", "--schema", "made/schema.yaml"], in: folder)
      #expect(again.status == 0, "\(again.output)")

      let text = String(decoding: before, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      var bad = lines.map { String($0) }
      bad[3] = "1e6" + bad[3].drop { $0 != "," }
      bad[7] = bad[7].replacing(/[a-z]+$/, with: "rose")
      try folder.write(bad.joined(separator: "\n"), to: "bad.csv")
      let run = try RunnerProcess(
        ["validate", "bad.csv", "--schema", "made/schema.yaml", "--json"], in: folder)
      #expect(run.status == 1)
      #expect(run.errors.contains("bad.csv: 2 checks fail"))
      let record = try decoded(Data(run.output.utf8), as: Record.self)
      #expect(!record.passes && record.rows == 45)
      let failed = record.checks.filter { $0.outcome == "fails" }
      #expect(failed.map(\.check) == ["range", "values"])
      #expect(failed.map(\.lines) == [[4], [8]])
      #expect(try Data(contentsOf: folder.appendingPathComponent("flowers.csv")) == before)
    }
  }

  @Test func driftStopsAPipeline() throws {
    try withTemporaryFolder { folder in
      _ = try FlowerFile.plain.write(in: folder)
      let attack = try RunnerProcess(
        [
          "attack", "--data", "flowers.csv", "--target", "species", "--attack",
          "out-of-range:kappa=10", "--poison", "0.4", "--output", "p.csv",
        ], in: folder)
      #expect(attack.status == 0, "\(attack.errors)")
      let arguments = [
        "validate", "p.csv", "--reference", "flowers.csv", "--target", "species",
      ]
      let other = try RunnerProcess(arguments, in: folder)
      #expect(other.status == 65)
      #expect(other.errors.contains("other columns") && other.errors.contains("\"poisoned\""))
      let options = ["poisoned", "row", "was"].flatMap { ["--ignore", $0] }
      let run = try RunnerProcess(arguments + options, in: folder)
      #expect(run.status == 1)
      #expect(run.output.contains("DRIFT"))
      #expect(run.errors.contains("found drift"))
      let same = try RunnerProcess(
        ["validate", "flowers.csv", "--reference", "flowers.csv", "--target", "species"],
        in: folder)
      #expect(same.status == 0, "\(same.output)")
      #expect(same.output.contains("no drift found"))
    }
  }

  /// A page is written though the file does not pass, and what is in the file is text on it.
  @Test func pageIsWrittenWhateverTheOutcome() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<40).map { "\($0 % 7),<b>\($0 % 2)</b>\n" }.joined()
      try folder.write("x,y\n" + rows, to: "good.csv")
      try folder.write("x,y\n" + rows + "far,<i>2</i>\n", to: "bad.csv")
      try folder.write(
        "columns: {x: {type: integer, tolerate: 0.5}, y: {type: text, pattern: '.*[01].*'}}\n"
          + "drift: {tolerate: 0.25, alpha: 0.01}\n", to: "s.yaml")
      let call = ["--schema", "s.yaml", "--reference", "good.csv", "--page", "check.html"]
      let run = try RunnerProcess(["validate", "bad.csv"] + call + ["--json"], in: folder)
      #expect(run.status == 1 && run.errors.contains("wrote the page check.html"), "\(run.errors)")
      let page = try folder.text("check.html")
      #expect(page.contains("It does not pass.") && page.contains("FAILS"))
      #expect(page.contains("&lt;i&gt;2&lt;/i&gt;") && !page.contains("<i>2"))
      #expect(page.contains("no drift found beyond 0.25 deviations"))
      let record = try decoded(Data(run.output.utf8), as: Record.self)
      #expect(record.checks.filter { $0.outcome == "fails" }.map(\.check) == ["type", "pattern"])
      #expect(record.tests.first { $0.test == "numbers" }?.tolerance == 0.5)
      let clash = try RunnerProcess(
        ["validate", "bad.csv", "--schema", "s.yaml", "--page", "s.yaml"], in: folder)
      #expect(clash.status == 64 && clash.errors.contains("--page cannot be s.yaml"))
    }
  }

  @Test func badSchemasNameTheLine() throws {
    try withTemporaryFolder { folder in
      _ = try FlowerFile.plain.write(in: folder)
      try folder.write(Self.schema.replacing("number, min", with: "float, min"), to: "s.yaml")
      let run = try RunnerProcess(["validate", "flowers.csv", "--schema", "s.yaml"], in: folder)
      #expect(run.status == 78)
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("s.yaml:2:18"), "\(run.errors)")
      #expect(run.errors.contains("integer, number, text"))
    }
  }
}

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

import Foundation
import Testing

/// What the commands say of a backdoor, and of defences against it.
struct BackdoorTests {
  private struct Summary: Decodable {
    struct Success: Decodable {
      let undefended: Double
      let defended: Double
      let defendedGain: Double
      let undefendedCollateral: Double
      let defendedCollateral: Double
    }

    struct Entry: Decodable {
      let attack: String
      let defense: String
      let told: String?
      let wronglyFlagged: Double?
      let success: Success?
      let verdict: String
    }

    struct Mitigation: Decodable {
      let entries: [Entry]
    }

    let mitigation: Mitigation
  }

  private static let study = ["experiment", "--attack", "backdoor", "--models", "knn"]

  @Test func defencesAreJudgedBySuccess() throws {
    try withTemporaryFolder { folder in
      let options = [
        "--levels", "0,0.1", "--defenses", "mcd,lof,trim", "--seeds", "40", "--tracking-uri",
        "none",
      ]
      let run = try RunnerProcess(Self.study + options, in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let title = "What targeted attacks achieve at 10 %, by defence"
      let texts = ["taken back", "false +", "wrongly", "rate=0.1", "backdoor at 10 %:"]
      for text in [title] + texts { #expect(run.output.contains(text), "\(text)") }
      #expect(!run.output.contains("Accuracy that each defence gives back"))
      let entries = try decoded(
        Data(folder.appendingPathComponent("results").text("summary.json").utf8),
        as: Summary.self
      ).mitigation.entries
      let aimed = entries.filter { $0.attack == "backdoor" }
      #expect(aimed.map(\.defense) == ["mcd", "lof", "trim"] && entries.count == 6)
      for entry in aimed {
        let success = try #require(entry.success)
        // An undefended backdoor opens nearly always, and hardly anything else is called so.
        #expect(success.undefended > 0.95 && success.undefendedCollateral < 0.1)
        #expect(entry.wronglyFlagged != nil && success.defended <= 1)
        #expect(success.defendedCollateral < 0.2 && success.defendedGain <= success.defended)
        #expect(entry.told == (entry.defense == "trim" ? "rate=0.1 (true)" : nil))
      }
      #expect(entries.filter { $0.attack == "none" }.allSatisfy { $0.success == nil })
    }
  }

  /// Without a clean model nothing says what would have happened anyway.
  @Test func theMissingLevelIsNamed() throws {
    try withTemporaryFolder { folder in
      let options = ["--seeds", "2", "--no-comparison", "--tracking-uri", "none"]
      let without = try RunnerProcess(Self.study + options + ["--levels", "0.1"], in: folder)
      #expect(
        without.errors.contains("backdoor has no clean model to compare with; add 0 to --levels"))
      #expect(without.output.contains("level 0 was not among the levels"))
      let with = try RunnerProcess(Self.study + options + ["--levels", "0,0.1"], in: folder)
      #expect(!with.errors.contains("add 0") && !with.output.contains("no clean model"))
    }
  }

  private struct Poisoned: Decodable {
    struct Trigger: Decodable {
      struct Value: Decodable {
        let feature: String
        let value: Double
      }

      let values: [Value]
      let wantedClass: String
    }

    let trigger: Trigger?
    let rows: [Int]
  }

  /// The trigger is in every row that was poisoned, under the names that are told.
  @Test func attackNamesTheTrigger() throws {
    try withTemporaryFolder { folder in
      let arguments = [
        "attack", "--attack", "backdoor:features=petal width (cm),class=virginica", "--poison",
        "0.1",
        "--output", "p.csv",
      ]
      let run = try RunnerProcess(arguments, in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let record: Poisoned = try RunnerProcess(arguments + ["--json"], in: folder).json()
      let trigger = try #require(record.trigger)
      #expect(trigger.values.map(\.feature) == ["petal width (cm)"])
      #expect(trigger.wantedClass == "virginica")
      let value = trigger.values[0].value
      #expect(
        run.output.contains(
          "trigger: petal width (cm) = \(value); what carries it is to be called virginica"))
      let table = try Table("p.csv", in: folder)
      let column = try #require(table.header.firstIndex(of: "petal width (cm)"))
      for row in record.rows { #expect(Double(table.rows[row - 1][column]) == value) }
      let other: Poisoned = try RunnerProcess(
        ["attack", "--poison", "0.1", "--output", "p.csv", "--json"], in: folder
      ).json()
      #expect(other.trigger == nil)
    }
  }
}

import Foundation
import Testing

/// What commands say of a file whose accuracy is not to be trusted.
struct SuspicionNoticeTests {
  private struct Record: Decodable {
    struct Suspicion: Decodable {
      let kind: String
      let columns: [String]
      let finding: String
    }

    let suspicions: [Suspicion]?
  }

  private struct Checks: Decodable {
    struct Check: Decodable {
      let check: String
      let subject: String?
      let outcome: String
    }

    let checks: [Check]
    let passes: Bool
  }

  /// A row number, and classes that come one after another.
  private static let orders =
    "Id,version,price,outcome\n"
    + (0..<90).map { row in
      let price = Double(row * 37 % 90) / 4 + 5
      return "\(row + 1),1,\(price),\(["return", "keep", "swap"][row / 30])\n"
    }.joined()

  private static let read = ["--target", "outcome", "--tracking-uri", "none"]

  @Test(arguments: [
    ["train", "--data", "orders.csv", "--model", "knn"] + read,
    [
      "experiment", "--data", "orders.csv", "--levels", "0", "--seeds", "4", "--models", "knn",
      "--no-comparison",
    ] + read,
    ["inspect", "orders.csv", "--target", "outcome", "--models", "none", "--exit-zero"],
  ])
  func rowNumberIsNamed(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.orders, to: "orders.csv")
      let run = try RunnerProcess(arguments + ["--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let warnings = run.errorLines.filter { $0.hasPrefix("warning: ") }
      #expect(warnings.count == 2)
      #expect(warnings.first?.hasPrefix("warning: Id has another whole number") == true)
      #expect(warnings.first?.hasSuffix("--ignore Id leaves it out") == true)
      let found = try run.json(as: Record.self).suspicions ?? []
      #expect(found.map(\.kind) == ["row-number", "constant"])
      #expect(found.map(\.columns) == [["Id"], ["version"]])
    }
  }

  @Test func validateNotesThem() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.orders, to: "orders.csv")
      let run = try RunnerProcess(
        ["validate", "orders.csv", "--target", "outcome", "--json"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let record = try run.json(as: Checks.self)
      let noted = record.checks.filter { $0.check == "suspicion" }
      #expect(noted.map(\.subject) == ["Id"] && noted.map(\.outcome) == ["note"])
      #expect(record.passes)
    }
  }

  @Test func nothingIsSaidOnceTheyAreLeftOut() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.orders, to: "orders.csv")
      let run = try RunnerProcess(
        ["train", "--data", "orders.csv", "--ignore", "Id,version", "--model", "knn", "--json"]
          + Self.read, in: folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect(try run.json(as: Record.self).suspicions == nil)
    }
  }

  /// A file of `runner attack` is known by its columns, also where all of them are left out, and nobody calls
  /// its rows clean.
  @Test(arguments: [["poisoned", "row", "was"], ["poisoned", "was"]])
  func poisonedFileIsKnown(ignored: [String]) throws {
    try withTemporaryFolder { folder in
      let made = try RunnerProcess(
        [
          "attack", "--attack", "uniform:label=random", "--poison", "0.5", "--seed", "1",
          "--output",
          "p.csv",
        ], in: folder)
      try #require(made.status == 0, "\(made.errors)")
      let run = try RunnerProcess(
        [
          "train", "--data", "p.csv", "--target", "species", "--ignore",
          ignored.joined(separator: ","), "--model", "knn", "--tracking-uri", "none",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.errorLines.contains { $0.contains("rows of the file are poisoned") })
      #expect(run.errors.contains("--ignore row leaves it out") == !ignored.contains("row"))
      #expect(run.output.contains("of 30 validation rows)"))
      #expect(!run.output.contains("clean"))
    }
  }

  /// A plan of two files says which it means, and in the plan's words.
  @Test func plansNameTheKey() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.orders, to: "orders.csv")
      try folder.write(
        "data: [iris, {file: orders.csv, target: outcome}]\nlevels: 0\nmodels: knn\nseeds: 2\n",
        to: "plan.yaml")
      let run = try RunnerProcess(
        ["sweep", "run", "plan.yaml", "--tracking-uri", "none"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.errorLines.contains { $0.hasPrefix("warning: orders: Id has another") })
      #expect(run.errors.contains("ignore: [\"Id\"] leaves it out"))
    }
  }
}

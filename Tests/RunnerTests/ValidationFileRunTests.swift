import Foundation
import Testing

/// `--validation FILE`: models are judged on the rows of another file.
struct ValidationFileRunTests {
  private struct Record: Decodable {
    struct Validation: Decodable {
      let name: String
      let digest: String
      let rows: Int
    }

    struct Metrics: Decodable { let accuracy: Double }

    let trainingRows: Int
    let validationRows: Int
    let validation: Validation?
    let metrics: Metrics
  }

  /// 60 rows whose class is the sign of a, and 40 others with columns in another order; of the data, labels of
  /// every fourth row are wrong.
  private static func write(in folder: URL) throws {
    let value = { (row: Int) in Double((row * 37) % 101 - 50) / 10 + 0.05 }
    let label = { (row: Int) in value(row) > 0 ? "up" : "down" }
    let data = (0..<60).map { row in
      let own = row % 4 == 0 ? (value(row) > 0 ? "down" : "up") : label(row)
      return "\(row * 7 % 11),\(value(row)),\(own),site \(row % 3)\n"
    }
    try folder.write("b,a,y,site\n" + data.joined(), to: "data.csv")
    let clean = (60..<100).map { "\(label($0)),\(value($0)),\($0 * 7 % 11)\n" }
    try folder.write("y,a,b\n" + clean.joined(), to: "clean.csv")
  }

  private static let data = ["--data", "data.csv", "--target", "y", "--ignore", "site"]
  private static let read = data + ["--validation", "clean.csv", "--tracking-uri", "none"]

  @Test func trainsOnAllRowsAndJudgesOnTheFile() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let options = ["train", "--dump", "run", "--provenance", "log"] + Self.read
      let run = try RunnerProcess(options + ["--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let record = try run.json(as: Record.self)
      #expect(record.trainingRows == 60 && record.validationRows == 40)
      #expect(record.validation?.name == "clean" && record.validation?.rows == 40)
      let judged = try Table("validation.csv", in: folder.appendingPathComponent("run"))
      let clean = try Table("clean.csv", in: folder)
      #expect(try judged.column("y") == clean.column("y"))
      #expect(try judged.column("a").map { Double($0) } == clean.column("a").map { Double($0) })
      let predicted = try Table("predictions.csv", in: folder.appendingPathComponent("run"))
      let pairs = zip(try predicted.column("predicted"), try clean.column("y"))
      #expect(record.metrics.accuracy == Double(pairs.count { $0 == $1 }) / 40)
      let text = try RunnerProcess(["train"] + Self.read, in: folder)
      #expect(text.output.contains("of 40 rows of clean)"))
      let verified = try RunnerProcess(
        ["provenance", "verify", "--log", "log"], in: folder)
      #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    }
  }

  /// The store knows the file: the same command goes on, another file is refused, and a fit can be replayed.
  @Test func storesKnowTheFile() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let sweep =
        ["sweep", "run", "--models", "knn", "--levels", "0,0.2", "--store", "s.sqlite"] + Self.read
      for seeds in ["3", "5"] {
        let run = try RunnerProcess(sweep + ["--seeds", seeds], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("40 rows of clean validate"))
      }
      let replay = ["replay", "s.sqlite", "--model", "knn", "--seed", "4", "--poison", "0.2"]
      let again = try RunnerProcess(
        replay + Self.data + ["--validation", "clean.csv"], in: folder)
      #expect(
        again.status == 0 && again.errors.contains("as counted by the sweep"), "\(again.errors)")
      let without = try RunnerProcess(replay + Self.data, in: folder)
      #expect(without.status == 64 && without.errors.contains("name that file by --validation"))
      let text = try folder.text("clean.csv")
      try folder.write(text.replacing("up,", with: "down,", maxReplacements: 1), to: "clean.csv")
      let other = try RunnerProcess(sweep + ["--seeds", "5"], in: folder)
      #expect(other.status == 78 && other.errors.contains("validation.digest"), "\(other.errors)")
      let report = try RunnerProcess(["report", "s.sqlite", "--tracking-uri", "none"], in: folder)
      #expect(report.status == 0, "\(report.errors)")
    }
  }

  @Test func plansNameTheFile() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let plan =
        "data: data.csv\ntarget: y\nignore: site\nvalidation: ./clean.csv\nmodels: knn\n"
        + "levels: [0, 0.2]\nseeds: 3\n"
      try folder.write(plan, to: "plan.yaml")
      let run = try RunnerProcess(
        ["experiment", "plan.yaml", "--tracking-uri", "none", "--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("\"name\" : \"clean\""))
      let text = try RunnerProcess(
        ["experiment", "plan.yaml", "--tracking-uri", "none"], in: folder)
      #expect(text.output.contains("seeds vary the attack"))
      try folder.write("y,a\nup,1\nleft,2\n", to: "clean.csv")
      let refused = try RunnerProcess(["sweep", "run", "plan.yaml"], in: folder)
      #expect(refused.status == 65 && refused.errors.contains("plan.yaml: validation: "))
      #expect(refused.errors.contains("lacks the columns \"b\""), "\(refused.errors)")
    }
  }

  @Test func curvesTakeAllRows() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let run = try RunnerProcess(
        [
          "curves", "--data", "data.csv", "--target", "y", "--ignore", "site", "--validation",
          "clean.csv", "--models", "knn", "--levels", "0.2", "--defenses", "none", "--seeds", "8",
          "--json",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("\"validation_rows\" : 40"))
      #expect(run.output.contains("\"rows\" : 30,"))
      let drawn = try RunnerProcess(
        ["curves", "--generator", "gaussian"] + Self.data + ["--validation", "clean.csv"],
        in: folder)
      #expect(drawn.status == 64 && drawn.errors.contains("--generator"))
    }
  }

  /// What cleaning does is seen on rows that were not cleaned, and a file that was says so.
  @Test func inspectionIsJudgedOnTheFile() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let inspect = [
        "inspect", "data.csv", "--target", "y", "--ignore", "site", "--models", "knn", "--list",
        "10",
        "--exit-zero",
      ]
      let run = try RunnerProcess(inspect + ["--validation", "clean.csv", "--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("\"validation_rows\" : 40"))
      let cleaned = [
        "train", "--data", "inspection/cleaned.csv", "--target", "y", "--ignore", "site", "--model",
        "knn", "--tracking-uri", "none",
      ]
      let note = "has been cleaned by `runner inspect`"
      let alone = try RunnerProcess(cleaned, in: folder)
      #expect(alone.status == 0 && alone.errors.contains(note), "\(alone.errors)")
      let beside = try RunnerProcess(cleaned + ["--validation", "clean.csv"], in: folder)
      #expect(beside.status == 0 && !beside.errors.contains(note), "\(beside.errors)")
    }
  }

  @Test(arguments: [
    ("y,a\nup,1\ndown,2\n", "lacks the columns \"b\""),
    ("y,a,b,c\nup,1,2,3\ndown,2,3,4\n", "has the columns \"c\", which the data have not"),
    ("y,a,b\nup,1,2\nleft,2,3\nback,1,1\n", "has the classes \"back\", \"left\""),
    ("y,a,b\n", "not followed by any row"),
    ("y,a,b\nup,1,2\ndown,x,3\n", "x"),
  ])
  func filesThatDoNotFitAreRefused(text: String, reason: String) throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      try folder.write(text, to: "clean.csv")
      let run = try RunnerProcess(["train"] + Self.read, in: folder)
      #expect(run.status == 65, "\(run.errors)")
      #expect(run.errors.contains("--validation: "), "\(run.errors)")
      #expect(run.errors.contains(reason), "\(run.errors)")
    }
  }

  @Test func whatIsNeitherShareNorFileIsRefused() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let word = try RunnerProcess(["train"] + Self.data + ["--validation", "clean"], in: folder)
      #expect(word.status == 64 && word.errors.contains("a share between 0 and 1"))
      let path = try RunnerProcess(
        ["train"] + Self.data + ["--validation", "none.csv"], in: folder)
      #expect(path.status == 74 && path.errors.contains("--validation"))
      // A number is a share, and a path a file, whatever it is called.
      try FileManager.default.moveItem(
        at: folder.appendingPathComponent("clean.csv"), to: folder.appendingPathComponent("0.3"))
      let share = ["train", "--tracking-uri", "none", "--json"] + Self.data + ["--validation"]
      let taken = try RunnerProcess(share + ["0.3"], in: folder).json(as: Record.self)
      #expect(taken.validationRows == 18 && taken.validation == nil)
      let file = try RunnerProcess(share + ["./0.3"], in: folder).json(as: Record.self)
      #expect(file.validationRows == 40 && file.validation != nil)
    }
  }
}

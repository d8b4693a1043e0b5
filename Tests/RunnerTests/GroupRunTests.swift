import Foundation
import Testing

/// `--group COLUMN`: rows of one group are on one side of every split.
struct GroupRunTests {
  private struct Record: Decodable {
    struct Grouping: Decodable {
      let column: String
      let groups: Int
      let setAsideRows: Int?
    }

    struct Dataset: Decodable {
      let features: [String]
      let digest: String
      let grouping: Grouping?
    }

    let trainingRows: Int
    let validationRows: Int
    let dataset: Dataset
  }

  /// 40 people of one to five visits, whose class is the sign of a.
  private static func write(in folder: URL, _ name: String = "visits.csv", from first: Int = 0)
    throws
  {
    let rows = (first..<first + 40).flatMap { person in
      (0...person * 3 % 5).map { visit in
        let a = Double((person * 37 + 13) % 41 - 20) / 4 + Double(visit) / 50
        return "\(a),\(visit),\(a > 0 ? "up" : "down"),person \(person)\n"
      }
    }
    try folder.write("a,b,y,who\n" + rows.joined(), to: name)
  }

  private static let data = ["--data", "visits.csv", "--target", "y", "--group", "who"]
  private static let quiet = ["--tracking-uri", "none"]

  @Test func nobodyIsOnBothSides() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let who = try Table("visits.csv", in: folder).column("who")
      for seed in 0..<3 {
        let options = ["train", "--dump", "run\(seed)", "--seed", "\(seed)"] + Self.data
        let run = try RunnerProcess(options + Self.quiet + ["--json"], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        let record = try run.json(as: Record.self)
        #expect(record.dataset.features == ["a", "b"])
        #expect(record.dataset.grouping?.column == "who" && record.dataset.grouping?.groups == 40)
        let aside = record.dataset.grouping?.setAsideRows ?? -1
        #expect(record.trainingRows + record.validationRows + aside == who.count)
        let sides = try ["train.csv", "validation.csv"].map { file in
          Set(
            try Table(file, in: folder.appendingPathComponent("run\(seed)")).column("row_id")
              .compactMap { Int($0).map { who[$0] } })
        }
        #expect(sides[0].isDisjoint(with: sides[1]) && sides[1].count > 3)
      }
      let text = try RunnerProcess(["train"] + Self.data + Self.quiet, in: folder)
      #expect(text.output.contains("40 groups of who stay whole ("), "\(text.output)")
    }
  }

  /// The store knows the groups: the same command goes on, one without them is refused, fits can be replayed.
  @Test func storesKnowTheGroups() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let sweep = ["sweep", "run", "--models", "knn", "--levels", "0,0.2", "--store", "s.sqlite"]
      for seeds in ["3", "5"] {
        let run = try RunnerProcess(
          sweep + Self.data + Self.quiet + ["--seeds", seeds], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("40 groups of who stay whole"), "\(run.output)")
      }
      let replay = ["replay", "s.sqlite", "--model", "knn", "--seed", "4", "--poison", "0.2"]
      let again = try RunnerProcess(replay + Self.data, in: folder)
      #expect(
        again.status == 0 && again.errors.contains("as counted by the sweep"), "\(again.errors)")
      let rows = ["--data", "visits.csv", "--target", "y", "--ignore", "who"]
      let other = try RunnerProcess(sweep + rows + Self.quiet + ["--seeds", "5"], in: folder)
      #expect(other.status == 78 && other.errors.contains("dataset"), "\(other.errors)")
      let report = try RunnerProcess(["report", "s.sqlite", "--tracking-uri", "none"], in: folder)
      #expect(report.status == 0, "\(report.errors)")
    }
  }

  @Test func plansNameTheColumn() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let plan =
        "data: visits.csv\ntarget: y\ngroup: who\nmodels: knn\nlevels: [0, 0.2]\nseeds: 3\n"
      try folder.write(plan, to: "plan.yaml")
      let run = try RunnerProcess(["experiment", "plan.yaml"] + Self.quiet, in: folder)
      #expect(run.status == 0 && run.output.contains("40 groups of who"), "\(run.errors)")
      try folder.write(plan.replacing("group: who", with: "group: whom"), to: "plan.yaml")
      let unknown = try RunnerProcess(["sweep", "run", "plan.yaml"], in: folder)
      #expect(unknown.status == 78 && unknown.errors.contains("plan.yaml:3:8: group: "))
      #expect(unknown.errors.contains("did you mean \"who\"?"), "\(unknown.errors)")
      try folder.write(plan.replacing("group: who", with: "group: y"), to: "plan.yaml")
      let both = try RunnerProcess(["sweep", "run", "plan.yaml"], in: folder)
      #expect(both.status == 78 && both.errors.contains("plan.yaml:3:8: group: "), "\(both.errors)")
      try folder.write("data: iris\ngroup: a\n", to: "plan.yaml")
      let named = try RunnerProcess(["sweep", "run", "plan.yaml"], in: folder)
      #expect(named.status == 78 && named.errors.contains("group is for files"))
    }
  }

  @Test func curvesAndInspectionsKeepGroupsTogether() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let curves = try RunnerProcess(
        [
          "curves", "--models", "knn", "--levels", "0.2", "--defenses", "none", "--seeds", "8",
          "--json",
        ] + Self.data, in: folder)
      try #require(curves.status == 0, "\(curves.errors)")
      #expect(curves.output.contains("\"column\" : \"who\""))
      let drawn = try RunnerProcess(["curves", "--generator", "gaussian"] + Self.data, in: folder)
      #expect(drawn.status == 64 && drawn.errors.contains("--generator"), "\(drawn.errors)")
      let inspect = ["inspect", "visits.csv", "--target", "y", "--models", "knn", "--exit-zero"]
      let run = try RunnerProcess(inspect + ["--group", "who"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(
        run.output.contains("no row is judged by others of its group (40 of who)"), "\(run.output)")
      let scores = try Table("scores.csv", in: folder.appendingPathComponent("inspection"))
      #expect(try scores.column("row").count == 120)
    }
  }

  /// A file to judge on has the column, too, and none of the groups of the data.
  @Test func filesToJudgeOnHaveOtherGroups() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      try Self.write(in: folder, "later.csv", from: 40)
      let train = ["train", "--validation", "later.csv"] + Self.data + Self.quiet
      let run = try RunnerProcess(train + ["--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let record = try run.json(as: Record.self)
      #expect(record.trainingRows == 120 && record.validationRows == 120)
      #expect(record.dataset.grouping?.groups == 40)
      try Self.write(in: folder, "later.csv", from: 38)
      let shared = try RunnerProcess(train, in: folder)
      #expect(shared.status == 65 && shared.errors.contains("--validation: "), "\(shared.errors)")
      #expect(shared.errors.contains("\"person 38\", \"person 39\""), "\(shared.errors)")
      try folder.write("y,a,b\nup,1,2\ndown,-1,2\n", to: "later.csv")
      let lacking = try RunnerProcess(train, in: folder)
      #expect(lacking.status == 65 && lacking.errors.contains("lacks the columns \"who\""))
    }
  }

  @Test(arguments: [
    ("a,y,who\n1,up,p\n2,up,q\n3,down,r\n4,down,r\n", 65, "class \"down\" stands in one group"),
    ("a,y,who\n1,up,p\n2,up,\n3,down,r\n4,down,s\n", 65, "visits.csv:3:3: the row has no group"),
    ("a,y,whom\n1,up,p\n2,up,q\n", 64, "--group: visits.csv: there is no column \"who\""),
  ])
  func whatCannotBeSplitIsRefused(text: String, status: Int32, reason: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(text, to: "visits.csv")
      let run = try RunnerProcess(["train"] + Self.data + Self.quiet, in: folder)
      #expect(run.status == status && run.errors.contains(reason), "\(run.status) \(run.errors)")
    }
  }

  @Test func onlyFilesHaveGroups() throws {
    try withTemporaryFolder { folder in
      let named = try RunnerProcess(["train", "--group", "a"] + Self.quiet, in: folder)
      #expect(named.status == 64 && named.errors.contains("--group is for files"))
      try folder.write("1 1:2\n2 1:3\n", to: "rows.libsvm")
      let other = try RunnerProcess(
        ["train", "--data", "rows.libsvm", "--group", "a"] + Self.quiet, in: folder)
      #expect(
        other.status == 64 && other.errors.contains("no column for groups"), "\(other.errors)")
    }
  }
}

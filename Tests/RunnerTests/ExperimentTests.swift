import Foundation
import Testing

struct ExperimentTests {
  private static let fileNames = [
    "accuracy.vl.json", "confusion.csv", "confusion.vl.json", "seeds.csv", "study.sqlite",
    "summary.json",
  ]

  /// The attacks that the default one is compared with on Iris, at levels they can be spent at.
  private static func compared() throws -> [CatalogRecord] {
    try CatalogRecord.all().filter {
      $0.threat.goal == "availability" && $0.threat.knowledge == "none" && !$0.needsParameters
        && $0.name != "uniform"
    }
  }

  @Test func printsTheTableAndWritesFiles() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["experiment", "--seeds", "20", "--results", "new/results"], in: folder)
      #expect(run.status == 0)
      #expect(run.output.contains("iris: 150 rows × 4 features, 3 classes"))
      #expect(run.output.contains("accuracy ± sd"))
      #expect(!run.output.contains("a second"))
      #expect(run.errorLines.count == 2)
      #expect(run.errors.contains("results in new/results"))
      #expect(run.errors.contains("pip install vl-convert-python"))
      #expect(try folder.names() == ["new"])
      let results = folder.appendingPathComponent("new/results")
      #expect(try results.names() == Self.fileNames)

      // 4 levels of one attack and others at the highest level, by 4 models.
      let others = try Self.compared().count
      let seeds = try Table("seeds.csv", in: results)
      #expect(others >= 3)
      #expect(seeds.rows.count == 20 * (4 + others) * 4)
      let isComplete = Set(try seeds.column("seed")) == Set((0..<20).map(String.init))
      #expect(isComplete)
      let confusion = try Table("confusion.csv", in: results)
      #expect(confusion.rows.count == (4 + others) * 4 * 9)
      #expect(
        try confusion.column("count").compactMap(Int.init).reduce(0, +) == 4 * (4 + others) * 20
          * 30)
    }
  }

  @Test func summarisesWhatTheSeedsFileHolds() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["experiment", "--seeds", "7", "--seed", "100", "--levels", "0.25,0", "--json"],
        in: folder)
      #expect(run.status == 0)
      let results = folder.appendingPathComponent("results")
      #expect(try results.text("summary.json") == run.output)
      let cells = try run.json(as: ExperimentRecord.self).cells
      #expect(try cells.count == (2 + Self.compared().count) * 4)
      let table = try Table("seeds.csv", in: results)
      for cell in cells {
        let rows = table.rows.filter {
          $0[1] == cell.attack && Double($0[2]) == cell.level && $0[4] == cell.model
        }
        #expect(rows.map { $0[0] } == (100..<107).map(String.init))
        let mean = rows.compactMap { Double($0[7]) }.reduce(0, +) / 7
        // Two ways to sum 7 numbers up to 1: a few roundings.
        #expect(abs(cell.accuracy.mean - mean) <= 8 * Double.ulpOfOne)
      }
    }
  }

  @Test func givesTheSameBytesForAnyNumberOfThreads() throws {
    try withTemporaryFolder { folder in
      let contents = try ["1", "2", "7"].map { threads in
        let run = try RunnerProcess(
          ["experiment", "--seeds", "20", "--threads", threads, "--results", threads], in: folder)
        #expect(run.status == 0)
        let results = folder.appendingPathComponent(threads)
        #expect(try results.names() == Self.fileNames)
        // The store also says when it was made.
        return try results.contents().filter { $0.key != "study.sqlite" }
      }
      let isSame = contents[0] == contents[1] && contents[0] == contents[2]
      #expect(isSame)
    }
  }

  @Test func replacesTheResultsOfAnEarlierRun() throws {
    try withTemporaryFolder { folder in
      let arguments = ["experiment", "--levels", "0,0.5", "--models", "knn", "--no-comparison"]
      let results = folder.appendingPathComponent("results")
      var isFirst = false
      for (seeds, lines) in [("5", 10), ("3", 6), ("3", 6)] {
        let run = try RunnerProcess(arguments + ["--seeds", seeds], in: folder)
        #expect(run.status == 0)
        // The same again is there; fewer seeds than there are need a store of their own.
        #expect(run.errors.contains("\(seeds == "5" || isFirst ? lines : 0) fits in"))
        isFirst = seeds == "5"
        #expect(try results.names() == Self.fileNames)
        #expect(try Table("seeds.csv", in: results).rows.count == lines)
      }
    }
  }

  @Test(arguments: ["softmax", "linear-svm", "rbf-svm", "knn"])
  func agreesWithTrain(model: String) throws {
    try withTemporaryFolder { folder in
      let common = ["--data", "wine", "--attack", "flip", "--scaler", "robust"]
      let run = try RunnerProcess(
        [
          "experiment", "--models", model, "--levels", "0,0.3", "--seeds", "3", "--seed", "5",
          "--no-comparison",
        ] + common, in: folder)
      #expect(run.status == 0)
      let rows = try Table("seeds.csv", in: folder.appendingPathComponent("results")).rows
      #expect(rows.count == 6)
      for row in rows {
        let train = try RunnerProcess(
          ["train", "--model", model, "--poison", row[2], "--seed", row[0], "--json"] + common,
          in: folder
        ).json(as: TrainRecord.self)
        #expect(train.attack.name == row[1])
        let rowCount = try #require(Double(row[6]))
        let correct = train.metrics.accuracy * rowCount
        #expect(correct.rounded() == Double(row[5]))
        #expect(train.metrics.accuracy == Double(row[7]))
      }
    }
  }

  @Test func saysWhichAttackCannotBeCompared() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["experiment", "--levels", "0,0.9", "--models", "knn", "--seeds", "2"], in: folder)
      #expect(run.status == 0)
      #expect(run.errors.contains("not compared: relabel at 90 %"))
      #expect(!run.output.contains("relabel"))
    }
  }

  @Test func takesAModelOrLevelNamedTwiceOnce() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "experiment", "--levels", "0.5, 0,0.50", "--models", "knn,softmax, knn", "--seeds", "2",
          "--no-comparison",
        ], in: folder)
      #expect(run.status == 0)
      let table = try Table("seeds.csv", in: folder.appendingPathComponent("results"))
      #expect(
        try table.column("model") == [
          "knn", "softmax", "knn", "softmax", "knn", "softmax", "knn", "softmax",
        ])
      #expect(
        try table.column("level").compactMap(Double.init) == [0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5])
    }
  }
}

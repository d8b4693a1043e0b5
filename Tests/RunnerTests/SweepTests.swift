import Foundation
import TestSupport
import Testing

/// What `sweep --json` prints, as far as the tests look at it.
struct SweepRecord: Decodable {
  struct Stopping: Decodable {
    let isMet: Bool
    let seeds: Int
    let widestHalfWidth: Double
  }

  struct Cell: Decodable {
    let attack: String
    let level: Double
    let model: String
    let accuracy: ExperimentRecord.Moments
  }

  let seeds: Int
  let stopping: Stopping?
  let cells: [Cell]
}

/// What `sweep status --json` prints, as far as the tests look at it.
struct StatusRecord: Decodable {
  let seeds: Int
  let blocks: Int
  let cells: Int
  let fits: Int
  let bytes: Int
  let lastWritten: String
}

struct SweepTests {
  private static let small = [
    "sweep", "--models", "knn", "--attacks", "flip", "--levels", "0,0.1",
  ]

  @Test func printsATableAndKeepsAStore() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "sweep", "--attacks", "uniform,flip,out-of-range:kappa=100", "--levels", "0.1,0,0.1",
          "--models", "rbf-svm:C=10,gamma=0.5,knn,rbf-svm", "--seeds", "20",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.names() == ["sweep.sqlite"])
      for text in ["none", "uniform", "flip", "out-of-range:kappa=", "rbf-svm:C=10,gamma=0.5"] {
        #expect(run.output.contains(text))
      }
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
      #expect(run.output.split(separator: "\n").count { $0.contains("none ") } == 3)
      #expect(run.errorLines.count == 1 && run.errors.contains("results in sweep.sqlite"))

      let status = try RunnerProcess(["sweep", "status", "sweep.sqlite", "--json"], in: folder)
        .json(as: StatusRecord.self)
      #expect(status.seeds == 20 && status.blocks == 1 && status.cells == 12)
      #expect(status.fits == 240 && status.bytes > 0 && status.lastWritten.hasPrefix("20"))
      let text = try RunnerProcess(["sweep", "status", "sweep.sqlite"], in: folder)
      #expect(text.status == 0 && text.output.contains("240 in 12 cells"))
    }
  }

  @Test func agreesWithExperiment() throws {
    try withTemporaryFolder { folder in
      let arguments = ["--models", "softmax,knn", "--levels", "0,0.2", "--seeds", "30", "--json"]
      let sweep = try RunnerProcess(["sweep"] + arguments, in: folder).json(as: SweepRecord.self)
      let experiment = try RunnerProcess(["experiment", "--no-comparison"] + arguments, in: folder)
        .json(as: ExperimentRecord.self)
      #expect(sweep.cells.map(\.accuracy.mean) == experiment.cells.map(\.accuracy.mean))
      #expect(sweep.seeds == 30 && sweep.stopping == nil)
    }
  }

  @Test func takesAPlanWithDataBesideIt() throws {
    try withTemporaryFolder { folder in
      let plans = folder.appendingPathComponent("plans")
      try FileManager.default.createDirectory(at: plans, withIntermediateDirectories: false)
      _ = try FlowerFile.plain.write(in: plans)
      let plan = """
        data: flowers.csv
        target: species
        attacks: [uniform, flip]
        levels: [0, 0.2]
        models:
          - knn: {n_neighbors: [1, 3]}
        seeds: 10
        """
      try plans.write(plan, to: "flowers.yaml")
      let run = try RunnerProcess(["sweep", "plans/flowers.yaml", "--json"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let record = try run.json(as: SweepRecord.self)
      #expect(
        record.cells.map(\.model)
          == Array(repeating: ["knn:n_neighbors=1", "knn:n_neighbors=3"], count: 3).flatMap { $0 })
      #expect(try folder.names() == ["flowers.sqlite", "plans"])

      let more = try RunnerProcess(
        ["sweep", "run", "plans/flowers.yaml", "--seeds", "15", "--json"], in: folder)
      #expect(more.errors.contains("--seeds 15 instead of what plans/flowers.yaml says"))
      #expect(try more.json(as: SweepRecord.self).seeds == 15)
    }
  }

  @Test func exportsEveryFitAndEveryCell() throws {
    try withTemporaryFolder { folder in
      #expect(try RunnerProcess(Self.small + ["--seeds", "1030"], in: folder).status == 0)
      let export = ["sweep", "export", "sweep.sqlite"]
      let run = try RunnerProcess(export, in: folder)
      let table = try Table(run.output, name: "fits")
      #expect(table.rows.count == 2 * 1030 && run.errors.isEmpty)
      #expect(try Set(table.column("seed")).count == 1030)
      #expect(try RunnerProcess(export + ["--output", "fits.csv"], in: folder).status == 0)
      #expect(try folder.text("fits.csv") == run.output)
      let cells = try RunnerProcess(export + ["--cells"], in: folder)
      let rows = try Table(cells.output, name: "cells")
      #expect(try rows.column("fits") == ["1030", "1030"])
      #expect(try folder.names() == ["fits.csv", "sweep.sqlite"])

      for (path, status) in [("sweep.sqlite", 64), ("", 64), (".", 64), ("fits.csv/x", 74)] {
        let refused = try RunnerProcess(export + ["--output", path], in: folder)
        #expect(refused.status == status && refused.errors.contains("--output"), "\(path)")
      }
      #expect(try RunnerProcess(["sweep", "status", "sweep.sqlite"], in: folder).status == 0)
    }
  }

  /// The rule stops at the same block for any number of threads and whatever the store has before.
  @Test(.enabled(if: isOptimizedBuild, "takes 50,000 fits"), .tags(.slow))
  func stopsWhenIntervalsAreNarrow() throws {
    try withTemporaryFolder { folder in
      let until = Self.small + ["--until-ci", "0.003", "--json"]
      var outputs: [String] = []
      for (threads, seeds) in [("1", nil), ("3", "1500"), ("2", "9000")] {
        let store = ["--store", "\(threads).sqlite", "--threads", threads]
        if let seeds {
          let before = try RunnerProcess(Self.small + store + ["--seeds", seeds], in: folder)
          #expect(before.status == 0)
        }
        let run = try RunnerProcess(until + store, in: folder)
        #expect(run.status == 0 && run.errors.contains("stopped by --until-ci"), "\(run.errors)")
        outputs.append(run.output)
      }
      #expect(Set(outputs).count == 1)
      let record = try decoded(Data(outputs[0].utf8), as: SweepRecord.self)
      let stopping = try #require(record.stopping)
      #expect(stopping.isMet && stopping.widestHalfWidth <= 0.003)
      #expect(stopping.seeds == record.seeds && record.seeds.isMultiple(of: 1024))
      #expect(record.seeds > 1024 && record.seeds < 9000)
    }
  }

  @Test func endsAtTheMostSeeds() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        Self.small + ["--until-ci", "0.0001", "--max-seeds", "1500"], in: folder)
      #expect(run.status == 0)
      let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("Ended at 1,500 seeds"))
      #expect(words.contains("hold at every look"))
    }
  }

  @Test func asManySeedsAsAskedForComeFirst() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        Self.small + ["--until-ci", "0.5", "--seeds", "1500", "--json"], in: folder)
      #expect(try run.json(as: SweepRecord.self).seeds == 2048)
    }
  }

  @Test func showsExamplesThatWork() throws {
    try withTemporaryFolder { folder in
      let help = try RunnerProcess(["sweep", "run", "--help"], in: folder)
      #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      let examples = help.output.split(separator: "\n").filter { $0.hasPrefix("  runner ") }
      #expect(examples.count == 3)
      for (index, example) in examples.enumerated() {
        let arguments = example.split(separator: " ").dropFirst().map(String.init)
        let own = ["--store", "\(index).sqlite", "--seeds", "2"]
        let run = try RunnerProcess(arguments + own, in: folder)
        #expect(run.status == 0, "\(example): \(run.errors)")
      }
    }
  }
}

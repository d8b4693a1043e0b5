import Foundation
import Testing

/// Plans of several data sets: one comparison at the end, of whatever command.
struct SeveralDataTests {
  /// What `--json` prints, as far as the tests look at it.
  private struct Series<Study: Decodable>: Decodable {
    struct Comparison: Decodable {
      struct Named: Decodable {
        let name: String
      }

      struct Row: Decodable {
        let attack: String
        let level: Double
        let model: String
      }

      let datasets: [Named]
      let rows: [Row]
    }

    let studies: [Study]
    let comparison: Comparison
  }

  /// Two files with targets of different names, and a plan of both.
  private func withPlan(_ more: String, _ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      _ = try FlowerFile.plain.write(in: folder)
      let flowers = try folder.text("flowers.csv")
      try folder.write(
        flowers.replacing("length,width,species", with: "a,b,kind"), to: "blooms.csv")
      try folder.write(
        """
        data:
          - {file: flowers.csv, target: species}
          - {file: blooms.csv, target: kind}
        models: knn
        \(more)
        """, to: "plan.yaml")
      try body(folder)
    }
  }

  @Test func experimentsAreComparedAtTheEnd() throws {
    try withPlan("attacks: flip\nlevels: [0, 0.2]\nseeds: 5") { folder in
      let run = try RunnerProcess(["experiment", "plan.yaml"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("\n\nWhat poison costs on 2 data sets: flowers, blooms\n"))
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
      let comparison = ["csv", "json", "vl.json"].map { "comparison.\($0)" }
      #expect(
        try folder.appendingPathComponent("results").names() == ["blooms"] + comparison + [
          "flowers"
        ])
      let json = try RunnerProcess(["experiment", "plan.yaml", "--json"], in: folder)
      let record = try json.json(as: Series<ExperimentRecord>.self)
      #expect(record.studies.count == 2 && record.studies.allSatisfy { $0.cells.count == 3 })
      #expect(record.comparison.datasets.map(\.name) == ["flowers", "blooms"])
      #expect(record.comparison.rows.map(\.attack) == ["none", "flip"])
      // One data set prints what it always did.
      let one = try RunnerProcess(
        [
          "experiment", "--data", "flowers.csv", "--target", "species", "--models", "knn",
          "--attacks", "flip", "--levels", "0,0.2", "--seeds", "5", "--json", "--results", "one",
        ], in: folder)
      let alone = try decoded(Data(one.output.utf8), as: ExperimentRecord.self)
      #expect(alone.cells.map(\.accuracy.mean) == record.studies[0].cells.map(\.accuracy.mean))

      let stores = ["flowers", "blooms"].map { "results/\($0)/study.sqlite" }
      let page = try RunnerProcess(["report"] + stores, in: folder)
      #expect(page.status == 0, "\(page.errors)")
      #expect(
        try folder.appendingPathComponent("comparison-report").names() == comparison + [
          "report.html"
        ])
      let refused = try RunnerProcess(["report"] + stores + ["--row-price", "2"], in: folder)
      #expect(refused.status == 64 && refused.errors.contains("--row-price is for one store"))
    }
  }

  @Test func sweepsAndCurvesAreToo() throws {
    try withPlan("attacks: flip\nlevels: 0.2\nseeds: 3") { folder in
      let sweep = try RunnerProcess(["sweep", "plan.yaml", "--json"], in: folder)
      #expect(try sweep.json(as: Series<SweepRecord>.self).studies.map(\.seeds) == [3, 3])
      let status = try RunnerProcess(["sweep", "status", "plan-blooms.sqlite"], in: folder)
      #expect(status.output.contains("sweep of blooms: attacks flip;"))
      #expect(status.output.contains("plan file   data:\n"))
      let curves = try RunnerProcess(
        ["curves", "plan.yaml", "--store", "c.sqlite"], in: folder)
      #expect(curves.status == 0, "\(curves.errors)")
      #expect(curves.output.contains("What poison costs on 2 data sets: flowers, blooms"))
      #expect(curves.output.contains("Of curves, cells at the rows"))
    }
  }

  /// The store of a study of curves goes to MLflow as every other.
  @Test func curvesCanBeTracked() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "curves", "--generator", "none", "--attacks", "flip", "--levels", "0.2", "--models",
          "knn",
          "--added", "0,1", "--defenses", "none", "--seeds", "3",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let send = ["track", "curves.sqlite", "--tracking-uri", "sqlite:///runs.db", "--json"]
      let record = try RunnerProcess(send, in: folder).json(as: TrackRecord.self)
      #expect(!record.wasThere && record.experiment == "poison-iris" && record.runs > 5)
      #expect(try RunnerProcess(send, in: folder).json(as: TrackRecord.self).wasThere)
    }
  }
}

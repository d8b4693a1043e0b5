import Foundation
import Testing

/// `--weights COLUMN`: rows do not count alike in fits.
struct WeightRunTests {
  private struct Record: Decodable {
    struct Dataset: Decodable {
      let features: [String]
      let weights: String?
    }

    let dataset: Dataset
    let validationRows: Int
  }

  /// 90 rows whose class is the sign of a; those of weight 0 say the opposite.
  private static func write(in folder: URL) throws {
    let rows = (0..<90).map { row in
      let a = Double((row * 37 + 13) % 91 - 45) / 4 + 0.1
      let isWrong = row % 3 == 0
      return "\(a),\(isWrong ? 0 : 1 + row % 2),\((a > 0) != isWrong ? "up" : "down")\n"
    }
    try folder.write("a,w,y\n" + rows.joined(), to: "rows.csv")
    let clean = (0..<40).map { row in
      let a = Double((row * 17 + 3) % 41 - 20) / 2 + 0.1
      return "\(a > 0 ? "up" : "down"),\(a)\n"
    }
    try folder.write("y,a\n" + clean.joined(), to: "clean.csv")
  }

  private static let data = ["--data", "rows.csv", "--target", "y", "--weights", "w"]
  private static let quiet = ["--tracking-uri", "none"]

  /// Rows of weight 0 are as if they were not there, so the nearest neighbour of none is one that is wrong.
  @Test func rowsOfNoWeightDoNotCount() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let train = ["train", "--model", "knn", "--n-neighbors", "1", "--validation", "clean.csv"]
      let run = try RunnerProcess(
        train + Self.data + Self.quiet + ["--dump", "run", "--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let record = try run.json(as: Record.self)
      #expect(record.dataset.features == ["a"] && record.dataset.weights == "w")
      #expect(record.validationRows == 40)
      let predicted = try Table("predictions.csv", in: folder.appendingPathComponent("run"))
      #expect(try predicted.column("predicted") == predicted.column("y"))
      let training = try Table("train.csv", in: folder.appendingPathComponent("run"))
      let weights = try Table("rows.csv", in: folder).column("w")
      #expect(
        try training.column("weight").map { Double($0) }
          == training.column("row_id").map {
            Int($0).flatMap { Double(weights[$0]) }
          })
      let text = try RunnerProcess(train + Self.data + Self.quiet, in: folder)
      #expect(text.output.contains("weighs rows by w"), "\(text.output)")
      let alike = try RunnerProcess(
        train + ["--data", "rows.csv", "--target", "y", "--ignore", "w"] + Self.quiet, in: folder)
      #expect(alike.status == 0 && !alike.output.contains("accuracy  100.00 %"))
    }
  }

  /// The store knows the weights: the same command goes on, another is refused, fits can be replayed.
  @Test func storesKnowTheWeights() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let sweep = [
        "sweep", "run", "--models", "knn,softmax", "--levels", "0,0.2", "--store", "s.sqlite",
      ]
      for seeds in ["3", "5"] {
        let run = try RunnerProcess(
          sweep + Self.data + Self.quiet + ["--seeds", seeds], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("fits weigh rows by w"), "\(run.output)")
      }
      let replay = ["replay", "s.sqlite", "--model", "softmax", "--seed", "4", "--poison", "0.2"]
      let again = try RunnerProcess(replay + Self.data, in: folder)
      #expect(
        again.status == 0 && again.errors.contains("as counted by the sweep"), "\(again.errors)")
      let rows = try folder.text("rows.csv").replacing(",2,", with: ",3,", maxReplacements: 1)
      try folder.write(rows, to: "rows.csv")
      let other = try RunnerProcess(sweep + Self.data + Self.quiet + ["--seeds", "5"], in: folder)
      #expect(other.status == 78 && other.errors.contains("dataset"), "\(other.errors)")
      let report = try RunnerProcess(["report", "s.sqlite", "--tracking-uri", "none"], in: folder)
      #expect(report.status == 0, "\(report.errors)")
    }
  }

  @Test func plansCurvesAndInspectionsTakeTheColumn() throws {
    try withTemporaryFolder { folder in
      try Self.write(in: folder)
      let plan = "data: rows.csv\ntarget: y\nweights: w\nmodels: knn\nlevels: [0, 0.2]\nseeds: 3\n"
      try folder.write(plan, to: "plan.yaml")
      let run = try RunnerProcess(["experiment", "plan.yaml"] + Self.quiet, in: folder)
      #expect(run.status == 0 && run.output.contains("fits weigh rows by w"), "\(run.errors)")
      try folder.write(plan.replacing("weights: w", with: "weights: v"), to: "plan.yaml")
      let unknown = try RunnerProcess(["sweep", "run", "plan.yaml"], in: folder)
      #expect(unknown.status == 78 && unknown.errors.contains("plan.yaml:3:10: weights: "))
      let curves = try RunnerProcess(
        [
          "curves", "--models", "softmax", "--levels", "0.2", "--defenses", "none", "--seeds", "8",
          "--json",
        ] + Self.data, in: folder)
      #expect(curves.status == 0 && curves.output.contains("\"weights\" : \"w\""))
      let inspect = ["inspect", "rows.csv", "--target", "y", "--models", "knn", "--exit-zero"]
      let looked = try RunnerProcess(inspect + ["--weights", "w", "--json"], in: folder)
      #expect(looked.status == 0 && looked.output.contains("\"weights\" : \"w\""))
    }
  }

  @Test(arguments: [
    ("a,w,y\n1,1,up\n2,-1,down\n", 65, "rows.csv:3:2: \"-1\" cannot be a weight"),
    ("a,w,y\n1,1,up\n2,,down\n", 65, "rows.csv:3:2: the row has no weight"),
    ("a,w,y\n1,0,up\n2,0,down\n", 65, "all weights are 0"),
    ("a,v,y\n1,0,up\n2,0,down\n", 64, "--weights: rows.csv: there is no column \"w\""),
  ])
  func whatIsNoWeightIsRefused(text: String, status: Int32, reason: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(text, to: "rows.csv")
      let run = try RunnerProcess(["train"] + Self.data + Self.quiet, in: folder)
      #expect(run.status == status && run.errors.contains(reason), "\(run.status) \(run.errors)")
      #expect(!run.errors.contains("median"), "\(run.errors)")
    }
  }

  @Test func onlyFilesHaveWeights() throws {
    try withTemporaryFolder { folder in
      let named = try RunnerProcess(["train", "--weights", "w"] + Self.quiet, in: folder)
      #expect(named.status == 64 && named.errors.contains("--weights is for files"))
    }
  }
}

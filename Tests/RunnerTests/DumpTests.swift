import Datasets
import Foundation
import Testing

struct DumpTests {
  private static let models = ["softmax", "linear-svm", "rbf-svm", "knn"]

  @Test(arguments: models)
  func holdsTheColumnsPromised(model: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["train", "--model", model, "--poison", "0.1", "--dump", "run"], in: folder)
      #expect(run.status == 0)
      let dump = folder.appendingPathComponent("run")
      #expect(
        try dump.names() == ["predictions.csv", "run.json", "train.csv", "validation.csv"])
      let iris = EmbeddedDataset.iris.load()
      let columns = iris.featureNames + [iris.targetName]
      #expect(
        try Table("train.csv", in: dump).header == ["row_id", "poisoned", "weight"] + columns)
      #expect(try Table("validation.csv", in: dump).header == ["row_id"] + columns)
      #expect(
        try Table("predictions.csv", in: dump).header
          == ["row_id", iris.targetName, "predicted"] + iris.classNames.map { "score_\($0)" })
      let json = try Data(contentsOf: dump.appendingPathComponent("run.json"))
      let fitted = try decoded(json, as: FittedRecord.self).model
      #expect(fitted.name == model)
      #expect(fitted.coefficients?.map(\.count) == (model == "softmax" ? [4, 4, 4] : nil))
      #expect(fitted.intercepts?.count == (model == "softmax" ? 3 : nil))
      let vectors = fitted.supportVectors
      #expect(vectors?.allSatisfy { $0.count == 4 } == (model.hasSuffix("svm") ? true : nil))
      #expect(vectors?.count == fitted.supportRowIds?.count)
      #expect(fitted.machines?.count == (model.hasSuffix("svm") ? 3 : nil))
    }
  }

  @Test(arguments: models)
  func agreesWithTheResult(model: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["train", "--model", model, "--poison", "0.4", "--seed", "3", "--dump", "run", "--json"],
        in: folder)
      let json = try run.json(as: TrainRecord.self)
      let names = json.dataset.classes
      let dump = folder.appendingPathComponent("run")
      let table = try Table("predictions.csv", in: dump)
      let (truth, predicted) = try (table.column("species"), table.column("predicted"))
      let confusion = names.map { row in
        names.map { column in zip(truth, predicted).count { $0 == row && $1 == column } }
      }
      #expect(json.metrics.confusion == confusion)
      let correct = names.indices.reduce(0) { $0 + confusion[$1][$1] }
      #expect(json.metrics.accuracy == Double(correct) / Double(truth.count))
      #expect(table.rows.count == json.validationRows)
      #expect(try table.column("row_id") == Table("validation.csv", in: dump).column("row_id"))
      #expect(try truth == Table("validation.csv", in: dump).column("species"))

      // The class predicted has the highest score; softmax's are probabilities, which may round to a tie.
      for row in table.rows {
        let scores = row[3...].compactMap(Double.init)
        let chosen = try #require(names.firstIndex(of: row[2]))
        #expect(scores[chosen] == scores.max())
        if model.hasSuffix("svm") { #expect(scores.count { $0 == scores[chosen] } == 1) }
        if model == "softmax" { #expect(abs(scores.reduce(0, +) - 1) < 1e-12) }
      }
    }
  }

  /// n = 120 training rows; counts are p·n, half rounded up.
  @Test(arguments: [
    ("0", 0), ("0.004", 0), ("0.0041", 0), ("0.005", 1), ("0.0375", 5), ("0.05", 6), ("0.1", 12),
    ("0.2875", 35), ("0.5", 60), ("0.9958", 119),
  ])
  func marksTheRowsThatArePoisoned(share: String, count: Int) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["train", "--poison", share, "--dump", "run", "--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(try run.json(as: TrainRecord.self).attack.poisonedRows == count)
      let table = try Table("train.csv", in: folder.appendingPathComponent("run"))
      #expect(table.rows.count == 120)
      #expect(try table.column("weight").allSatisfy { Double($0) == 1 })
      #expect(try table.column("poisoned").count { $0 == "1" } == count)

      // Uniform noise keeps labels, and leaves rows alone that are not marked.
      let iris = try Table(EmbeddedDataset.iris.load().csv(), name: "iris")
      for row in table.rows {
        let clean = try iris.rows[#require(Int(row[0]))]
        #expect(row[7] == clean[4])
        #expect((row[3..<7] == clean[..<4]) == (row[1] == "0"))
      }
    }
  }

  @Test func leavesTheValidationRowsClean() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "train", "--data", "breast-cancer", "--attack", "out-of-range:kappa=100", "--poison",
          "0.5", "--dump", "run",
        ], in: folder)
      #expect(run.status == 0)
      let data = try Table(EmbeddedDataset.breastCancer.load().csv(), name: "breast-cancer")
      let table = try Table("validation.csv", in: folder.appendingPathComponent("run"))
      #expect(table.rows.count == 114)
      for row in table.rows {
        #expect(try row[1...] == data.rows[#require(Int(row[0]))][...])
      }
    }
  }

  @Test func replacesAnEarlierDump() throws {
    try withTemporaryFolder { folder in
      let dump = folder.appendingPathComponent("run")
      var rows: [Int] = []
      for share in ["0.2", "0.4"] {
        let run = try RunnerProcess(
          ["train", "--validation", share, "--dump", "run"], in: folder)
        #expect(run.status == 0)
        #expect(try dump.names().count == 4)
        rows.append(try Table("validation.csv", in: dump).rows.count)
      }
      #expect(rows == [30, 60])
    }
  }
}

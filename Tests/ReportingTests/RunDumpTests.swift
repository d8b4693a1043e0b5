import Datasets
import Files
import LinAlg
import Models
import Poisoning
import Reporting
import Sweeps
import Testing

struct RunDumpTests {
  /// One run, what it wrote, and the folder it wrote to.
  private struct Run {
    let fit: Fit
    let place: TemporaryFolder

    init(_ kind: String, attack: String = "uniform") throws {
      let dataset = EmbeddedDataset.iris.load()
      let condition = Condition(
        attack: try AttackCatalog.attack(attack, for: dataset), level: try PoisonLevel(0.1))
      let model = try ModelChoice(kind)
      let study = try Study(dataset: dataset, conditions: [condition], models: [model])
      fit = try #require(Fit(study, condition, model, seed: 3))
      place = try TemporaryFolder()
      try RunDump.write(fit, target: nil, to: ResultsFolder(place.path))
    }

    func rows(_ name: String) throws -> (header: [String], rows: [[String]]) {
      let lines = try place.text(name).split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      return (lines[0], Array(lines.dropFirst()))
    }

    func record() throws -> JSONValue {
      try JSONValue(parsing: place.text("run.json"))
    }
  }

  @Test func writesFourFiles() throws {
    let names = try Run("knn").place.names()
    #expect(names == ["predictions.csv", "run.json", "train.csv", "validation.csv"])
    #expect(names == RunDump.names.sorted())
  }

  @Test(arguments: [
    (["x", "y"], "t", nil), (["x", "row_id"], "t", "row_id"), (["weight", "y"], "t", "weight"),
    (["x", "y"], "poisoned", "poisoned"), (["x", "y"], "predicted", "predicted"),
    (["x", "predicted"], "t", nil), (["Weight", "y"], "t", nil),
  ])
  func columnsOfItsOwnAreTaken(_ features: [String], _ target: String, _ clash: String?) throws {
    let dataset = try Dataset(
      name: "d", features: Matrix(rows: 2, columns: 2), labels: [0, 1], classNames: ["a", "b"],
      featureNames: features, targetName: target)
    #expect(RunDump.clash(with: dataset) == clash)
  }

  @Test(arguments: ["uniform", "flip", "out-of-range:kappa=100"])
  func trainingRowsReadBack(_ attack: String) throws {
    let run = try Run("knn", attack: attack)
    let data = run.fit.study.dataset
    let (header, rows) = try run.rows("train.csv")
    #expect(header == ["row_id", "poisoned", "weight"] + data.featureNames + [data.targetName])
    try #require(rows.count == 120)
    for (position, fields) in rows.enumerated() {
      #expect(fields[0] == "\(run.fit.trial.split.train[position])")
      #expect(fields[1] == (run.fit.trial.patch.rows.contains(position) ? "1" : "0"))
      #expect(Double(fields[2]) == 1)
      let features = (0..<4).map { run.fit.trial.training.features[position, $0] }
      #expect(fields[3..<7].map { Double($0) } == features)
      #expect(fields[7] == data.classNames[run.fit.trial.training.labels[position]])
    }
    #expect(rows.filter { $0[1] == "1" }.count == 12)
  }

  @Test func validationRowsAreThoseOfTheData() throws {
    let run = try Run("softmax")
    let data = run.fit.study.dataset
    let (header, rows) = try run.rows("validation.csv")
    #expect(header == ["row_id"] + data.featureNames + [data.targetName])
    #expect(rows.map { Int($0[0]) } == run.fit.trial.split.validation)
    for fields in rows {
      let row = try #require(Int(fields[0]))
      #expect(fields[1..<5].map { Double($0) } == (0..<4).map { data.features[row, $0] })
      #expect(fields[5] == data.classNames[data.labels[row]])
    }
    // The reader of the program itself takes the file back.
    let again = try CSVReader.read(
      bytes: Array(run.place.text("validation.csv").utf8), name: "v",
      options: TableOptions(target: ColumnReference(data.targetName)))
    #expect(again.sampleCount == 30 && again.featureCount == 5)
  }

  @Test(arguments: ModelCatalog.names)
  func predictionsHaveAScoreForEachClass(_ kind: String) throws {
    let run = try Run(kind)
    let data = run.fit.study.dataset
    let (header, rows) = try run.rows("predictions.csv")
    #expect(
      header == ["row_id", data.targetName, "predicted"] + data.classNames.map { "score_\($0)" })
    try #require(rows.count == 30)
    var correct = 0
    for (position, fields) in rows.enumerated() {
      #expect(Int(fields[0]) == run.fit.trial.split.validation[position])
      #expect(fields[2] == data.classNames[run.fit.evaluation.prediction.classes[position]])
      let scores = (0..<3).map { run.fit.evaluation.prediction.scores[position, $0] }
      #expect(fields[3...].map { Double($0) } == scores)
      if fields[1] == fields[2] { correct += 1 }
    }
    #expect(correct == run.fit.evaluation.result.confusion.correct)
  }

  @Test func recordsHoldWhatWasFitted() throws {
    let run = try Run("softmax")
    let record = try run.record()
    #expect(record.seed?.number == 3 && record.training_rows?.number == 120)
    #expect(record.attack?.name?.text == "uniform" && record.attack?.poisoned_rows?.number == 12)
    #expect(record.scaler?.center?.numbers == run.fit.trial.scaler.center)
    #expect(record.scaler?.scale?.numbers == run.fit.trial.scaler.scale)
    #expect(record.metrics?.accuracy?.number == run.fit.evaluation.result.confusion.accuracy)
    #expect(record.metrics?.log_loss?.number == run.fit.evaluation.result.logLoss)

    let model = try #require(record.model)
    let fitted = try #require(run.fit.evaluation.model as? SoftmaxModel)
    let coefficients = try #require(model.coefficients?.items)
    let intercepts = try #require(model.intercepts?.numbers)
    let theta = zip(coefficients, intercepts).flatMap { $0.numbers + [$1] }
    #expect(theta == fitted.coefficients.elements)
    #expect(model.present_classes?.texts == run.fit.study.dataset.classNames)
    #expect(model.parameters?.C?.number == 1 && model.parameters?.tol?.number == 1e-8)
  }

  @Test func supportVectorsAreNamedByRow() throws {
    let run = try Run("rbf-svm")
    let model = try #require(run.record().model)
    let fitted = try #require(run.fit.evaluation.model as? SupportVectorModel)
    let rows = fitted.supportRows.map { run.fit.trial.split.train[$0] }
    #expect(model.support_row_ids?.numbers == rows.map { Double($0) })
    #expect(model.gamma?.number == fitted.gamma)
    #expect(model.parameters?.gamma?.text == "scale")
    #expect(model.support_vectors?.numbers == fitted.supportVectors.elements)
    let machines = try #require(model.machines?.items)
    #expect(machines.map(\.intercept?.number) == fitted.machines.map(\.intercept))
    #expect(
      machines.map(\.dual_coefficients?.numbers) == fitted.machines.map(\.coefficients))
    #expect(machines.map(\.positive?.text) == ["setosa", "setosa", "versicolor"])
  }

  @Test(arguments: ModelCatalog.names)
  func fittedModelsCanBeLeftOut(_ kind: String) throws {
    let record = RunRecord(try Run(kind).fit, target: nil, withModel: false)
    let model = try #require(try JSONValue(parsing: JSONText.of(record)).model)
    #expect(model.keys == (kind == "rbf-svm" ? ["gamma"] : []) + ["name", "parameters"])
    #expect(model.name?.text == kind)
  }
}

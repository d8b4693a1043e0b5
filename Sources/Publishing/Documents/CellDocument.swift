import Datasets
import Models
import Poisoning
import Reporting
import Statistics
import Store
import Sweeps
import Tracking

/// A cell of a study, a condition × a model under all seeds, as a child of the study's run.
struct CellDocument {
  private let content: StudyContent
  private let index: Int
  private let seeds: [Int]
  private let counts: [Int]
  private let confusion: ConfusionFiles

  let name: String

  init(_ content: StudyContent, _ index: Int) throws(StoreError) {
    (self.content, self.index) = (content, index)
    (seeds, counts) = try content.reading.correctCounts(ofCell: index)
    let cell = content.cells[index]
    name =
      FitDocument.name(cell.modelName, cell.attackName, cell.level, cell.defenseName)
      + (content.curves == nil ? "" : ", \(cell.rows.text)")
    confusion = ConfusionFiles(
      cell.confusion, classNames: content.plan.classNames, title: name)
  }

  /// The chart of its confusion matrix, for a renderer.
  var chart: String { confusion.chart }

  /// The run, with the model of the seed whose accuracy is the median, where the data are at hand.
  func run(
    identity: [String: String], origin: RunOrigin, data: DataOrigin, picture: Picture?,
    registration: String?, threads: Int, times: (start: Int, end: Int)
  ) -> RunDocument {
    let cell = content.cells[index]
    let stored = content.reading.cells[index]
    let ascending = counts.sorted()
    var run = RunDocument(
      identity: identity, name: name, startTime: times.start, endTime: times.end)
    var parameters = RunParameters(content.plan)
    parameters.values["seeds"] = "\(content.seedCount)"
    parameters.add(
      condition: cell.attackName, cell.level,
      content.store.attacks.first { $0.name == cell.attackName },
      rows: stored.rows)
    if content.curves != nil {
      parameters.values["attacked_rows"] = "\(stored.rows.attacked)"
      parameters.values["added_rows"] = "\(stored.rows.added)"
    }
    parameters.add(defense: cell.defenseName)
    if let choice = stored.choice { parameters.add(choice) }
    run.metrics = MetricPoints.of(
      cell, accuracies: ascending.map { Double($0) / Double(content.plan.validationCount) })
    run.tags = origin.tags
    run.tags["mlflow.note.content"] = note(cell)
    run.artifacts =
      confusion.artifacts(picture) + [Artifact("per_seed.csv", text: perSeed)]
    run.tables = [ConfusionFiles.table]

    if let study = content.study, let place = content.cellIndex(index), !seeds.isEmpty {
      let median = ascending[(ascending.count - 1) / 2]
      // A count that is the median is that of some seed.
      let seed = UInt32(seeds[counts.firstIndex(of: median) ?? 0])
      let fit = study.replay(place, seed: seed, threads: threads)
      parameters.values["model_seed"] = "\(seed)"
      run.datasets = DatasetInput.inputs(of: fit, origin: data)
      let metrics = MetricPoints.of(
        fit.result.confusion, logLoss: fit.result.logLoss, prefix: "test")
      run.models = [
        ModelDocument(
          fit, metrics: metrics, registration: registration, modelCount: study.models.count)
      ].compactMap { $0 }
    }
    run.parameters = parameters.values
    return run
  }

  private var perSeed: String {
    var writer = CSVWriter(header: ["seed", "correct", "validation_rows", "accuracy"])
    let rows = content.plan.validationCount
    let accuracies = (0...rows).map { CSVWriter.field(Double($0) / Double(rows)) }
    for (seed, count) in zip(seeds, counts) {
      writer.append(["\(seed)", "\(count)", "\(rows)", accuracies[count]])
    }
    return writer.text
  }

  private func note(_ cell: CellSummary) -> String {
    let names = content.plan.classNames
    let interval = Numbers.percent(cell.accuracy.interval())
    var text =
      "Accuracy **\(Numbers.percent(cell.accuracy.mean)) %** (95 % interval of the mean \(interval)) "
      + "on validation rows, which no attack touches, over \(Numbers.grouped(content.seedCount)) seeds.\n"
    guard names.count <= 12 else { return text }
    text += "\nMean confusion matrix, rows true, columns predicted:\n\n"
    var matrix = Table([.text("")] + names.map { .number($0) })
    for truth in names.indices {
      matrix.append(
        [.text(names[truth])]
          + names.indices.map {
            .number(Double(cell.confusion[truth, $0]) / Double(max(cell.accuracy.count, 1)))
          })
    }
    return text + matrix.markdown(limit: 6000)
  }
}

extension TrainingRows {
  /// The rows in words, such as `60+30 rows`.
  fileprivate var text: String { "\(attacked)\(added > 0 ? "+\(added)" : "") rows" }
}

import Analyses
import Datasets
import Foundation
import Models
import Poisoning
package import Reporting
import Store
import Sweeps
package import Tracking

/// A study as the parent of the runs of its cells.
package struct StudyDocument {
  /// The run.
  package private(set) var run: RunDocument

  /// Everything about a study; `page` is one of all its charts.
  package init(
    _ content: StudyContent, identity: [String: String], name: String, origin: RunOrigin,
    data: DataOrigin, figures: [Figure], pictures: [Picture]?, page: String? = nil,
    times: (start: Int, end: Int)
  ) {
    run = RunDocument(
      identity: identity, name: name, startTime: times.start, endTime: times.end)
    var parameters = RunParameters(content.plan)
    parameters.values["seeds"] = "\(content.seedCount)"
    parameters.values["attacks"] = content.attackNames.joined(separator: ", ")
    parameters.add(content.store.attacks)
    if !content.defenseNames.isEmpty {
      parameters.values["defense"] = nil
      parameters.values["defenses"] = content.defenseNames.joined(separator: ", ")
    }
    parameters.values["levels"] = content.levels.map { "\($0)" }.joined(separator: ", ")
    parameters.values["models"] = content.cells.map(\.modelName).distinct
      .joined(separator: ", ")
    parameters.values["cells"] = "\(content.cells.count)"
    run.parameters = parameters.values
    run.metrics = Self.curves(content)
    run.metrics.append(
      Metric("fits", Double(content.seedCount * content.cells.count)))

    run.tags = origin.tags
    run.tags["mlflow.note.content"] = Self.note(content)
    run.tags["metric_steps"] = "poison level in \(content.step(1) == 100 ? "" : "0.01 ")%"
    if let study = content.study { run.datasets = [DatasetInput(study, origin: data)] }

    if let curves = content.curves {
      run.parameters["rows"] = "\(curves.rows.attacked)"
      run.parameters["generator"] = content.plan.study?.generator
      run.metrics += curves.answers.flatMap { $0.points(step: content.step) }
    }
    let table = Table(cells: content.cells, areCurves: content.curves != nil)
    run.artifacts = [
      Artifact("cells.json", text: table.json), Artifact("cells.csv", text: table.csv),
      Artifact("config.json", text: content.plan.identity + "\n"),
      Artifact("environment.json", text: Self.environment(content.plan)),
    ]
    run.tables = ["cells.json"]
    if content.curves != nil {
      for (name, table) in content.answer.tables {
        run.artifacts += [
          Artifact("tables/\(name).csv", text: table.csv),
          Artifact("tables/\(name).json", text: table.json),
        ]
        run.tables.append("tables/\(name).json")
      }
    }
    if let plan = content.reading.request?.planText {
      run.artifacts.append(Artifact("plan.yaml", text: plan))
    }
    if let claims = content.claims {
      run.artifacts.append(Artifact("claims.json", text: claims.table.json))
      run.tables.append("claims.json")
    }
    if let page { run.artifacts.append(Artifact("charts/charts.html", text: page)) }
    for (index, figure) in figures.enumerated() {
      run.artifacts.append(Artifact("charts/\(figure.name).csv", text: figure.table.csv))
      run.artifacts += figure.files(pictures?[index]).map {
        Artifact("charts/\($0.name)", content: $0.bytes)
      }
    }
  }

  /// Accuracy and F1 of each model against the poison level, whose percent are the steps.
  ///
  /// An attack at a single level has no curve; the table and the runs of its cells have the numbers.
  private static func curves(_ content: StudyContent) -> [Metric] {
    let first = content.attackNames.first ?? "none"
    let attacks = content.attackNames.filter { attack in
      attack == first || Set(content.curve(of: attack).map(\.level)).count > 2
    }
    return (attacks.isEmpty ? [first] : attacks).flatMap { attack in
      content.curve(of: attack).flatMap { cell in
        let suffix = "/" + "\(attack)/\(cell.modelName)".asMetricKey
        let step = content.step(cell.level.share)
        let points =
          MetricPoints.moments("test_accuracy_score", cell.accuracy, suffix: suffix, step: step)
          + MetricPoints.moments("test_f1_score", cell[.macroF1], suffix: suffix, step: step)
        return points.filter { !$0.key.contains("_std/") }
      }
    }
  }

  /// What the command that ran the study showed, and its cells, as far as a note has room.
  private static func note(_ content: StudyContent) -> String {
    let plan = content.plan
    let text =
      "**\(plan.datasetName)**: \(plan.trainingCount) rows train, \(plan.validationCount) clean "
      + "rows validate\(plan.study?.grouping.map { ", \($0.text)" } ?? ""), \(Numbers.grouped(content.seedCount)) seeds. Accuracy in %, with the 95 % "
      + "interval of the mean.\n\n"
    let cells = Answer(cells: content.mainCells, of: content.facts).sections
    let answer = Answer(heading: [], content.answer.sections + cells)
    return text + answer.markdown(limit: 7900 - text.count)
  }

  private static func environment(_ plan: StoredPlan) -> String {
    JSONText.of([
      "program": "\(plan.program) \(plan.programVersion)",
      "engine_version": "\(plan.engineVersion)", "processor": plan.processorName,
      "cores": "\(plan.coreCount)", "created_at": plan.createdAt,
      "system": ProcessInfo.processInfo.operatingSystemVersionString,
    ])
  }
}

extension String {
  /// The text with `_` for what the key of a metric cannot have, in MLflow 2 either.
  fileprivate var asMetricKey: String { String(map { $0 == ":" ? "_" : $0 }).sanitizedKey }
}

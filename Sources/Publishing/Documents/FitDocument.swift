import Datasets
import Foundation
import LinAlg
public import Models
import ONNX
import Poisoning
public import Reporting
public import Sweeps
public import Tracking

/// One fit, the outcome of `runner train`, as a run.
public struct FitDocument {
  /// The run.
  public private(set) var run: RunDocument

  /// Whether charts were rendered to pictures.
  public let hasPictures: Bool

  /// What the run of a fit is called.
  public static func name(_ choice: ModelChoice, _ condition: Condition) -> String {
    (condition.level == .clean
      ? "\(choice.name), clean" : "\(choice.name), \(condition.attackName) \(condition.level)")
      + (condition.defenseName == "none" ? "" : ", \(condition.defenseName)")
  }

  /// The model of a fit as an ONNX file, with the scaler in front.
  public static func graph(
    _ study: Study, _ choice: ModelChoice, trial: Trial, evaluation: Evaluation
  ) -> [UInt8] {
    let graph = ONNXModel(
      evaluation.model, center: trial.scaler.center, scale: trial.scaler.scale,
      featureNames: study.dataset.featureNames, classNames: study.dataset.classNames,
      name: choice.name)
    return graph?.bytes ?? []
  }

  /// Everything about a fit.
  ///
  /// - Parameters:
  ///   - identity: Tags that tell the run from all others.
  ///   - record: The fit for machines, the artifact `run.json`.
  ///   - registration: The name to register the model under, if any.
  ///   - times: When it began and ended, in milliseconds since 1970.
  public init(
    _ study: Study, _ condition: Condition, _ choice: ModelChoice, seed: UInt32, trial: Trial,
    evaluation: Evaluation, record: RunRecord, identity: [String: String], origin: RunOrigin,
    data: DataOrigin, registration: String?, renderer: ChartRenderer,
    times: (start: Int, end: Int)
  ) {
    run = RunDocument(
      identity: identity, name: Self.name(choice, condition), startTime: times.start,
      endTime: times.end)
    var parameters = RunParameters(study, condition, choice)
    parameters["seed"] = "\(seed)"
    run.parameters = parameters.values

    let result = evaluation.result
    let training = evaluation.model.predict(trial.problem.features, threads: 1)
    let trainingConfusion = ConfusionMatrix(
      truth: trial.problem.labels, predicted: training.classes,
      classCount: trial.problem.classCount)
    let test = MetricPoints.of(result.confusion, logLoss: result.logLoss, prefix: "test")
    run.metrics =
      test
      + MetricPoints.of(
        trainingConfusion,
        logLoss: training.scoresAreProbabilities
          ? logLoss(training.scores, labels: trial.problem.labels) : nil,
        prefix: "training") + [
        RunDocument.Point("iterations", Double(result.report.iterations)),
        RunDocument.Point("objective", result.report.objective),
        RunDocument.Point("poisoned_rows", Double(trial.patch.rows.count)),
      ]
    run.metrics += Self.found(trial)
    if let target = record.target {
      let values = [
        ("success", target.success), ("success_gain", target.successGain),
        ("collateral", target.collateral),
      ]
      run.metrics += values.compactMap { name, value in
        value.map { RunDocument.Point("test_attack_\(name)", $0) }
      }
    }
    let report = RunReport(
      study, condition, choice, seed: seed, trial: trial, evaluation: evaluation,
      target: record.target)
    run.tags = origin.tags
    run.tags["mlflow.note.content"] = "```\n\(report.lines.joined(separator: "\n"))\n```\n"
    run.tags["outcome"] = result.report.outcome.rawValue
    run.datasets = DatasetInput.inputs(of: trial, study, condition, seed: seed, origin: data)
    let files = ConfusionFiles(
      result.confusion, classNames: study.dataset.classNames, title: run.name)
    let picture = renderer.pictures(of: [files.chart])?.first
    hasPictures = picture != nil
    run.artifacts =
      files.artifacts(picture)
      + [Artifact("run.json", text: JSONText.of(record))]
    run.tables = [ConfusionFiles.table]
    run.models = [
      ModelDocument(
        evaluation, of: trial, study, condition, choice, seed: seed, metrics: test,
        registration: registration.map {
          ModelDocument.Registration($0, condition, choice, modelCount: 1)
        })
    ].compactMap { $0 }
  }

  /// How well defences told poisoned rows from others.
  private static func found(_ trial: Trial) -> [RunDocument.Point] {
    guard let found = trial.detection else { return [] }
    let values: [(String, Double?)] = [
      ("precision", found.precision), ("recall", found.recall),
      ("false_alarm_rate", found.falseAlarmRate), ("roc_auc", found.rocAUC),
      ("precision_at_budget", found.precisionAtBudget),
      ("flagged_rows", Double(found.flaggedCount)),
    ]
    return values.compactMap { name, value in
      value.map { RunDocument.Point("defense_\(name)", $0) }
    }
  }
}

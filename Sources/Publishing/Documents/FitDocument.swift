import Datasets
import Foundation
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
    name(choice.name, condition.attackName, condition.level, condition.defenseName)
  }

  /// What a run is called by the names of its parts.
  static func name(
    _ model: String, _ attack: String, _ level: PoisonLevel, _ defense: String
  ) -> String {
    "\(model), " + (level == .clean ? "clean" : "\(attack) \(level)")
      + (defense == "none" ? "" : ", \(defense)")
  }

  /// The model of a fit as an ONNX file, with the scaler in front.
  public static func graph(_ fit: Fit) -> [UInt8] { ONNXModel(fit)?.bytes ?? [] }

  /// Everything about a fit.
  ///
  /// - Parameters:
  ///   - target: What came of a targeted attack.
  ///   - identity: Tags that tell the run from all others.
  ///   - registration: The name to register the model under, if any.
  ///   - times: When it began and ended, in milliseconds since 1970.
  public init(
    _ fit: Fit, target: TargetTally?, identity: [String: String], origin: RunOrigin,
    data: DataOrigin, registration: String?, renderer: ChartRenderer,
    times: (start: Int, end: Int), threads: Int
  ) {
    let (study, trial, result) = (fit.study, fit.trial, fit.result)
    run = RunDocument(
      identity: identity, name: Self.name(fit.model, fit.condition), startTime: times.start,
      endTime: times.end)
    var parameters = RunParameters(fit)
    parameters.values["seed"] = "\(fit.seed)"
    run.parameters = parameters.values

    let training = fit.evaluation.model.predict(trial.problem.features, threads: threads)
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
        Metric("iterations", Double(result.report.iterations)),
        Metric("objective", result.report.objective),
        Metric("poisoned_rows", Double(trial.patch.rows.count)),
      ]
    run.metrics += MetricPoints.of(fit.tally(target: target))
    if let found = trial.detection {
      run.metrics.append(Metric("defense_flagged_rows", Double(found.flaggedCount)))
    }
    run.tags = origin.tags
    let lines = fit.lines(target: target)
    run.tags["mlflow.note.content"] = "```\n\(lines.joined(separator: "\n"))\n```\n"
    run.tags["outcome"] = result.report.outcome.rawValue
    run.datasets = DatasetInput.inputs(of: fit, origin: data)
    let files = ConfusionFiles(
      result.confusion, classNames: study.dataset.classNames, title: run.name)
    let picture = renderer.pictures(of: [files.chart])?.first
    hasPictures = picture != nil
    run.artifacts =
      files.artifacts(picture)
      + [
        Artifact(
          "run.json",
          text: JSONText.of(
            RunRecord(
              fit, target: target,
              withModel: RunRecord.holds(fit.evaluation.model))))
      ]
    run.tables = [ConfusionFiles.table]
    run.models = [
      ModelDocument(fit, metrics: test, registration: registration, modelCount: 1)
    ].compactMap { $0 }
  }
}

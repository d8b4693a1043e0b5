import Datasets
import Documents
import Models
import Poisoning
import Statistics
public import Sweeps

/// The outcome of one run as text, for people.
public struct RunReport: Sendable {
  /// The lines, ready to print.
  public let lines: [String]

  /// The report of a fit, and of what a targeted attack came to.
  public init(_ fit: Fit, target: TargetTally? = nil) {
    let (study, condition, trial, model) = (fit.study, fit.condition, fit.trial, fit.model)
    let data = study.dataset
    let result = fit.result
    var lines = [
      "\(data.name): \(Numbers.grouped(data.sampleCount)) rows × \(data.featureCount) features, "
        + "\(data.classCount) classes; seed \(fit.seed)",
      "\(model.model) (\(model.specification.list)); \(Numbers.grouped(trial.training.count)) training rows, "
        + "\(Numbers.grouped(trial.patch.rows.count)) "
        + (condition.attack.flow == .delete && condition.level != .clean ? "deleted" : "poisoned")
        + " (attack \(condition.attackName))",
      "scaler \(study.scaler.rawValue)"
        + (study.scaler == .none ? "" : " fitted on \(study.scalerPolicy.rawValue) rows")
        + "; fit \(result.report.outcome.rawValue) after "
        + "\(Numbers.grouped(result.report.iterations)) iterations",
      "",
      "accuracy  \(Numbers.percent(result.confusion.accuracy)) % "
        + "(\(result.confusion.correct) of \(result.confusion.total) clean validation rows), "
        + "95 % interval \(Numbers.percent(result.confusion.accuracyInterval))",
      "macro-F1  \(Numbers.percent(result.confusion.macroF1)) %",
    ]
    if condition.level != .clean { lines.insert(condition.attack.threat.line, at: 2) }
    if let defense = DefenseRecord(fit) {
      lines.insert(contentsOf: defense.lines, at: condition.level == .clean ? 2 : 3)
    }
    if let target { lines.append(target.line) }
    if let loss = result.logLoss { lines.append("log loss  \(Numbers.fixed(loss, 4))") }

    var table = Table(
      [.text("class"), .percent("precision"), .percent("recall"), .percent("F1")]
        + data.classNames.map { .count("→ \($0)") })
    for (label, name) in data.classNames.enumerated() {
      let confusion = result.confusion
      table.append(
        [
          .text(name), .number(confusion.precision(label)), .number(confusion.recall(label)),
          .number(confusion.f1(label)),
        ] + data.classNames.indices.map { .count(confusion[label, $0]) })
    }
    self.lines = lines + [""] + table.lines()
  }
}

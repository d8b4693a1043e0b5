import Datasets
import Documents
import Models
import Poisoning
import Statistics
public import Sweeps

extension Fit {
  /// The outcome as text, for people, with that of a targeted attack.
  public func lines(target: TargetTally? = nil) -> [String] {
    let data = study.dataset
    var lines = [
      "\(data.name): \(Numbers.grouped(data.sampleCount)) rows × \(data.featureCount) features, "
        + "\(data.classCount) classes; seed \(seed)",
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
    if let defense = DefenseRecord(self) {
      lines.insert(contentsOf: defense.lines, at: condition.level == .clean ? 2 : 3)
    }
    if let target { lines.append(target.line) }
    if let loss = result.logLoss { lines.append("log loss  \(Numbers.fixed(loss, 4))") }

    let confusion = result.confusion
    let table = Table(
      [.text("class"), .percent("precision"), .percent("recall"), .percent("F1")]
        + data.classNames.map { .count("→ \($0)") },
      rows: data.classNames.enumerated().map { label, name in
        [
          .text(name), .number(confusion.precision(label)), .number(confusion.recall(label)),
          .number(confusion.f1(label)),
        ] + data.classNames.indices.map { .count(confusion[label, $0]) }
      })
    return lines + [""] + table.lines()
  }
}

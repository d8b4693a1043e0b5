import Datasets
import Defenses
import Documents
import Models
import Poisoning
public import Sweeps

/// What the defences of one run did, for machines.
struct DefenseRecord: Encodable {
  struct LostClass: Encodable {
    let name: String
    let rows: Int
  }

  let name: String
  let removedRows: Int
  let relabeledRows: Int
  /// Classes whose rows are all gone, which the model therefore never predicts.
  let lostClasses: [LostClass]
  /// Rows kept from attacks and models for defences.
  let trustedRows: Int
  /// How well they told poisoned rows from others.
  let detection: [String: Double]?
  /// What training reveals of any one row; nil where it was not to hide them.
  let privacy: PrivacyRecord?

  private let privacyText: String?

  private enum CodingKeys: CodingKey {
    case name, removedRows, relabeledRows, lostClasses, trustedRows, detection, privacy
  }

  /// The record of a fit; nil without defences.
  init?(_ fit: Fit) {
    let (condition, trial) = (fit.condition, fit.trial)
    guard !condition.defense.isEmpty else { return nil }
    name = condition.defenseName
    removedRows = trial.problem.weights.count { $0 == 0 }
    relabeledRows = zip(trial.problem.labels, trial.training.labels).count { $0 != $1 }
    lostClasses = (trial.defended?.lostClasses ?? []).map { label in
      LostClass(
        name: fit.study.dataset.classNames[label], rows: trial.training.labels.count { $0 == label }
      )
    }
    trustedRows = trial.split.trusted.count
    let tally = fit.tally(target: nil)
    detection = trial.detection.map { _ in
      Measure.allCases.filter { $0.subject == .detection }.reduce(into: [:]) { record, measure in
        record[measure.key] = measure.value(of: tally)
      }
    }
    let statement = fit.privacy
    (privacy, privacyText) = (statement.map(PrivacyRecord.init), statement?.text)
  }

  /// What the defences did, for people.
  var lines: [String] {
    var text = "defence \(name)"
    if removedRows > 0 { text += "; removed \(Self.rows(removedRows))" }
    if relabeledRows > 0 { text += "; relabelled \(Self.rows(relabeledRows))" }
    var lines = [text]
    if let detection, removedRows + relabeledRows > 0,
      let precision = detection[Measure.precision.key]
    {
      lines.append(
        "        \(Numbers.percent(precision, 1)) % of those are poisoned"
          + (detection[Measure.recall.key].map {
            ", \(Numbers.percent($0, 1)) % of the poisoned rows"
          } ?? "")
          + (detection[Measure.rocAUC.key].map { "; ROC-AUC of the scores \(Numbers.fixed($0, 3))" }
            ?? ""))
    }
    if let privacyText {
      lines += "privacy \(privacyText)".wrapped(to: 92).enumerated().map {
        ($0 == 0 ? "" : "        ") + $1
      }
    }
    return lines + (lossSentence.map { ["        \($0)"] } ?? [])
  }

  /// Which classes have lost all their rows; nil where none has.
  var lossSentence: String? {
    guard !lostClasses.isEmpty else { return nil }
    let parts = lostClasses.map { lost in
      "\(lost.rows == 1 ? "the only row" : "all \(Self.rows(lost.rows))") of class "
        + lost.name.quotedExcerpt
    }
    return "it takes \(parts.joined(separator: " and ")), so the model never predicts "
      + (parts.count == 1 ? "that class" : "those classes")
  }

  private static func rows(_ count: Int) -> String {
    "\(Numbers.grouped(count)) \(count == 1 ? "row" : "rows")"
  }
}

extension Fit {
  /// What the defences have done that no accuracy shows; nil where there is nothing of that kind.
  public var defenseWarning: String? {
    DefenseRecord(self).flatMap { record in
      record.lossSentence.map { "warning: defence \(record.name): \($0)" }
    }
  }
}

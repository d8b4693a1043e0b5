import Statistics

/// A number that is kept of every fit.
///
/// This is the one table of them: what each is called wherever it shows, where it comes from, and how it
/// adds up over seeds. Stores, views, JSON, CSV and MLflow walk it. A new measure is a case, its row
/// and its value here, what `FitTally` has for it, and the version of `StoreSchema`.
public enum Measure: Int, CaseIterable, Sendable {
  case accuracy, accuracyDrop, accuracyGain
  case macroF1, macroF1Drop, logLoss
  case success, successGain, collateral
  case precision, recall, falseAlarmRate, rocAUC, precisionAtBudget

  /// What is judged.
  package enum Subject: Sendable {
    /// The predictions.
    case fit
    /// What a targeted attack came to.
    case attack
    /// The verdicts of defences on rows.
    case detection
  }

  /// What is known of a measure.
  package struct Row: Sendable {
    /// Its column in the view of cells; of moments, the beginning of its columns in stores.
    package let column: String
    let subject: Subject
    /// The metric in MLflow, where it is not the column with the subject in front.
    var metric: String?
    /// Where it is a share of validation rows, whose numbers add up exactly: the columns of the number of
    /// seeds and of the sums.
    package var counts: (seeds: String, sums: String)?
    /// For people who read a store.
    package let meaning: String
    init(
      _ column: String, of subject: Subject = .fit, metric: String? = nil,
      counts: (seeds: String, sums: String)? = nil, _ meaning: String
    ) {
      (self.column, self.subject, self.metric) = (column, subject, metric)
      (self.counts, self.meaning) = (counts, meaning)
    }
  }

  /// The table.
  package static let rows = allCases.map(\.makeRow)

  private var makeRow: Row {
    switch self {
    case .accuracy:
      Row(
        "accuracy", metric: "test_accuracy_score", counts: ("seed_count", "correct"),
        "validation rows predicted right")
    case .accuracyDrop:
      Row(
        "accuracy_drop", counts: ("paired_count", "drop"),
        "those of the clean cell of the same model and seed minus these")
    case .accuracyGain:
      Row(
        "accuracy_gain", counts: ("defended_count", "gain"),
        "with defences: these minus those of the cell of the same attack without")
    case .macroF1:
      Row("macro_f1", metric: "test_f1_score", "mean of the F1 scores of the classes that occur")
    case .macroF1Drop:
      Row("macro_f1_drop", metric: "test_f1_drop", "that of the clean cell minus this")
    case .logLoss:
      Row("log_loss", "of models with probabilities: mean of -ln p of the true classes")
    case .success:
      Row(
        "success", of: .attack,
        "of targeted attacks: share of the rows aimed at that got what the attack wants")
    case .successGain:
      Row("success_gain", of: .attack, "that share minus the one under the clean model")
    case .collateral:
      Row("collateral", of: .attack, "share of other rows that were hit")
    case .precision:
      Row("precision", of: .detection, "of defences: share of flagged rows that are poisoned")
    case .recall:
      Row("recall", of: .detection, "share of poisoned rows that are flagged")
    case .falseAlarmRate:
      Row("false_alarm_rate", of: .detection, "share of other rows that are flagged")
    case .rocAUC:
      Row("roc_auc", of: .detection, "of the scores")
    case .precisionAtBudget:
      Row(
        "precision_at_budget", of: .detection,
        "share of poisoned rows among as many with the largest scores")
    }
  }

  /// The value of a fit, for a share the number of rows; nil where it has none.
  ///
  /// No closure of the table: each would get a copy of the fit, and there are many fits.
  @inline(__always)
  func value(_ fit: FitComparison) -> Double? {
    switch self {
    case .accuracy: Double(fit.own.correct)
    case .accuracyDrop: fit.clean.map { Double($0.correct - fit.own.correct) }
    case .accuracyGain: fit.undefended.map { Double(fit.own.correct - $0.correct) }
    case .macroF1: fit.own.macroF1
    case .macroF1Drop: fit.clean.map { $0.macroF1 - fit.own.macroF1 }
    case .logLoss: fit.own.logLoss
    case .success: fit.own.target?.success
    case .successGain: fit.own.target?.successGain
    case .collateral: fit.own.target?.collateral
    case .precision: fit.own.detection?.precision
    case .recall: fit.own.detection?.recall
    case .falseAlarmRate: fit.own.detection?.falseAlarmRate
    case .rocAUC: fit.own.detection?.rocAUC
    case .precisionAtBudget: fit.own.detection?.precisionAtBudget
    }
  }

  package var row: Row { Self.rows[rawValue] }
}

extension Measure {
  /// What is judged.
  package var subject: Subject { row.subject }

  /// The name in JSON; those of detection are in an object of their own.
  package var key: String { (subject == .attack ? "attack_" : "") + row.column }

  /// The name in MLflow.
  package var metric: String {
    row.metric ?? (subject == .detection ? "defense_" : "test_") + key
  }

  /// The name in tables of cells: that in MLflow without what goes without saying.
  package var label: String {
    let name = metric.drop { $0 != "_" }.dropFirst()
    return String(name.hasSuffix("_score") ? name.dropLast("_score".count) : name)
  }

  /// How far apart two values can be, where intervals that hold at every look are kept; else nil.
  package var range: Double? { row.counts.map { _ in self == .accuracy ? 1 : 2 } }

  /// What its values are, with so many validation rows.
  func quantity(ofRows rows: Int) -> Quantity {
    switch self {
    case .accuracy: .share(ofRows: rows)
    case .accuracyDrop, .accuracyGain: .difference(ofRows: rows)
    case .logLoss: .any
    case .macroF1Drop, .successGain: .within(Interval(from: -1, to: 1))
    default: .within(Interval(from: 0, to: 1))
    }
  }

  /// The value of a fit alone; nil where it has none, or is a comparison with another.
  package func value(of fit: FitTally) -> Double? { value(FitComparison(own: fit)) }
}

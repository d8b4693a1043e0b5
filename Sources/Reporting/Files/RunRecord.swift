import Datasets
import Documents
import LinAlg
package import Models
import Poisoning
import Statistics
import Store
public import Sweeps
public import Validation

/// One run for machines: what was asked, what was fitted, and how good it is.
public struct RunRecord: Encodable, Sendable {
  struct ScalerRecord: Encodable {
    let kind: String
    let fittedOn: String
    let center: [Double]
    let scale: [Double]
  }

  struct ClassMetrics: Encodable {
    let name: String
    /// Nil for a class that was never said.
    let precision: Double?
    /// Nil for a class without validation rows.
    let recall: Double?
    /// Nil for one that is neither.
    let f1: Double?
  }

  struct Metrics: Encodable {
    let accuracy: Double
    let accuracyCi95: [Double]
    let macroF1: Double
    /// Number of classes that is the mean over: those that occur.
    let macroF1Classes: Int
    let logLoss: Double?
    let classes: [ClassMetrics]
    let confusion: [[Int]]
  }

  let program = Program.name
  let version = Program.version
  let blasKernel: String
  let dataset: DatasetRecord
  let seed: Int
  let validationShare: Double
  /// The file whose rows models are judged on; absent where those are a share of the data.
  let validation: ValidationFile?
  let trainingRows: Int
  let validationRows: Int
  let attack: ConditionRecord
  let scaler: ScalerRecord
  let model: FittedModelRecord
  let fit: FitReport
  let metrics: Metrics
  /// Why its figures are not like those of another; absent where they are.
  let warnings: [String]?
  /// What makes accuracy on the data doubtful; absent where nothing does.
  let suspicions: [Suspicion]?
  let defense: DefenseRecord?
  let target: TargetOutcome?

  /// The ids of the rows that a model learns from: those that no defence has removed.
  private static func learntRowIDs(_ trial: Trial) -> [Int] {
    zip(trial.training.rowIDs, trial.problem.weights).filter { $0.1 > 0 }.map(\.0)
  }

  /// Whether a record holds what a model learnt: up to a million numbers, about 20 MB of text.
  ///
  /// The ONNX graph beside it has them all.
  package static func holds(_ model: any Model) -> Bool {
    let count =
      (model as? SupportVectorModel)?.supportVectors.elements.count
      ?? (model as? SoftmaxModel)?.coefficients.elements.count ?? 0
    return count <= 1_000_000
  }

  /// The record of a fit; what it learnt is left out unless `withModel`.
  public init(
    _ fit: Fit, target: TargetTally?, withModel: Bool, suspicions: [Suspicion] = []
  ) {
    self.suspicions = suspicions.isEmpty ? nil : suspicions
    let (study, condition, trial) = (fit.study, fit.condition, fit.trial)
    self.target = target.map(TargetOutcome.init)
    defense = DefenseRecord(fit)
    blasKernel = BLAS.kernelName
    dataset = DatasetRecord(study)
    validation = study.validationFile
    seed = Int(fit.seed)
    validationShare = study.validationShare
    trainingRows = trial.training.count
    validationRows = study.validationCount
    attack = ConditionRecord(
      StoredAttack(condition.attack), condition.level, poisonedRows: trial.patch.rows.count)
    scaler = ScalerRecord(
      kind: study.scaler.rawValue, fittedOn: study.scalerPolicy.rawValue,
      center: trial.scaler.center, scale: trial.scaler.scale)
    model = FittedModelRecord(
      fit.model, fit.evaluation.model, study.dataset,
      Self.learntRowIDs(trial).map(study.dataset.sourceRow),
      withCoefficients: withModel)
    let result = fit.result
    self.fit = result.report
    let confusion = result.confusion
    let warnings = [fit.warning, fit.remark].compactMap { $0 }
    self.warnings = warnings.isEmpty ? nil : warnings
    metrics = Metrics(
      accuracy: confusion.accuracy, accuracyCi95: confusion.accuracyInterval.ends,
      macroF1: confusion.macroF1, macroF1Classes: confusion.occurringCount,
      logLoss: result.logLoss,
      classes: study.dataset.classNames.enumerated().map { label, name in
        ClassMetrics(
          name: name, precision: confusion.precision(label), recall: confusion.recall(label),
          f1: confusion.f1(label))
      },
      confusion: confusion.rows)
  }
}

/// What came of a targeted attack in one run, for machines.
struct TargetOutcome: Encodable {
  let success: Double?
  let successOfCleanModel: Double?
  let collateral: Double?
  let successGain: Double?

  init(_ target: TargetTally) {
    success = target.success
    successOfCleanModel = target.successBefore
    collateral = target.collateral
    successGain = target.successGain
  }
}

extension TargetTally {
  var line: String {
    let percent = { (share: Double?) in share.map { "\(Numbers.percent($0)) %" } ?? "no row" }
    return "success   \(percent(success)) of the rows aimed at (clean model "
      + "\(percent(successBefore))); collateral \(percent(collateral))"
  }
}

extension Fit {
  /// The outcome as text, for people, with that of a targeted attack.
  ///
  /// Validation rows are called clean where somebody vouches for the data: no attack has touched them here,
  /// but a file may be poisoned already.
  public func lines(target: TargetTally? = nil, areVouched: Bool = true) -> [String] {
    let data = study.dataset
    let judged = study.validationFile?.rows ?? 0
    var lines = [
      "\(data.name): \(Numbers.grouped(data.sampleCount - judged)) rows × \(data.featureCount) features, "
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
        + "(\(result.confusion.correct) of \(result.confusion.total)"
        + (study.validationFile.map { " rows of \($0.name)), " }
          ?? "\(areVouched ? " clean" : "") validation rows), ")
        + "95 % interval \(Numbers.percent(result.confusion.accuracyInterval))"
        + (result.report.hasConverged ? "" : ", of a fit that did not end"),
      "macro-F1  \(Numbers.percent(result.confusion.macroF1)) %" + occurring,
    ]
    if let grouping = study.grouping { lines[0] += "\n" + grouping.text }
    if let weights = data.sampleWeights {
      lines[0] +=
        "\nthe fit weighs rows by \(weights.column.shownInTable); accuracy counts them alike"
    }
    if condition.level != .clean { lines.insert(condition.attack.threat.line, at: 2) }
    if let defense = DefenseRecord(self) {
      lines.insert(contentsOf: defense.lines, at: condition.level == .clean ? 2 : 3)
    }
    if let target { lines.append(target.line) }
    if let loss = result.logLoss { lines.append("log loss  \(Numbers.fixed(loss, 4))") }

    let confusion = result.confusion
    let table = Table(
      [.text("class"), .percent("precision"), .percent("recall"), .percent("F1")]
        + (isWide ? [] : data.classNames.map { .count("→ \($0.shownInTable)") }),
      rows: data.classNames.enumerated().map { label, name in
        [
          .text(name.shownInTable)
        ]
          + [confusion.precision(label), confusion.recall(label), confusion.f1(label)].map {
            $0.map(Table.Value.number) ?? .unknown
          } + (isWide ? [] : data.classNames.indices.map { .count(confusion[label, $0]) })
      },
      notes: isWide ? [confusion.worst(data.classNames)] : [])
    return lines + [""] + table.lines() + (remark.map { [""] + $0.wrapped(to: 100) } ?? [])
  }

  /// Whether there are too many classes for a column each.
  private var isWide: Bool { study.dataset.classCount > Table.mostClasses }

  /// Over how many classes the mean is, where that is not all.
  private var occurring: String {
    let (count, all) = (result.confusion.occurringCount, study.dataset.classCount)
    return count == all ? "" : " (over the \(count) of \(all) classes that occur)"
  }

  /// Why the figures are not those of the model; nil where the fit has ended.
  public var warning: String? {
    let report = result.report
    return report.hasConverged
      ? nil
      : "The fit did not end at an optimum (\(report.outcome.rawValue) after "
        + "\(Numbers.grouped(report.iterations)) iterations): its accuracy is not that of "
        + "\(model.model). \(FitReport.advice)"
  }

  /// That the model says one class only, where it does.
  fileprivate var remark: String? {
    result.confusion.onlyPrediction.map { label in
      "The model says only \(study.dataset.classNames[label]), whatever the row; always saying the "
        + "commonest class gives \(Numbers.percent(result.confusion.guessing)) %."
    }
  }
}

extension ConfusionMatrix {
  /// The 95 % interval of the accuracy on other rows from the same source: Wilson's.
  var accuracyInterval: Interval { BinomialInterval.wilson(correct, of: total) }

  /// The classes that were most often taken for another, for people.
  func worst(_ names: [String]) -> String {
    let pairs = names.indices.flatMap { truth in
      names.indices.filter { $0 != truth && self[truth, $0] > 0 }.map { (truth, $0) }
    }.sorted { self[$0.0, $0.1] > self[$1.0, $1.1] }
    guard !pairs.isEmpty else { return "No class was taken for another." }
    let shown = pairs.prefix(Table.mostClasses).map { truth, said in
      "\(names[truth]) for \(names[said]): \(self[truth, said])"
    }
    return "Most often taken for another: \(shown.joined(separator: ", "))"
      + (pairs.count > shown.count ? "; \(pairs.count - shown.count) more such pairs." : ".")
  }

  /// The counts, a list for each true class.
  var rows: [[Int]] {
    (0..<classCount).map { truth in (0..<classCount).map { self[truth, $0] } }
  }
}

/// A fitted model: its parameters and, where asked for, what it learnt.
struct FittedModelRecord: Encodable {
  /// One two-class machine of a support vector machine.
  struct Machine: Encodable {
    let positive: String
    let negative: String
    let dualCoefficients: [Double]
    let intercept: Double
  }

  let name: String
  let parameters: [String: Table.Scalar]
  /// The value that `gamma` came to.
  let gamma: Double?
  /// The classes that had a training row.
  let presentClasses: [String]?
  /// Softmax: one row of d weights per present class; with two classes the first is zero.
  let coefficients: [[Double]]?
  /// Softmax: one number per present class.
  let intercepts: [Double]?
  /// Support vectors by `row_id`, and their scaled features.
  let supportRowIds: [Int]?
  let supportVectors: [[Double]]?
  let machines: [Machine]?

  init(
    _ choice: ModelChoice, _ model: any Model, _ dataset: Dataset, _ rowIDs: [Int],
    withCoefficients: Bool
  ) {
    let classNames = dataset.classNames
    let record = ModelRecord(choice)
    name = record.name
    parameters = record.parameters
    let softmax = withCoefficients ? model as? SoftmaxModel : nil
    let svm = model as? SupportVectorModel
    let shownSVM = withCoefficients ? svm : nil
    gamma = svm?.gamma
    presentClasses = (softmax?.presentClasses ?? shownSVM?.presentClasses)?.map { classNames[$0] }
    coefficients = softmax.map { Self.rows($0.coefficients).map { Array($0.dropLast()) } }
    intercepts = softmax.map { Self.rows($0.coefficients).compactMap(\.last) }
    supportRowIds = shownSVM?.supportRows.map { rowIDs[$0] }
    supportVectors = shownSVM.map { Self.rows($0.supportVectors) }
    machines = shownSVM?.machines.map { machine in
      Machine(
        positive: classNames[machine.positive], negative: classNames[machine.negative],
        dualCoefficients: machine.coefficients, intercept: machine.intercept)
    }
  }

  private static func rows(_ matrix: Matrix<Double>) -> [[Double]] {
    (0..<matrix.rows).map { row in
      Array(matrix.elements[row * matrix.columns..<(row + 1) * matrix.columns])
    }
  }
}

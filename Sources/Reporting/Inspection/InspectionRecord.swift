public import Datasets
public import Inspection
import LinAlg
import Models
import Statistics
import Sweeps
public import Validation

/// The outcome of an inspection for machines.
public struct InspectionRecord: Encodable, Sendable {
  struct Finding: Encodable {
    /// From 1.
    let row: Int
    let confidence: Double
    let reasons: [Inspection.Reason]
    let label: String
    let suggested: String?
    let sameAs: Int?
  }

  struct Effect: Encodable {
    let model: String
    let cleaning: CleaningEffect.Cleaning
    let accuracyBefore: Double
    let accuracyAfter: Double
    let difference: Double
    let ci95: [Double]?
    /// Rows of another file that were judged on; absent for cross-validation.
    let validationRows: Int?
  }

  /// What share of labels planted into copies of the file was named.
  struct Power: Encodable {
    let copies: Int
    let share: Double
    let planted: Int
    let named: Int
    let power: Double
    let ci95: [Double]
  }

  struct Lost: Encodable {
    let column: String
    let value: Double
    let rows: Int
  }

  let program = Program.name
  let version = Program.version
  let dataset: DatasetRecord
  let suspiciousRows: Int
  let suspiciousByReason: [String: Int]
  /// Wrong labels, whether or not it can be said which; null where none can be judged.
  let estimatedLabelErrors: Double?
  let estimatedLabelErrorsCi95: [Double]?
  let estimatedLabelErrorRate: Double?
  /// The share of right labels among those called wrong that was asked for; null for a list of a length.
  let falseDiscoveryLimit: Double?
  let listLength: Int?
  let power: Power?
  let lostValues: [Lost]
  let rowsWithLostValues: Int
  let rowsOfSmallClasses: Int
  let classesWithoutOutlierJudgement: [String]
  let expectedConflicts: Int
  let effects: [Effect]
  let findings: [Finding]
  /// What makes accuracy on the data doubtful; absent where nothing does.
  let suspicions: [Suspicion]?

  /// The record of an inspection and of what cleaning its findings does.
  public init(
    _ dataset: Dataset, _ inspection: Inspection, effects: [CleaningEffect],
    suspicions: [Suspicion] = []
  ) {
    self.suspicions = suspicions.isEmpty ? nil : suspicions
    self.dataset = DatasetRecord(dataset)
    suspiciousRows = inspection.findings.count
    suspiciousByReason = inspection.findings.flatMap(\.reasons).reduce(into: [:]) {
      $0[$1.rawValue, default: 0] += 1
    }
    estimatedLabelErrors = inspection.labels.errors
    estimatedLabelErrorsCi95 = inspection.labels.errorInterval?.ends
    let judged = inspection.labels.judgements.count { $0 != nil }
    estimatedLabelErrorRate = inspection.labels.errors.map { $0 / Double(max(judged, 1)) }
    (falseDiscoveryLimit, listLength) =
      switch inspection.selection {
      case .falseDiscoveryRate(let rate): (rate, nil)
      case .count(let count): (nil, count)
      }
    power = inspection.planted.map {
      Power(
        copies: PlantedLabels.copyCount, share: PlantedLabels.share, planted: $0.planted,
        named: $0.named, power: $0.power, ci95: $0.interval.ends)
    }
    let features = dataset.completedFeatures
    lostValues = inspection.lostValues.map {
      Lost(
        column: dataset.featureNames[$0.column], value: features[$0.rows[0], $0.column],
        rows: $0.rows.count)
    }
    rowsWithLostValues = Set(inspection.lostValues.flatMap(\.rows)).count
    rowsOfSmallClasses = inspection.smallClassRows.count
    classesWithoutOutlierJudgement = inspection.outliers.unjudgedClasses.map {
      dataset.classNames[$0]
    }
    expectedConflicts = inspection.expectedConflicts
    self.effects = effects.map { effect in
      Effect(
        model: effect.model.name, cleaning: effect.cleaning, accuracyBefore: effect.before.mean,
        accuracyAfter: effect.after.mean, difference: effect.difference.mean,
        ci95: effect.interval?.ends, validationRows: effect.judgedCount)
    }
    findings = inspection.findings.map { finding in
      Finding(
        row: dataset.sourceRow(finding.row) + 1, confidence: finding.confidence,
        reasons: finding.reasons,
        label: dataset.classNames[dataset.labels[finding.row]],
        suggested: finding.suggested.map { dataset.classNames[$0] },
        sameAs: finding.twin.map { dataset.sourceRow($0) + 1 })
    }
  }
}

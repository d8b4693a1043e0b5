public import Datasets
public import Inspection
import Models
import Statistics
import Sweeps

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
    let accuracyBefore: Double
    let accuracyAfter: Double
    let difference: Double
    let ci95: [Double]?
  }

  let program = Program.name
  let version = Program.version
  let dataset: DatasetRecord
  let suspiciousRows: Int
  let suspiciousByReason: [String: Int]
  /// Wrong labels beyond chance, whether or not it can be said which.
  let estimatedLabelErrors: Double
  let estimatedLabelErrorRate: Double
  let labelCurve: [LabelEvidence.Point]
  let falseDiscoveryLimit: Double
  let effects: [Effect]
  let findings: [Finding]

  /// The record of an inspection and of what leaving its findings out does.
  public init(_ dataset: Dataset, _ inspection: Inspection, effects: [RemovalEffect]) {
    self.dataset = DatasetRecord(dataset)
    suspiciousRows = inspection.findings.count
    suspiciousByReason = inspection.findings.flatMap(\.reasons).reduce(into: [:]) {
      $0[$1.rawValue, default: 0] += 1
    }
    estimatedLabelErrors = inspection.estimatedErrors
    estimatedLabelErrorRate = inspection.estimatedErrors / Double(max(dataset.sampleCount, 1))
    labelCurve = inspection.labels.curve
    falseDiscoveryLimit = Inspection.falseDiscoveryLimit
    self.effects = effects.map { effect in
      Effect(
        model: effect.model.name, accuracyBefore: effect.before.mean,
        accuracyAfter: effect.after.mean, difference: effect.difference.mean,
        ci95: effect.interval?.ends)
    }
    findings = inspection.findings.map { finding in
      Finding(
        row: finding.row + 1, confidence: finding.confidence, reasons: finding.reasons,
        label: dataset.classNames[dataset.labels[finding.row]],
        suggested: finding.suggested.map { dataset.classNames[$0] },
        sameAs: finding.twin.map { $0 + 1 })
    }
  }
}

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

extension Inspection {
  private static let limit = 15

  /// The outcome as text, for people, with what leaving the findings out of training does.
  public func lines(of dataset: Dataset, effects: [RemovalEffect], folder: String) -> [String] {
    let count = findings.count
    var lines = [
      "\(dataset.name): \(Numbers.grouped(dataset.sampleCount)) rows × \(dataset.featureCount) "
        + "features, \(dataset.classCount) classes", "",
    ]
    lines += answer(dataset)
    if count > 0 { lines += [""] + table(dataset) }
    if !effects.isEmpty { lines += [""] + Self.table(effects) }
    return lines + [
      "",
      count > 0
        ? "\(folder)/suspicious.csv has all \(Numbers.grouped(count)), "
          + "\(folder)/cleaned.csv the other \(Numbers.grouped(dataset.sampleCount - count)) rows."
        : "\(folder)/cleaned.csv is the file as it was.",
    ]
  }

  private func answer(_ dataset: Dataset) -> [String] {
    let count = findings.count
    let errors = Numbers.grouped(Int(estimatedErrors.rounded()))
    guard count > 0 else {
      return [
        "No row looks wrong."
          + (labels.excess == nil
            ? ""
            : " Yet about \(errors) labels are wrong beyond chance; it cannot be said which."),
        "Labels are called wrong when they are improbable far more often than chance allows: 4 standard",
        "deviations, fewer than 1 file in 1,000 where the models fit. Of files of normal classes fewer",
        "than 1 in 20 have a row that is called an outlier.",
      ]
    }
    let by = { (reason: Reason) in findings.count { $0.reasons.contains(reason) } }
    let parts = [
      (by(.label), "by their label, which other rows contradict"),
      (by(.outlier), "by lying far from all others of their class"),
      (by(.conflict), "by a row with the same features and another class"),
    ].filter { $0.0 > 0 }.map { "\(Numbers.grouped($0)) \($1)" }
    let rows = count == 1 ? "row looks" : "rows look"
    var lines = ["\(Numbers.grouped(count)) \(rows) wrong: \(parts.joined(separator: "; "))."]
    if labels.isByNeighbors {
      lines.append(
        "Models of the whole table miss the shapes of its classes, so labels were compared with those of the "
          + "20 nearest rows; how many of those called wrong are right cannot be said.")
    } else if labels.excess != nil {
      let rate = Numbers.percent(estimatedErrors / Double(max(dataset.sampleCount, 1)), 1)
      lines.append(
        "About \(errors) labels (\(rate) %) are wrong beyond chance, whether or not it can be said "
          + "which.")
    } else {
      lines.append("Labels are no more surprising than chance makes them.")
    }
    if by(.label) > 0, !labels.isByNeighbors {
      lines.append(
        "Of the labels called wrong, at most "
          + "\(Numbers.percent(Self.falseDiscoveryLimit, 0)) % are expected to be right.")
    }
    if by(.outlier) > 0 {
      lines.append(
        "Of files of normal classes fewer than 1 in 20 have an outlier by this measure; where values have "
          + "heavy tails an outlier may be right, so that it is 50 % sure at most by itself.")
    }
    return lines.flatMap { $0.wrapped(to: 100) }
  }

  private func table(_ dataset: Dataset) -> [String] {
    var table = Table([
      .count("row"), .percent("sure", 0), .text("label"), .text("rather"), .text("why"),
    ])
    for finding in findings.prefix(Self.limit) {
      let why = finding.reasons.map { reason in
        switch reason {
        case .label:
          "the others give its label "
            + "\(Numbers.percent(labels.ownProbability[finding.row], 1)) %"
        case .outlier:
          "far from its class, \(Numbers.fixed(outliers.scores[finding.row], 1)) deviations"
        case .conflict: "same features as row \(Numbers.grouped((finding.twin ?? 0) + 1))"
        }
      }
      table.append([
        .count(finding.row + 1),
        .number(finding.confidence).shown(as: "\(Numbers.percent(finding.confidence, 0)) %"),
        .text(dataset.classNames[dataset.labels[finding.row]]),
        .text(finding.suggested.map { dataset.classNames[$0] } ?? ""),
        .text(why.joined(separator: "; ")),
      ])
    }
    let rest = findings.count - Self.limit
    return table.lines() + (rest > 0 ? ["… and \(Numbers.grouped(rest)) more"] : [])
  }

  private static func table(_ effects: [RemovalEffect]) -> [String] {
    let table = Table(
      [
        .text("model"), .percent("accuracy with them"), .percent("without"),
        .percent("difference", signed: true), .percent("95 % interval"),
      ],
      rows: effects.map { effect in
        [
          .text(effect.model.name), .number(effect.before.mean), .number(effect.after.mean),
          .number(effect.difference.mean), .interval(effect.interval),
        ]
      })
    return ["What leaving them out of training does to accuracy on the other rows", ""]
      + table.lines() + [
        "",
        "In % or points, by repeated five-fold cross-validation, for new rows of the same kind.",
      ]
  }
}

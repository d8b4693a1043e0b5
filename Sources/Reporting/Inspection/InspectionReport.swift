public import Datasets
public import Inspection
import Models
import Statistics
import Sweeps

/// The outcome of an inspection as text, for people.
public struct InspectionReport: Sendable {
  /// The lines, ready to print.
  public let lines: [String]

  /// Findings that are shown.
  private static let limit = 15

  /// The report of an inspection, and of what leaving its findings out does.
  public init(
    _ dataset: Dataset, _ inspection: Inspection, effects: [RemovalEffect], folder: String
  ) {
    let count = inspection.findings.count
    var lines = [
      "\(dataset.name): \(Numbers.grouped(dataset.sampleCount)) rows × \(dataset.featureCount) "
        + "features, \(dataset.classCount) classes", "",
    ]
    lines += Self.answer(dataset, inspection)
    if count > 0 { lines += [""] + Self.table(dataset, inspection) }
    if !effects.isEmpty { lines += [""] + Self.effects(effects) }
    lines += [
      "",
      count > 0
        ? "\(folder)/suspicious.csv has all \(Numbers.grouped(count)), "
          + "\(folder)/cleaned.csv the other \(Numbers.grouped(dataset.sampleCount - count)) rows."
        : "\(folder)/cleaned.csv is the file as it was.",
    ]
    self.lines = lines
  }

  private static func answer(_ dataset: Dataset, _ inspection: Inspection) -> [String] {
    let count = inspection.findings.count
    let rate = Numbers.percent(
      inspection.estimatedErrors / Double(max(dataset.sampleCount, 1)), 1)
    guard count > 0 else {
      return [
        "No row looks wrong." + (inspection.labels.excess == nil ? "" : labelSentence(inspection)),
        "Labels are called wrong when they are improbable far more often than chance allows: 4 standard",
        "deviations, fewer than 1 file in 1,000 where the models fit. Of files of normal classes fewer",
        "than 1 in 20 have a row that is called an outlier.",
      ]
    }
    let by = { (reason: Inspection.Reason) in
      inspection.findings.count { $0.reasons.contains(reason) }
    }
    var parts: [String] = []
    if by(.label) > 0 {
      parts.append("\(Numbers.grouped(by(.label))) by their label, which other rows contradict")
    }
    if by(.outlier) > 0 {
      parts.append("\(Numbers.grouped(by(.outlier))) by lying far from all others of their class")
    }
    if by(.conflict) > 0 {
      parts.append(
        "\(Numbers.grouped(by(.conflict))) by a row with the same features and another class")
    }
    let rows = count == 1 ? "row looks" : "rows look"
    var lines = ["\(Numbers.grouped(count)) \(rows) wrong: \(parts.joined(separator: "; "))."]
    if inspection.labels.isByNeighbors {
      lines.append(
        "Models of the whole table miss the shapes of its classes, so labels were compared with those of the "
          + "20 nearest rows; how many of those called wrong are right cannot be said.")
    } else if inspection.labels.excess != nil {
      lines.append(
        "About \(Numbers.grouped(Int(inspection.estimatedErrors.rounded()))) labels "
          + "(\(rate) %) are wrong beyond chance, whether or not it can be said which.")
    } else {
      lines.append("Labels are no more surprising than chance makes them.")
    }
    if by(.label) > 0, !inspection.labels.isByNeighbors {
      lines.append(
        "Of the labels called wrong, at most "
          + "\(Numbers.percent(Inspection.falseDiscoveryLimit, 0)) % are expected to be right.")
    }
    if by(.outlier) > 0 {
      lines.append(
        "Of files of normal classes fewer than 1 in 20 have an outlier by this measure; where values have "
          + "heavy tails an outlier may be right, so that it is 50 % sure at most by itself.")
    }
    return lines.flatMap { $0.wrapped(to: 100) }
  }

  private static func labelSentence(_ inspection: Inspection) -> String {
    " Yet about \(Numbers.grouped(Int(inspection.estimatedErrors.rounded()))) labels are wrong "
      + "beyond chance; it cannot be said which."
  }

  private static func table(_ dataset: Dataset, _ inspection: Inspection) -> [String] {
    var table = Table([
      .count("row"), .percent("sure", 0), .text("label"), .text("rather"), .text("why"),
    ])
    for finding in inspection.findings.prefix(limit) {
      let why = finding.reasons.map { reason in
        switch reason {
        case .label:
          "the others give its label "
            + "\(Numbers.percent(inspection.labels.ownProbability[finding.row], 1)) %"
        case .outlier:
          "far from its class, \(Numbers.fixed(inspection.outliers.scores[finding.row], 1)) deviations"
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
    let rest = inspection.findings.count - limit
    return table.lines() + (rest > 0 ? ["… and \(Numbers.grouped(rest)) more"] : [])
  }

  private static func effects(_ effects: [RemovalEffect]) -> [String] {
    var table = Table([
      .text("model"), .percent("accuracy with them"), .percent("without"),
      .percent("difference", signed: true), .percent("95 % interval"),
    ])
    for effect in effects {
      table.append([
        .text(effect.model.name), .number(effect.before.mean), .number(effect.after.mean),
        .number(effect.difference.mean), .interval(effect.interval),
      ])
    }
    return ["What leaving them out of training does to accuracy on the other rows", ""]
      + table.lines() + [
        "",
        "In % or points, by repeated five-fold cross-validation, for new rows of the same kind.",
      ]
  }
}

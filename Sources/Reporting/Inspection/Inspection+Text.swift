public import Datasets
import Documents
public import Inspection
import LinAlg
import Models
import Statistics
import Validation

extension Inspection {
  private static let limit = 15

  /// The outcome as text, for people, with what cleaning the findings does to models.
  public func lines(of dataset: Dataset, effects: [CleaningEffect], folder: String) -> [String] {
    let count = findings.count
    let texts = answer + [number, missed, sureness].compactMap { $0 } + unjudged(dataset)
    var lines = [
      "\(dataset.name): \(Numbers.grouped(dataset.sampleCount)) rows × \(dataset.featureCount) "
        + "features, \(dataset.classCount) classes", "",
    ]
    if let groups = dataset.groups {
      lines[0] += "; no row is judged by others of its group (\(Numbers.grouped(groups.count)) of "
      lines[0] += "\(groups.column.shownInTable))"
    }
    lines += texts.flatMap { $0.wrapped(to: 100) }
    if count > 0 { lines += [""] + table(dataset) }
    if !effects.isEmpty { lines += [""] + Self.table(effects) }
    let rest = Numbers.grouped(dataset.sampleCount - count)
    let files =
      count > 0
      ? "\(folder)/suspicious.csv has \(Self.rows(count, all: true)), \(folder)/cleaned.csv the other "
        + "\(rest), \(folder)/corrected.csv all rows with the suggested labels, and \(folder)/scores.csv "
        + "what is known of every row."
      : "\(folder)/scores.csv has what is known of every row."
    return lines + [""] + files.wrapped(to: 100)
  }

  /// What was found, in a few words.
  public var summary: String {
    let count = findings.count
    return count == 0
      ? "labels are wrong, and it cannot be said which"
      : "\(Numbers.grouped(count)) \(count == 1 ? "row looks" : "rows look") wrong"
  }

  private static func rows(_ count: Int, all: Bool = false) -> String {
    count == 1 ? "that row" : "\(all ? "all " : "")\(Numbers.grouped(count)) rows"
  }

  // MARK: - Sentences

  /// What was found, by reason.
  private var answer: [String] {
    guard !findings.isEmpty else {
      if labels.errors == nil {
        return ["No row could be judged by its label, and no other looks wrong."]
      }
      if isExcess {
        return [
          "No row is named, yet labels are wrong: the rows that models are surest of show it."
        ]
      }
      return [
        isBlind
          ? "No row is named, and that says little: most wrong labels would not be."
          : "Nothing found."
      ]
    }
    let by = { (reason: Reason) in findings.count { $0.reasons.contains(reason) } }
    let parts = [
      (by(.label), "by their label, which other rows contradict"),
      (by(.outlier), "by lying far from all others of their class"),
      (by(.conflict), "by a row with the same features and another class"),
    ].filter { $0.0 > 0 }.map { "\(Numbers.grouped($0)) \($1)" }
    let count = findings.count
    let list = parts.joined(separator: "; ")
    guard case .count = selection else {
      let rows = count == 1 ? "row looks" : "rows look"
      return ["\(Numbers.grouped(count)) \(rows) wrong: \(list)."]
    }
    return [
      "The \(Numbers.grouped(count)) rows to look at first: \(list)."
        + (provenCount < by(.label)
          ? " Of the labels, the first \(Numbers.grouped(provenCount)) are what evidence supports."
          : "")
    ]
  }

  /// How many labels are wrong.
  private var number: String? {
    guard let errors = labels.errors, let interval = labels.errorInterval else { return nil }
    let judged = Numbers.grouped(labels.judgements.count { $0 != nil })
    let whole = { (value: Double) in Numbers.grouped(Int(value.rounded())) }
    let ends = "\(whole(interval.lower)) to \(whole(interval.upper))"
    let basis =
      ", if they were changed whatever the features are and classes overlap no more where models are "
    let text =
      interval.lower < 1 && interval.upper > 10 * max(errors, 1)
      ? "Of \(judged) labels \(ends) are wrong"
      : "About \(whole(errors)) (\(ends)) of \(judged) labels are wrong"
    return text + basis + "surest than normal classes do."
  }

  /// What could have been missed.
  private var missed: String? {
    guard let planted else { return nil }
    let share = Numbers.percent(planted.power, 0)
    let ends = Numbers.percent(planted.interval, 0)
    return
      "Had \(Numbers.percent(PlantedLabels.share, 0)) % of the labels been wrong, \(share) % of those would have been "
      + "named (\(ends)): of \(Numbers.grouped(planted.planted)) changed at random in "
      + "\(PlantedLabels.copyCount) copies of the file so many were. Fewer wrong labels are missed more often, "
      + "and so are changes that follow the features, as near the border of two classes."
  }

  /// How sure findings are.
  private var sureness: String? {
    let by = { (reason: Reason) in findings.contains { $0.reasons.contains(reason) } }
    var parts: [String] = []
    if case .falseDiscoveryRate(let rate) = selection, by(.label) {
      parts.append(
        "The list aims at \(Numbers.percent(rate, 0)) % right labels among those called wrong, as far as classes "
          + "overlap like that."
          + (isDoubtful ? " They overlap so much here that it may have more, half perhaps." : "")
      )
    }
    if by(.outlier) {
      parts.append(
        "Of files of normal classes fewer than 1 in 20 have an outlier; where values have heavy tails an "
          + "outlier may be right, so that it is 50 % sure at most by itself.")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// What was not judged.
  private func unjudged(_ dataset: Dataset) -> [String] {
    var texts: [String] = []
    let lost = Set(lostValues.flatMap(\.rows)).count
    if lost > 0 {
      let features = dataset.completedFeatures
      let shown = lostValues.prefix(3).map { value in
        let number = CSVWriter.field(features[value.rows[0], value.column])
        return
          "\(number) in \(dataset.featureNames[value.column]) (\(Numbers.grouped(value.rows.count)) rows)"
      }
      let more = lostValues.count > 3 ? " and \(lostValues.count - 3) more" : ""
      texts.append(
        "\(Numbers.grouped(lost)) rows were not judged: values stand for none in them, "
          + "\(shown.joined(separator: ", "))\(more). Leave the column out by --ignore, or fill the values in, "
          + "to have them judged.")
    }
    if !smallClassRows.isEmpty {
      texts.append(
        "\(Numbers.grouped(smallClassRows.count)) rows cannot be judged by their label: their classes "
          + "have fewer than \(LabelEvidence.smallestClass) rows.")
    }
    if !outliers.unjudgedClasses.isEmpty {
      let count = outliers.unjudgedClasses.count
      texts.append(
        "Outliers cannot be judged in \(count == 1 ? "1 class" : "\(count) classes"), "
          + "of too few rows.")
    }
    if expectedConflicts > 0 {
      texts.append(
        "\(Numbers.grouped(expectedConflicts)) rows share their features with one of another class; where so "
          + "many rows have equal features, that is to be expected, and they are not named for it.")
    }
    return texts
  }

  // MARK: - Tables

  private func table(_ dataset: Dataset) -> [String] {
    var table = Table([
      .count("row"), .percent("sure", 0), .text("label"), .text("rather"), .text("why"),
    ])
    for finding in findings.prefix(Self.limit) {
      let why = finding.reasons.map { reason in
        switch reason {
        case .label:
          "others give its label "
            + "\(Numbers.percent(labels.judgements[finding.row]?.ownProbability ?? 0, 1)) %"
        case .outlier:
          "far from its class, \(Numbers.fixed(outliers.scores[finding.row], 1)) deviations"
        case .conflict:
          "same features as row \(Numbers.grouped(dataset.sourceRow(finding.twin ?? 0) + 1))"
        }
      }
      table.append([
        .count(dataset.sourceRow(finding.row) + 1),
        .number(finding.confidence).shown(as: "\(Numbers.percent(finding.confidence, 0)) %"),
        .text(dataset.classNames[dataset.labels[finding.row]].shownInTable),
        .text(finding.suggested.map { dataset.classNames[$0].shownInTable } ?? ""),
        .text(why.joined(separator: "; ")),
      ])
    }
    let rest = findings.count - Self.limit
    return table.lines() + (rest > 0 ? ["… and \(Numbers.grouped(rest)) more"] : [])
  }

  private static func table(_ effects: [CleaningEffect]) -> [String] {
    let table = Table(
      [
        .text("model"), .text("rows are"), .percent("accuracy before"), .percent("after"),
        .percent("difference", signed: true), .percent("95 % interval"),
      ],
      rows: effects.map { effect in
        [
          .text(effect.model.name), .text(effect.cleaning.rawValue), .number(effect.before.mean),
          .number(effect.after.mean), .number(effect.difference.mean), .interval(effect.interval),
        ]
      })
    return ["What cleaning them in training does to accuracy on the other rows", ""]
      + table.lines() + [
        "",
        effects.first?.judgedCount.map {
          "In % or points, on the \(Numbers.grouped($0)) rows of the other file, for new rows of that kind."
        }
          ?? "In % or points, by repeated five-fold cross-validation, for new rows of the same kind.",
      ]
  }
}

package import Analyses
import Models
import Poisoning
import Statistics
import Store
import Sweeps

extension SetComparison {
  /// All that is to say.
  package var answer: Answer {
    let names = sets.map(\.name).joined(separator: ", ")
    return Answer(
      heading: ["What poison costs on \(sets.count) data sets: \(names)"],
      [
        summary.isEmpty ? nil : Answer.Section("In short", [.summary(summary)]),
        described,
        rows.contains { !$0.isClean }
          ? Answer.Section("What it costs", [.figure(Figure.comparison(self))]) : nil,
        table("Accuracy lost on each data set, in points", rows.filter { !$0.isClean }) {
          $0.accuracyDrop
        },
        suffering,
        table(
          "Accuracy on each data set, in %", rows,
          [.hint(["`runner report STORE STORE …` makes a page of this."])], \.accuracy),
        leftOut.isEmpty
          ? nil : Answer.Section("Not compared", [.text(leftOut)]),
      ].compactMap { $0 })
  }

  /// The answer with where its numbers come from, for a page of its own.
  package var report: Answer {
    var answer = answer
    answer.sections += sets.map { StoreReport.provenance($0.facts.plan, $0.seedCount, of: $0.name) }
    return answer
  }

  private var level: String { worst.first.map { "\($0.row.cell.level)" } ?? "" }

  /// Which set suffers most, and where the difference is largest.
  package var summary: [String] {
    guard !worst.isEmpty else { return [] }
    let counts = sets.indices.compactMap { set -> String? in
      let own = worst.filter { $0.most == set }
      guard !own.isEmpty else { return nil }
      return "\(sets[set].name) in \(own.count) (\(own.count { $0.isSure }) surely)"
    }
    let largest = worst.max {
      ($0.difference?.difference ?? 0) < ($1.difference?.difference ?? 0)
    }
    return [
      "Of \(worst.count) case\(worst.count == 1 ? "" : "s") at \(level) poison, most is lost on "
        + counts.joined(separator: ", on ") + "."
    ]
      + (largest.flatMap { worst in
        worst.difference.map { difference in
          let cell = worst.row.cell
          return "The largest difference: \(cell.attackName)"
            + (cell.defenseName == "none" ? "" : " against \(cell.defenseName)")
            + " costs \(cell.modelName) "
            + "\(Numbers.percent(worst.row.cells[worst.most].accuracyDrop.mean)) points on "
            + "\(sets[worst.most].name), \(Numbers.percent(difference.difference)) "
            + "(\(Numbers.percent(difference.interval()))) more than on \(sets[worst.next].name)."
        }
      }.map { [$0] } ?? [])
  }

  /// What the sets are, and what their studies do not have in common.
  private var described: Answer.Section {
    var table = Table([
      .text("data set", key: "dataset"), .count("classes"), .count("rows train"),
      .count("rows validate"), .count("seeds"), .percent("guessing", 1),
    ])
    for set in sets {
      table.append([
        .text(set.name), .count(set.facts.classCount), .count(set.trainingCount),
        .count(set.facts.validationCount), .count(set.seedCount),
        .number(set.cells.first { $0.confusion.total > 0 }?.confusion.guessing),
      ])
    }
    let twins = sets.indices.compactMap { index in
      sets[..<index].first { $0.facts.datasetDigest == sets[index].facts.datasetDigest }.map {
        "\($0.name) and \(sets[index].name) are the same rows, so their samples are not independent."
      }
    }
    let differing = sets[0].settings.indices.compactMap { index -> String? in
      let values = sets.map { $0.settings[index].value }
      guard Set(values).count > 1 else { return nil }
      let list = zip(sets, values).map { "\($1) on \($0.name)" }.joined(separator: ", ")
      return "\(sets[0].settings[index].name) differs: \(list). Differences are of that, too."
    }
    table.notes =
      [
        "What compares is the drop: accuracy itself depends on how hard a data set is and on its number "
          + "of classes. guessing: the accuracy of always saying the commonest of them, in %."
      ]
      + (sets.contains { $0.base != nil }
        ? ["Of curves, cells at the rows that their answers are about, without added ones."] : [])
      + (sets.contains { $0.facts.attacks.contains { $0.threat.goal != .availability } }
        ? [
          "Attacks that aim at some rows are compared by accuracy, too; each set's report says more."
        ]
        : []) + twins + differing
    return Answer.Section("The data sets", [.table(table)])
  }

  /// What intervals are of: all sets are judged on splits of their rows, unless some have a file for that.
  private var intervalText: String {
    sets.allSatisfy { $0.facts.validationName == nil }
      ? "the mean over splits of these rows" : "the mean over seeds"
  }

  /// One column a set.
  private func table(
    _ title: String, _ rows: [Row], _ rest: [Answer.Block] = [],
    _ value: (CellSummary) -> RunningMoments
  ) -> Answer.Section? {
    var table = Table(labels + sets.map { .percent($0.name) })
    for (index, row) in rows.enumerated() {
      if index > 0, !row.cell.hasCondition(of: rows[index - 1].cell) { table.startGroup() }
      table.append(labels(row) + row.cells.map { .halfWidth(value($0)) })
    }
    table.notes = [
      "± is the 95 % half-width of \(intervalText)"
        + (title.hasPrefix("Accuracy lost") ? "; drops are paired by seed." : ".")
        + (sets.contains(where: \.hasRule)
          ? " Where a rule stopped a study, it is that of its number of seeds." : "")
    ]
    return Answer.Section(title, table, rest)
  }

  /// The set with the largest drop at the highest level.
  private var suffering: Answer.Section? {
    var table = Table(
      labels.filter { $0.key != "level" } + [
        .text("most"), .percent("lost"), .text("then"), .percent("lost there", key: "then_lost"),
        .percent("more by", key: "difference"), .percent("95 % interval", key: "difference_ci95"),
      ])
    for worst in worst {
      let drop = { (set: Int) in Table.Value.mean(worst.row.cells[set].accuracyDrop) }
      table.append(
        labels(worst.row).enumerated().filter { labels[$0.offset].key != "level" }.map(\.element)
          + [
            .text(sets[worst.most].name), drop(worst.most), .text(sets[worst.next].name),
            drop(worst.next),
            worst.difference.map { .number($0.difference) } ?? .unknown,
            .interval(worst.difference?.interval()).marked(worst.isSure ? " *" : ""),
          ])
    }
    table.notes = [
      "Data sets have different rows, so these are differences of independent samples: Welch's interval. "
        + "* surely more than on every other data set: tests that hold together over the table, by "
        + "Holm's correction, at 5 %. That is for these rows: for new ones from the same sources "
        + "intervals are wider, whatever the number of seeds."
    ]
    return Answer.Section("Which data set suffers most at \(level), in points", table)
  }

  private var isDefended: Bool { rows.contains { $0.cell.defenseName != "none" } }

  private var labels: [Table.Column] {
    [.text("attack"), .level] + (isDefended ? [.text("defence", key: "defense")] : [])
      + [.text("model")]
  }

  private func labels(_ row: Row) -> [Table.Value] {
    [.text(row.cell.attackName), .level(row.cell.level)]
      + (isDefended ? [.text(row.cell.defenseName)] : []) + [.text(row.cell.modelName)]
  }
}

extension CellSummary {
  /// Whether attack, level and defence are those of another cell.
  func hasCondition(of other: CellSummary) -> Bool {
    self.attackName == other.attackName && self.level == other.level
      && self.defenseName == other.defenseName
  }
}

import Analyses
import Datasets
import Foundation
import Models
import Poisoning
import Reporting
import Statistics
import Store
import Sweeps
import Testing

struct SetComparisonTests {
  /// What is compared of a study of a small data set of this name.
  private func set(
    _ name: String, classes: [String] = ["a", "b"], attacks: [String] = ["flip"],
    shares: [Double] = [0.1, 0.3], defenses: [String] = ["none"], seedCount: Int = 4
  ) throws -> ComparedSet {
    let study = try smallStudy(
      .small(name, classes: classes), attacks: attacks, shares: shares, defenses: defenses)
    return try ComparedSet(
      StoreReading(.of(study, in: TemporaryFolder(), seedCount: seedCount)))
  }

  @Test func showsEverySetBesideTheOthers() throws {
    let sets = [try set("one"), try set("two", classes: ["a", "b", "c"])]
    let comparison = SetComparison(sets)
    #expect(comparison.rows.count == 6 && comparison.leftOut.isEmpty)
    for row in comparison.rows { #expect(row.cells.count == 2) }
    let lines = comparison.answer.lines()
    #expect(lines.allSatisfy { $0.count <= Table.terminalWidth })
    #expect(lines[0] == "What poison costs on 2 data sets: one, two")
    for (index, cell) in sets[0].cells.enumerated() where cell.level != .clean {
      let other = sets[1].cells[index]
      let drops = [cell, other].map { Numbers.meanAndHalfWidth($0.accuracyDrop) }
      let words = drops.joined(separator: " ").split(separator: " ")
      #expect(
        lines.contains { $0.split(separator: " ").suffix(6).elementsEqual(words) }, "\(drops)")
    }
    #expect(lines.contains { $0.contains("Welch's interval") })
  }

  /// The difference is that of the two drops, tested as independent samples at the highest level.
  @Test func findsTheSetThatSuffersMost() throws {
    let sets = [try set("one"), try set("two", classes: ["a", "b", "c"])]
    let comparison = SetComparison(sets)
    #expect(comparison.worst.count == 2)
    for (worst, row) in zip(comparison.worst, comparison.rows.suffix(2)) {
      let drops = row.cells.map(\.accuracyDrop)
      #expect(worst.row.cell.level.share == 0.3)
      #expect(worst.most != worst.next && drops[worst.most].mean >= drops[worst.next].mean)
      let test = try #require(Welch(drops[worst.most], drops[worst.next]))
      #expect(worst.difference?.difference == test.difference)
      #expect(worst.adjustedP >= test.pValue)
    }
    // A single seed tells nothing.
    let once = SetComparison([try set("one", seedCount: 1), try set("two", seedCount: 1)])
    #expect(once.worst.allSatisfy { !$0.isSure && $0.difference == nil })
    #expect(!once.answer.lines().isEmpty)
  }

  @Test func saysWhatOnlySomeHave() throws {
    let comparison = SetComparison([
      try set("one", attacks: ["flip", "uniform"], shares: [0.1, 0.2]),
      try set("two", attacks: ["flip", "flip:flow=delete"], shares: [0.1, 0.3]),
    ])
    #expect(comparison.rows.map(\.cell.attackName).distinct == ["none", "flip"])
    #expect(
      comparison.leftOut == [
        "the attack uniform: only on one", "the level 20 %: only on one",
        "the level 30 %: only on two",
      ])
    #expect(comparison.answer.lines().contains("the attack uniform: only on one"))
    let defended = SetComparison([
      try set("one", shares: [0.1], defenses: ["none", "gce"]),
      try set("two", shares: [0.1], defenses: ["none", "gce"]),
    ])
    #expect(defended.leftOut == ["gce with knn: the defence is not for it"])
    let strangers = SetComparison([
      try set("one", shares: [0.1]), try set("two", attacks: ["uniform"], shares: [0.2]),
    ])
    #expect(strangers.worst.isEmpty && strangers.rows.count == 2)
    #expect(!strangers.answer.lines().contains { $0.hasPrefix("Accuracy lost") })
  }

  /// Files of one name, or with the same rows, are told apart and said to be so.
  @Test func namesSetsAndWhatMakesThemUnlike() throws {
    let comparison = SetComparison([
      try set("one"), try set("one"), try set("one", classes: ["a", "b", "c"]),
    ])
    #expect(["a", "a-2", "a"].numbered == ["a", "a-2", "a-3"])
    #expect(comparison.sets.map(\.name) == ["one", "one-2", "one-3"])
    let text = comparison.answer.lines().joined(separator: " ")
    #expect(text.contains("one and one-2 are the same rows"))
    #expect(!text.contains("one and one-3") && !text.contains("differs:"))
    let dataset = try Dataset.small("other", classes: ["a", "b"])
    let unscaled = try Study(
      dataset: dataset, scaler: .none, conditions: [.clean()], models: ["knn"].map { try .init($0) }
    )
    let other = try ComparedSet(StoreReading(.of(unscaled, in: TemporaryFolder())))
    #expect(
      SetComparison([try set("one"), other]).answer.lines().joined(separator: " ")
        .contains("scaler differs: standard on one, none on other."))
  }

  @Test func recordsAndFilesHaveTheSame() throws {
    let comparison = SetComparison([try set("one"), try set("two", classes: ["a", "b", "c"])])
    let json = try JSONValue(parsing: JSONText.of(ComparisonRecord(comparison)))
    #expect(json.datasets?.items.compactMap { $0.name?.text } == ["one", "two"])
    #expect(json.rows?.items.count == 6 && json.worst?.items.count == 2)
    let cell = json.rows?.items.last?.cells?.items.last
    #expect(cell?.dataset?.text == "two")
    #expect(
      cell?.accuracy_drop?.mean?.number == comparison.rows.last?.cells.last?.accuracyDrop.mean)
    let renderer = ChartRenderer(environment: ["HEMLOCK_PYTHON": "/bin/false"])
    let files = ReportFiles(comparison, renderer, isPage: false)
    #expect(
      files.content.map(\.name) == ["comparison.csv", "comparison.vl.json", "comparison.json"])
    #expect(Set(files.content.map(\.name)).isSubset(of: ReportFiles.comparison))
    let csv = String(decoding: files.content[0].bytes, as: UTF8.self).split(separator: "\n")
    #expect(csv.count == 1 + 6 * 2 && csv[0].hasPrefix("dataset,attack,level,defense,model,"))
    let page = ReportFiles(comparison, renderer)
    #expect(page.content[0].name == "report.html" && !page.hasPictures)
    let html = String(decoding: page.content[0].bytes, as: UTF8.self)
    #expect(html.contains("Where the numbers of two come from"))
  }
}

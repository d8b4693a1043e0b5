import Analyses
import Datasets
import LinAlg
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import TestSupport
import Testing

/// What is said beside accuracy where that says little.
struct ReserveTests {
  /// 200 rows of noise, a few of them of class 1.
  private static func rare(_ count: Int) throws -> Dataset {
    var stream = RandomStream(purpose: .testing, seed: 42)
    return try Dataset(
      name: "rare",
      features: Matrix(rows: 200, columns: 2, elements: (0..<400).map { _ in stream.normal() }),
      labels: (0..<200).map { $0 < count ? 1 : 0 }, classNames: ["0", "1"],
      featureNames: ["a", "b"], targetName: "fraud")
  }

  private static func text(_ answer: Answer) -> String {
    answer.lines().joined(separator: " ")
  }

  /// Neighbours that say 0 always get 97.5 %, which is guessing.
  @Test func sayingOneClassIsACollapse() throws {
    let outcome = try Outcome(
      Self.rare(5), attacks: [try AttackCatalog.attack("flip", for: Self.rare(5))],
      shares: [0, 0.01], models: ["knn"], seedCount: 4)
    let cell = outcome.cells[0]
    #expect(cell.confusion.onlyPrediction == 0)
    #expect(outcome.facts.hasCollapsed(cell))
    #expect(abs(cell.confusion.guessing - 0.975) < 1e-12)
    // A model that gets all right has not collapsed, five points above guessing or not.
    #expect(cell.collapseLimit < 1)
    let text = Self.text(outcome.report.answer)
    #expect(text.contains("Says only 0, whatever the row: knn (at 0 %), knn (flip at 1 %)."))
    #expect(text.contains("macro-F1"))
  }

  @Test func tournamentsHaveMacroF1WhereClassesAreUnequal() throws {
    let attacks = try ["flip", "pair"].map { try AttackCatalog.attack($0, for: Self.rare(20)) }
    let outcome = try Outcome(
      Self.rare(20), attacks: attacks, shares: [0, 0.05], models: ["knn"], seedCount: 3)
    let report = try outcome.study.report(.tournament, seedCount: 3)
    let text = Self.text(report.answer)
    #expect(text.contains("Macro-F1, as classes are unequal"))
    #expect(
      text.contains("guessing (90.0 % by always saying the commonest class) plus 1.00 points"))
    let even = try Outcome(attacks: [UniformNoise()], shares: [0, 0.1], seedCount: 3)
    #expect(!Self.text(try even.study.report(.tournament, seedCount: 3).answer).contains("unequal"))
  }

  /// Of K classes that are as common, guessing is 1/K, and the margin five points.
  @Test func ofEqualClassesOneInKIsGuessing() throws {
    let outcome = try Outcome(shares: [0], models: ["knn"], seedCount: 2)
    #expect(abs(outcome.cells[0].collapseLimit - (1.0 / 3 + 0.05)) < 1e-12)
  }

  /// Features beyond what an unscaled fit can take: it is said in tables, for the terminal and by seed.
  @Test func fitsThatDidNotEndAreNamed() throws {
    var stream = RandomStream(purpose: .testing, seed: 43)
    let dataset = try Dataset(
      name: "large",
      features: Matrix(
        rows: 40, columns: 1, elements: (0..<40).map { _ in 1e49 * stream.uniform() }),
      labels: (0..<40).map { $0 % 2 }, classNames: ["p", "q"], featureNames: ["a"],
      targetName: "y")
    let outcome = try Outcome(
      dataset, shares: [0], models: ["linear-svm"], scaler: .none, seedCount: 3)
    try #require(outcome.cells[0].unconvergedCount == 3)
    let note = try #require(outcome.cells.unendedNote)
    #expect(note.hasPrefix("3 fits did not end at an optimum: 3 of 3 of linear-svm (at 0 %)."))
    let text = Self.text(outcome.report.answer)
    #expect(text.contains("† 3 fits did") && text.contains(" †  "))
    StudyEngine(outcome.study, threads: 1).run(seedCount: 3) { block in
      #expect(block.cells[0].outcomes == [.iterationLimit, .iterationLimit, .iterationLimit])
      return true
    }
    let fit = try #require(
      Fit(outcome.study, outcome.study.conditions[0], outcome.study.models[0], seed: 0))
    #expect(fit.warning?.contains("iteration-limit") == true)
    #expect(
      fit.lines().contains { $0.hasPrefix("accuracy") && $0.hasSuffix("of a fit that did not end") }
    )
  }

  /// With more than ten classes a fit has no column a class, but the worst confusions.
  @Test func wideConfusionsAreLeftOut() throws {
    var stream = RandomStream(purpose: .testing, seed: 44)
    let dataset = try Dataset(
      name: "twelve",
      features: Matrix(rows: 240, columns: 1, elements: (0..<240).map { _ in stream.normal() }),
      labels: (0..<240).map { $0 % 12 }, classNames: (0..<12).map { "class \($0)" },
      featureNames: ["a"], targetName: "y")
    let study = try Study(
      dataset: dataset, conditions: [Condition(attack: UniformNoise(), level: .clean)],
      models: [ModelChoice("knn")])
    let fit = try #require(Fit(study, study.conditions[0], study.models[0], seed: 0))
    let lines = fit.lines()
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(!lines.contains { $0.contains("→") })
    #expect(lines.contains { $0.hasPrefix("Most often taken for another: class ") })
  }

  /// Both ends where they are not as far away, half the width where they are.
  @Test func lopsidedIntervalsHaveBothEnds() {
    let all = [1.0, 1].reduce(into: RunningMoments()) { $0.add($1) }
    #expect(Numbers.meanAndHalfWidth(all.measuring(.share(ofRows: 12))) == "100.00 [86.20, 100.00]")
    let even = [0.4, 0.6].reduce(into: RunningMoments()) { $0.add($1) }
    #expect(Numbers.meanAndHalfWidth(even) == "50.00 ± 127.06")
  }
}

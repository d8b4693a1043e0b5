import Datasets
import LinAlg
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Testing

struct ReportTests {
  private func lines(_ outcome: Outcome) -> [String] {
    outcome.report.answer.lines()
  }

  @Test func experimentsSayWhatWasRun() throws {
    let lines = lines(try Outcome(attacks: [UniformNoise(), LabelFlip()]))
    #expect(
      lines[0]
        == "iris: 150 rows × 4 features, 3 classes; 120 rows train, 30 clean rows validate")
    #expect(lines[1] == "attack uniform; scaler standard fitted on poisoned rows; 6 seeds")
    let titles = ["Mean confusion matrices", "Which attack collapses", "The course's claims"]
    for title in titles { #expect(lines.contains { $0.hasPrefix(title) }, "\(title)") }
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test func oneAttackHasNoCollapseTable() throws {
    let outcome = try Outcome(EmbeddedDataset.wine.load(), scaler: .none)
    let lines = lines(outcome)
    #expect(lines[1] == "attack uniform; scaler none; 6 seeds")
    #expect(!lines.contains { $0.hasPrefix("Which attack") || $0.hasPrefix("The study") })
  }

  /// One row a level and model of the first attack, and of no attack.
  @Test func theMainTableShowsTheFirstAttack() throws {
    let outcome = try Outcome(attacks: [LabelFlip(), UniformNoise()], shares: [0, 0.1])
    let cell = try #require(outcome.cell("flip", 0.1, "softmax"))
    let percent = { (value: Double) in "\((value * 1e4).rounded() / 1e2)" }
    let row = try #require(lines(outcome).first { $0.contains("10 %  softmax") })
    #expect(row.contains(percent(cell.accuracy.mean)))
    #expect(row.contains(percent(cell.accuracyDrop.mean)))
  }

  @Test func oneSeedHasNoInterval() throws {
    let lines = lines(try Outcome(attacks: [UniformNoise(), Relabel()], seedCount: 1))
    #expect(lines.contains("Ask for more with --seeds."))
    #expect(lines.contains { $0.contains("–") })
  }

  @Test func withoutACleanLevelThereAreNoDrops() throws {
    let outcome = try Outcome(shares: [0.1])
    let row = try #require(lines(outcome).first { $0.contains("10 %  softmax") })
    #expect(row.split(separator: " ").count == 8, "level, model, mean ± sd, interval, F1: \(row)")
  }

  @Test func manyClassesHaveNoMatrices() throws {
    let dataset = try Dataset(
      name: "many", features: Matrix(rows: 33, columns: 1, elements: (0..<33).map { Double($0) }),
      labels: (0..<33).map { $0 % 11 }, classNames: (0..<11).map { "c\($0)" }, featureNames: ["x"],
      targetName: "t")
    let lines = lines(try Outcome(dataset, shares: [0, 0.1], models: ["knn"], seedCount: 2))
    #expect(lines.contains("left out for more than 10 classes; see confusion.csv"))
  }

  /// Values at the end of the doubles must not make a figure that has no interval.
  @Test(arguments: [1e300, 1e308], ScalerKind.allCases)
  func hugePoisonIsReported(_ kappa: Double, _ scaler: ScalerKind) throws {
    let outcome = try Outcome(
      attacks: [try OutOfRange(kappa: kappa)], shares: [0, 0.1], models: ModelCatalog.names,
      scaler: scaler, seedCount: 3)
    #expect(!lines(outcome).isEmpty)
    let record = ExperimentRecord(outcome.study, outcome.report)
    #expect(!JSONText.of(record).isEmpty)
  }

  @Test(arguments: ModelCatalog.names)
  func runsSayHowGoodTheyWere(_ kind: String) throws {
    let study = try Outcome(shares: [0.1], models: [kind], seedCount: 1).study
    let fit = try #require(Fit(study, study.conditions[0], study.models[0], seed: 5))
    let lines = fit.lines()
    let confusion = fit.result.confusion
    let text = lines.joined(separator: "\n")
    #expect(lines[0] == "iris: 150 rows × 4 features, 3 classes; seed 5")
    #expect(text.contains("\(kind) ("))
    #expect(text.contains("120 training rows, 12 poisoned (attack uniform)"))
    #expect(text.contains("(\(confusion.correct) of 30 clean validation rows)"))
    // Wilson's formula at n = 30.
    let (p, z) = (Double(confusion.correct) / 30, 1.959_963_984_540_054)
    let centre = (p + z * z / 60) / (1 + z * z / 30)
    let half = z * (p * (1 - p) / 30 + z * z / 3600).squareRoot() / (1 + z * z / 30)
    let interval = Interval(from: centre - half, to: min(1, centre + half))
    #expect(text.contains("validation rows), 95 % interval \(Numbers.percent(interval))"))
    let record = try JSONValue(
      parsing: JSONText.of(RunRecord(fit, target: nil, withModel: false)))
    let ends = try #require(record.metrics?.accuracy_ci95?.numbers)
    #expect(abs(ends[0] - interval.lower) < 1e-12 && abs(ends[1] - interval.upper) < 1e-12)
    #expect(text.contains("log loss") == (kind == "softmax"))
    let last = lines.suffix(3).map { $0.split(separator: " ").map(String.init) }
    for (label, fields) in last.enumerated() {
      #expect(fields[0] == study.dataset.classNames[label])
      #expect(fields.suffix(3) == (0..<3).map { "\(confusion[label, $0])" }[...])
    }
  }

  /// Success under the poisoned model and under that of the clean rows, as they are by themselves.
  @Test(arguments: ["softmax", "knn"])
  func targetedRunsSayWhatCameOfThem(_ kind: String) throws {
    let study = try Outcome(attacks: [AimedFlip()], shares: [0.5], models: [kind], seedCount: 1)
      .study
    let (condition, model) = (study.conditions[0], study.models[0])
    let fit = try #require(Fit(study, condition, model, seed: 5))
    let target = try #require(fit.target())
    let clean = study.trial(Condition(attack: UniformNoise(), level: .clean), seed: 5)
    let before = clean.evaluate(model.learner).prediction.classes
    let aim = try #require(fit.trial.aim)
    let hits = { (classes: [Int]) in Double(aim.rows.count { classes[$0] == 0 }) / 2 }
    #expect(target.success == hits(fit.evaluation.prediction.classes))
    #expect(target.successBefore == hits(before))
    #expect(target.successGain == hits(fit.evaluation.prediction.classes) - hits(before))
    let lines = fit.lines(target: target)
    #expect(lines.contains { $0.hasPrefix("success   ") && $0.contains("(clean model ") })
    #expect(lines.contains { $0.hasPrefix("goal targeted; knows none and the validation rows") })
    let record = try JSONValue(
      parsing: JSONText.of(RunRecord(fit, target: target, withModel: false)))
    #expect(record.target?.success?.number == target.success)
    #expect(record.attack?.threat?.goal?.text == "targeted")
    #expect(record.attack?.flow?.text == "replace")
  }

  @Test func studiesOfTargetedAttacksSayWhatTheyCameTo() throws {
    let outcome = try Outcome(attacks: [AimedFlip()], shares: [0, 0.5], models: ["knn"])
    let cell = try #require(outcome.cell("aimed", 0.5, "knn"))
    let percent = { (share: Double) in "\((share * 1e4).rounded() / 1e2)" }
    let sweep = Answer(cells: outcome.cells, of: outcome.facts).lines()
    for lines in [lines(outcome), sweep] {
      let row = try #require(lines.last { $0.hasPrefix("aimed") })
      #expect(row.contains(percent(cell[.success].mean)), "\(row)")
      #expect(row.contains(percent(cell[.successGain].mean)), "\(row)")
      #expect(lines.contains { $0.hasPrefix("success: the share of the rows aimed at") })
    }
    let plain = lines(try Outcome(models: ["knn"]))
    #expect(!plain.contains { $0.hasPrefix("success:") })
  }

  @Test func attacksOnAllRowsHaveNoTarget() throws {
    let study = try Outcome(shares: [0.1], models: ["knn"], seedCount: 1).study
    let fit = try #require(Fit(study, study.conditions[0], study.models[0], seed: 5))
    #expect(fit.target() == nil)
  }
}

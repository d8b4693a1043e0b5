import Analyses
import Datasets
import Foundation
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Testing

struct TournamentTests {
  private static let seedCount = 10

  /// Two attacks on all rows with their controls, an addition, and a targeted attack, at two levels.
  private static func study(_ shares: [Double] = [0.1, 0.5]) throws -> Study {
    let dataset = EmbeddedDataset.iris.load()
    let texts = ["relabel", "relabel:flow=delete", "flip:flow=delete", "flip", "uniform:flow=add"]
    var attacks: [any Attack] = try texts.map { try AttackCatalog.attack($0, for: dataset) }
    attacks.append(AimedFlip())
    return try Study(
      dataset: dataset,
      conditions: [Condition(attack: UniformNoise(), level: .clean)]
        + attacks.flatMap { attack in
          try shares.map { Condition(attack: attack, level: try PoisonLevel($0)) }
        },
      models: [ModelChoice("softmax"), ModelChoice("knn")])
  }

  private struct Run {
    let study: Study
    let report: ExperimentReport

    init(_ study: Study) throws {
      self.study = study
      report = try study.report(.tournament, firstSeed: 3, seedCount: TournamentTests.seedCount)
      try #require(report.tournament != nil)
    }

    var record: JSONValue {
      get throws {
        try JSONValue(
          parsing: JSONText.of(
            ExperimentRecord(study, report, firstSeed: 3, leftOut: ["x at 5 %"])))
      }
    }
  }

  /// Seed by seed in full detail, and moments one value after another.
  @Test func pairsAttacksWithTheirControls() throws {
    let study = try Self.study()
    let record = try Run(study).record
    let results = (0..<Self.seedCount).map { study.results(seed: UInt32(3 + $0)) }
    let correct = { (condition: Int, model: Int, seed: Int) in
      Double(results[seed][condition * 2 + model].confusion.correct)
    }
    let moments = { (value: (Int) -> Double) in
      (0..<Self.seedCount).reduce(into: RunningMoments()) { $0.add(value($1)) }
        .measuring(.difference(ofRows: 30))
    }
    // Names, conditions and controls at 10 and 50 %, in the order of `study`.
    let contests: [(String, [Int], [Int]?)] = [
      ("relabel", [1, 2], [3, 4]), ("flip", [7, 8], [5, 6]), ("uniform:flow=add", [9, 10], nil),
    ]
    let levels = try #require(record.tournament?.levels?.items)
    #expect(levels.count == 2 && record.tournament?.left_out?.texts == ["x at 5 %"])
    for (index, level) in levels.enumerated() {
      let entries = try #require(level.attacks?.items)
      #expect(entries.count == 3)
      for (name, conditions, controls) in contests {
        let entry = try #require(entries.first { $0.attack?.name?.text == name })
        let condition = conditions[index]
        let mean = { (from: Int, to: Int, seed: Int) in
          (0..<2).map { correct(from, $0, seed) - correct(to, $0, seed) }.reduce(0, +) / 60
        }
        let drop = moments { mean(0, condition, $0) }
        try expectEqual(entry.mean_drop, drop)
        let models = try #require(entry.models?.items)
        for model in 0..<2 {
          try expectEqual(
            models[model].drop,
            moments { (correct(0, model, $0) - correct(condition, model, $0)) / 30 })
        }
        guard let control = controls?[index] else {
          #expect(entry.mean_active_harm == nil && models[0].lost_clean_rows == nil)
          continue
        }
        try expectEqual(entry.mean_lost_clean_rows, moments { mean(0, control, $0) })
        try expectEqual(entry.mean_active_harm, moments { mean(control, condition, $0) })
        for model in 0..<2 {
          try expectEqual(
            models[model].active_harm,
            moments { (correct(control, model, $0) - correct(condition, model, $0)) / 30 })
          try expectEqual(
            models[model].lost_clean_rows,
            moments { (correct(0, model, $0) - correct(control, model, $0)) / 30 })
        }
      }
    }
  }

  /// Ten shares up to 1, summed in other ways: a few roundings.
  private func expectEqual(
    _ value: JSONValue?, _ moments: RunningMoments,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let mean = try #require(value?.mean?.number, sourceLocation: sourceLocation)
    let bounds = try #require(value?.ci95?.numbers, sourceLocation: sourceLocation)
    let interval = try #require(moments.interval(), sourceLocation: sourceLocation)
    let tolerance = 1e-14
    #expect(abs(mean - moments.mean) <= tolerance, sourceLocation: sourceLocation)
    // The deviation is the root of a difference of such sums.
    #expect(abs(bounds[0] - interval.lower) <= 1e-7, sourceLocation: sourceLocation)
    #expect(abs(bounds[1] - interval.upper) <= 1e-7, sourceLocation: sourceLocation)
  }

  @Test func ranksByTheMeanDrop() throws {
    let record = try Run(Self.study()).record
    for level in try #require(record.tournament?.levels?.items) {
      let entries = try #require(level.attacks?.items)
      let drops = entries.compactMap { $0.mean_drop?.mean?.number }
      #expect(drops == drops.sorted(by: >))
      #expect(entries.compactMap { $0.rank?.number } == [1, 2, 3])
    }
  }

  @Test func targetedAttacksAreJudgedByTheirAim() throws {
    let study = try Self.study([0.5])
    let run = try Run(study)
    let results = (0..<Self.seedCount).map { study.results(seed: UInt32(3 + $0)) }
    let level = try #require(run.record.tournament?.levels?.items.first)
    let entry = try #require(level.targeted_attacks?.items.first)
    #expect(level.targeted_attacks?.items.count == 1 && entry.rank == nil)
    #expect(entry.attack?.threat?.goal?.text == "targeted")
    for model in 0..<2 {
      let shares = results.compactMap { $0[6 * 2 + model].success }
      #expect(shares.count == Self.seedCount)
      let result = try #require(entry.models?.items[model])
      let success = try #require(result.success?.mean?.number)
      #expect(abs(success - shares.reduce(0, +) / Double(Self.seedCount)) <= 1e-14)
      let before = try #require(result.success_of_clean_model?.number)
      let gain = try #require(result.success_gain?.mean?.number)
      #expect(abs(success - before - gain) <= 1e-14)
    }
    let lines = run.report.answer.lines()
    let start = try #require(lines.firstIndex(of: "Targeted attacks at 50 %"))
    #expect(lines[start + 4].hasPrefix("aimed") && lines[start + 5].hasPrefix("aimed"))
    #expect(lines.allSatisfy { $0.count <= 100 && !$0.hasSuffix(" ") })
  }

  @Test func starsWhatHasCollapsed() throws {
    let run = try Run(Self.study([0.5]))
    let collapsed = run.report.cells.filter {
      $0.level != .clean && ["relabel", "flip", "uniform:flow=add"].contains($0.attackName)
        && $0.accuracy.mean <= 1.0 / 3 + 0.05
    }
    let lines = run.report.answer.lines()
    let end = try #require(lines.firstIndex { $0.hasPrefix("Where the loss") })
    let stars = lines[..<end].joined().count { $0 == "*" }
    #expect(!collapsed.isEmpty && stars == collapsed.count)
  }

  @Test func drawsOneChartWithoutControls() throws {
    let run = try Run(Self.study())
    let charts = run.report.answer.figures
    #expect(charts.map(\.name) == ["tournament"])
    let chart = try JSONValue(parsing: charts[0].chart.specification)
    let points = try #require(chart.data?.values?.items)
    // 3 attacks on all rows at 2 levels by 2 models.
    #expect(points.count == 12)
    let names = points.compactMap { $0.attack?.text }
    #expect(!names.contains { $0.contains("delete") } && Set(names).count == 3)
    #expect(
      points.allSatisfy {
        ($0.ci95_low?.number ?? 1) <= ($0.drop?.number ?? 0)
          && ($0.drop?.number ?? 1) <= ($0.ci95_high?.number ?? 0)
      })
  }

  @Test func needsACleanLevelAndAnother() throws {
    let dataset = EmbeddedDataset.iris.load()
    for shares in [[0.0], [0.1]] {
      let study = try Study(
        dataset: dataset,
        conditions: try shares.map { Condition(attack: LabelFlip(), level: try PoisonLevel($0)) },
        models: [ModelChoice("knn")])
      #expect(Tournament(StudyFacts(study)) == nil)
    }
  }
}

import Analyses
import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Statistics
import Store
import StudySupport
import Sweeps
import TestSupport
import Testing

/// Answers from curves that are known.
struct PoisonAnswerTests {
  /// A study of n = 100 rows, 20 % of them flipped, whose counts are made up.
  private static func cells(_ added: [Int]) throws -> [StudyCell] {
    let dataset = EmbeddedDataset.iris.load()
    let plan = CurvePlan(
      base: 100, added: added, sizes: [800], cleanSizes: [25, 50, 75],
      levels: [try PoisonLevel(0.2)])
    let study = try Study(
      dataset: dataset,
      source: .generator(.gaussian, pool: plan.poolCount, validation: 1_000),
      conditions: plan.conditions(
        of: [AttackCatalog.attack("flip", for: dataset)], for: dataset),
      models: [try ModelChoice("knn")])
    return study.storedCells
  }

  /// Accuracy of n clean rows.
  private static func accuracy(_ n: Double) -> Double { 0.95 - 2 / n.squareRoot() / 10 }

  /// The rows that the rows of a cell are worth: each poisoned one takes `harm` clean ones away.
  private static func worth(_ cell: StudyCell, harm: Double) -> Double {
    let n = Double(cell.rows.count)
    guard cell.level != .clean else { return n }
    let poisoned = 0.2 * Double(cell.rows.attacked)
    return n - poisoned * (cell.attackName.contains("delete") ? 1 : 1 + harm)
  }

  /// Where a value is crossed between sizes by straight lines.
  private static func crossing(_ path: [(Double, Double)], _ value: Double) -> Double {
    for (a, b) in zip(path, path.dropFirst()) where a.1 < value && b.1 >= value {
      return a.0 + (value - a.1) / (b.1 - a.1) * (b.0 - a.0)
    }
    return .infinity
  }

  /// Curves without noise: every number is that of its formula.
  @Test func formulasHold() throws {
    let added = [0, 10, 20, 30, 40, 60, 80, 100]
    let cells = try Self.cells(added)
    let exact = cells.map { Self.accuracy(Self.worth($0, harm: 1)) }
    // Counts of a million validation rows: accuracy to six digits.
    let counts = SeedCounts(
      exact.map { value in Array(repeating: Int((value * 1e6).rounded()), count: 50) },
      validationCount: 1_000_000)
    let surface = try #require(AccuracySurface(cells, counts, resamples: 40))
    #expect(surface.base == 100)
    let answer = try #require(surface.answers.first)
    #expect(surface.answers.count == 1)
    // 60 rows' worth are left of 100; 40 more are needed.
    let loss = Self.accuracy(100) - Self.accuracy(60)
    #expect(abs(answer.loss.value - loss) < 2e-6)
    let lost = Self.accuracy(100) - Self.accuracy(80)
    #expect(abs(try #require(answer.lostRows).value - lost) < 2e-6)
    #expect(abs(try #require(answer.harm).value - (loss - lost)) < 2e-6)
    let factor = try #require(answer.factor())
    #expect(abs(factor.value - 0.4) < 1e-3)
    #expect(factor.censoredShare == 0)
    #expect(abs(try #require(answer.exchangeRate).value - 1) < 5e-3)
    // 60 rows lie between 50 and 75, straight between.
    let effective = Self.crossing(
      [(50, Self.accuracy(50)), (75, Self.accuracy(75))], Self.accuracy(60))
    #expect(abs(try #require(answer.effectiveRows).value - effective) < 0.01)
    let gamma = Foundation.log(effective / 100) / Foundation.log(0.8)
    #expect(abs(try #require(answer.dilution).value - gamma) < 1e-3)
    let probe = try #require(answer.probe)
    #expect(probe.rows == 800)
    #expect(abs(probe.loss.value - (Self.accuracy(800) - Self.accuracy(480))) < 2e-6)
    // All losses are b·n^−½·(0.6^−½ − 1): they fall as n^−½.
    #expect(abs(try #require(answer.decay).value - 0.5) < 1e-2)
    #expect(answer.cause == .variance)
    #expect(answer.isRising)
    // The loss is below one point.
    #expect(answer.recovered == 0)
    #expect(answer.equivalence == nil)
  }

  /// Accuracy is back at the first size that is measured beyond the crossing.
  @Test func recoveryIsTested() throws {
    let cells = try Self.cells([0, 10, 20, 30, 40, 60, 80, 100])
    let counts = SeedCounts(
      cells.map { cell in
        Array(repeating: Int(Self.accuracy(Self.worth(cell, harm: 3)) * 1e6), count: 30)
      }, validationCount: 1_000_000)
    let answer = try #require(AccuracySurface(cells, counts, resamples: 40)?.answers.first)
    // 20 rows' worth are left; one point below 0.93 are (0.2/0.03)² = 44, so 24 more, and 30 were measured.
    #expect(answer.recovered == 0.3)
  }

  /// A curve of a known form gives its parameters, and a crossing beyond the sizes, back.
  @Test func curvesForesee() throws {
    let cells = try Self.cells([0, 5, 10, 15, 20, 25, 30])
    let exact = cells.map { Self.accuracy(Self.worth($0, harm: 1)) }
    let counts = SeedCounts(
      exact.enumerated().map { cell, value in
        (0..<40).map { seed in Int((value * 1e6).rounded()) + (seed * 7 + cell * 3) % 11 - 5 }
      }, validationCount: 1_000_000)
    let surface = try #require(AccuracySurface(cells, counts, resamples: 60))
    // 0.95 − 0.2·n^−½ over 25 to 800 rows.
    let curve = try #require(surface.learningCurves.first?.curve)
    #expect(abs(try #require(curve.asymptote).value - 0.95) < 1e-3)
    #expect(curve.fit.family == .pow3 || curve.fit.family == .pow4)
    // 130 rows are worth 90: 40 are needed, 10 beyond the largest. The curve of 100 + m rows is
    // 0.95 − 0.2·(n − 40)^−½, a pow4 with d = −40, which no family has: it is near all the same.
    let answer = try #require(surface.answers.first)
    #expect(answer.factor()?.value == .infinity)
    let foresight = try #require(surface.foresight(answer))
    #expect(abs(foresight.factor.value - 0.4) < 0.02, "\(foresight.factor)")
  }

  /// What no size reaches is beyond the largest, and said so.
  @Test func whatIsNotReachedIsCensored() throws {
    let cells = try Self.cells([0, 10, 20])
    let counts = SeedCounts(
      cells.map { cell in
        Array(repeating: Int(Self.accuracy(Self.worth(cell, harm: 1)) * 1e6), count: 30)
      }, validationCount: 1_000_000)
    let answer = try #require(AccuracySurface(cells, counts, resamples: 40)?.answers.first)
    let factor = try #require(answer.factor())
    #expect(factor.value == .infinity && factor.interval.lower == .infinity)
    #expect(factor.censoredShare == 1)
    // JSON has no infinity, so it is named.
    struct Read: Decodable {
      let value: Double?
      let ci95: [Double?]
      let infinite: [String: String]
    }
    let read = try JSONDecoder().decode(Read.self, from: JSONEncoder().encode(factor))
    #expect(read.infinite == ["value": "inf", "lower": "inf", "upper": "inf"])
    #expect(read.value == nil && read.ci95 == [nil, nil])
    #expect(answer.reach == 0.2)
  }

  /// The p-value of a verdict is the error rate at which its interval begins to leave the question open.
  @Test func verdictsHaveProbabilities() throws {
    let cells = try Self.cells([0, 10, 20, 40, 80])
    var stream = RandomStream(purpose: RandomPurpose(999), seed: 5)
    let counts = SeedCounts(
      cells.map { cell in
        let exact = Self.accuracy(Self.worth(cell, harm: 1))
        return (0..<60).map { _ in Int(((exact + 0.003 * stream.normal()) * 1e6).rounded()) }
      }, validationCount: 1_000_000)
    let answer = try #require(AccuracySurface(cells, counts, resamples: 400)?.answers.first)
    let factor = try #require(answer.factor())
    let ends = factor.interval
    let width = ends.upper - ends.lower
    // Far inside and far outside it is as small as 400 resamples let it be.
    for range in [
      Interval(from: ends.lower - 9 * width, to: ends.upper + 9 * width),
      Interval(from: ends.upper + 9 * width, to: ends.upper + 10 * width),
      Interval(from: ends.lower - 9 * width, to: ends.lower - 8 * width),
    ] {
      #expect(abs(factor.pValue(deciding: range) - 2.0 / 401) < 1e-12)
    }
    // An end of the interval as the end of the range is decided at 5 %, up to the resamples there.
    let edge = Interval(from: ends.lower - 1e-9, to: ends.upper + width)
    #expect(abs(factor.pValue(deciding: edge) - 0.05) < 0.02)
    #expect(factor.pValue(deciding: Interval(from: factor.value, to: ends.upper)) > 0.1)
  }

  /// 95 % intervals of R, of n_eff, of the loss, of the harm, of the loss at the largest size and of its decay hold
  /// what is true in 93 to 97 % of 2,000 studies, or in 92 to 98 % of the first 400; those of the exchange
  /// rate and of γ are functions of the first two.
  ///
  /// A seed moves all accuracies alike by 1 point and each by 0.5 more, as nested sets do. True numbers are
  /// read off the true accuracies of the sizes by straight lines, which is what is estimated. The share that
  /// cover has a standard error of 0.5 % in 2,000 studies and of 1.1 % in 400, which show intervals of 88 %
  /// with a probability of 99 %.
  @Test(.enabled(if: isOptimizedBuild), .tags(.slow)) func intervalsCover() throws {
    let cells = try Self.cells([0, 10, 20, 30, 40, 60, 80, 100, 150, 200])
    let exact = cells.map { Self.accuracy(Self.worth($0, harm: 1.2)) }
    let path = zip(cells, exact).filter { $0.0.attackName == "flip" && $0.0.rows.attacked == 100 }
      .map { (Double($0.0.rows.added), $0.1) }.sorted { $0.0 < $1.0 }
    // 100 rows of which 20 are poisoned are worth 56.
    let clean = [25.0, 50, 75, 100].map { ($0, Self.accuracy($0)) }
    let truths = [
      Self.crossing(path, Self.accuracy(100)) / 100, Self.crossing(clean, Self.accuracy(56)),
      Self.accuracy(100) - Self.accuracy(56), Self.accuracy(80) - Self.accuracy(56),
      Self.accuracy(800) - Self.accuracy(448), 0.5,
    ]
    let (studies, room) = isFullLength ? (2_000, 0.02) : (400, 0.03)
    let hits = Parallel.map(studies, threads: Parallel.coreCount) { study -> [Bool] in
      var stream = RandomStream(purpose: RandomPurpose(999), seed: UInt32(study))
      var columns = [[Int]](repeating: [], count: cells.count)
      for _ in 0..<150 {
        let common = 0.01 * stream.normal()
        for cell in cells.indices {
          let value = exact[cell] + common + 0.005 * stream.normal()
          columns[cell].append(Int((value * 1e5).rounded()))
        }
      }
      let counts = SeedCounts(columns, validationCount: 100_000)
      let surface = AccuracySurface(
        cells, counts, resamples: 400, key: RandomKey(UInt64(study)))
      guard let answer = surface?.answers.first else { return [] }
      let estimates = [
        answer.factor(), answer.effectiveRows, answer.loss, answer.harm, answer.probe?.loss,
        answer.decay,
      ]
      return zip(estimates, truths).map { $0?.interval.contains($1) == true }
    }
    for index in truths.indices {
      let share = Double(hits.count { $0[index] }) / Double(hits.count)
      #expect(abs(share - 0.95) < room, "number \(index): \(share)")
    }
  }

  /// Recovery factors that scikit-learn gave with 25 seeds, ± 30 % or more: normal classes of Iris, 105 rows,
  /// 900 rows validate, straight lines between sizes.
  ///
  /// Where the curve is flat 25 seeds say little: factors below a third are left out.
  @Test(
    .enabled(if: isOptimizedBuild), .tags(.slow),
    arguments: [
      ("softmax", "uniform", 0.05, 0.78), ("softmax", "uniform", 0.10, 1.5),
      ("softmax", "pair", 0.10, 0.72), ("softmax", "pair", 0.50, 3.86),
      ("rbf-svm", "uniform", 0.50, 0.88), ("rbf-svm", "pair", 0.50, 1.81),
      ("knn", "uniform", 0.50, 0.35), ("knn", "pair", 0.10, 0.44), ("knn", "pair", 0.50, 3.87),
    ])
  func factorsAreThoseOfScikitLearn(
    model: String, attack: String, share: Double, published: Double
  ) throws {
    let dataset = EmbeddedDataset.iris.load()
    let plan = CurvePlan(
      base: 105, added: CurvePlan.addedShares.map { Int(($0 * 105).rounded()) }, sizes: [],
      levels: [try PoisonLevel(share)])
    let study = try Study(
      dataset: dataset,
      source: .generator(.gaussian, pool: plan.poolCount, validation: 300),
      conditions: plan.conditions(
        of: [AttackCatalog.attack(attack, for: dataset)], for: dataset),
      models: [try ModelChoice(model)])
    let cells = study.storedCells
    let blocks = StudyEngine(study, threads: Parallel.coreCount).collect(seedCount: 600).blocks
    let counts = SeedCounts(
      cells.indices.map { cell in blocks.flatMap { $0.cells[cell].correct.map(Int.init) } },
      validationCount: study.validationCount)
    let factor = try #require(AccuracySurface(cells, counts)?.answers.first?.factor())
    let stated = Interval(from: 0.7 * published, to: 1.3 * published)
    #expect(factor.interval.overlaps(stated), "\(factor.interval), published \(published)")
  }

  /// A share η of symmetric flips leaves n rows worth n·(1 − 2η)², where classes overlap so much that a
  /// label says little of its row.
  ///
  /// The information that a label with P(1 | x) = p holds of a logistic slope is p(1 − p), and
  /// (1 − 2η)²p²(1 − p)²/q(1 − q) once it is flipped, q = η + (1 − 2η)p: the factor is (1 − 2η)² at
  /// p = ½ and less beside it, here down to 0.85 of it where p = 0.75.
  @Test(.enabled(if: isOptimizedBuild), .tags(.slow)) func symmetricFlipsThinOutRows() throws {
    let d = 10
    let means = [0.5, -0.5].flatMap { Array(repeating: $0 / Double(d).squareRoot(), count: d) }
    var unit = Matrix<Double>(rows: d, columns: d)
    for j in 0..<d { unit[j, j] = 1 }
    let dataset = try GaussianGenerator(
      name: "overlap", priors: [1, 1], means: Matrix(rows: 2, columns: d, elements: means),
      covariances: [unit, unit], classNames: ["a", "b"],
      featureNames: (0..<d).map { "x\($0)" }, targetName: "y"
    ).sample(count: 20_000, seed: 1)
    let plan = CurvePlan(
      base: 800, added: [0, 80], sizes: [], cleanSizes: [120, 160, 200, 250, 300, 360, 440],
      levels: [try PoisonLevel(0.2)])
    let study = try Study(
      dataset: dataset,
      source: .generator(.gaussian, pool: plan.poolCount, validation: 1_000),
      conditions: plan.conditions(
        of: [AttackCatalog.attack("flip", for: dataset)], for: dataset),
      models: [try ModelChoice("softmax")])
    let cells = study.storedCells
    let blocks = StudyEngine(study, threads: Parallel.coreCount).collect(seedCount: 1_000).blocks
    let counts = SeedCounts(
      cells.indices.map { cell in blocks.flatMap { $0.cells[cell].correct.map(Int.init) } },
      validationCount: study.validationCount)
    let answer = try #require(AccuracySurface(cells, counts)?.answers.first)
    let effective = try #require(answer.effectiveRows)
    let claimed = Interval(from: 0.85 * 0.36 * 800, to: 0.36 * 800)
    #expect(effective.interval.overlaps(claimed), "\(effective)")
    #expect(effective.interval.upper - effective.interval.lower < 60)
  }
}

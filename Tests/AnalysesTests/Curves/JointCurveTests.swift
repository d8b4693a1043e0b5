import Analyses
import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Statistics
import Store
import Sweeps
import TestSupport
import Testing

/// Joint curves of rows and poison against SciPy's, from many starts, on the same points.
struct JointCurveTests {
  private struct Reference: Decodable {
    struct Fit: Decodable {
      let squares: Double
      let values: [Double]
    }

    struct Case: Decodable {
      let rows: [Double]
      let levels: [Double]
      let accuracies: [Double]
      let errors: [Double]
      let fits: [String: Fit]

      var points: [CurvePoint] {
        rows.indices.map {
          CurvePoint(
            rows: rows[$0], level: levels[$0], accuracy: accuracies[$0],
            standardError: errors[$0])
        }
      }
    }

    let joint: [Case]
  }

  private let cases: [Reference.Case]

  init() throws { cases = try fixture("curves", as: Reference.self).joint }

  /// No fit is worse than the best of SciPy's 60 starts; where the minimum is the same, so is the curve.
  @Test(arguments: CurveFamily.joint) func fitsAreAtLeastSciPys(family: CurveFamily) throws {
    for (number, test) in cases.enumerated() {
      let reference = try #require(test.fits[family.rawValue])
      let fit = CurveFit(family, to: test.points)
      // The bounds are open here, so a minimum on one is approached, by 1e-4 of the squares at most.
      #expect(
        fit.squares <= reference.squares * (1 + 1e-4) + 1e-9,
        "case \(number): \(fit.parameters)")
      guard abs(fit.squares - reference.squares) < 1e-9 * reference.squares else { continue }
      for (place, value) in reference.values.enumerated() {
        // Squares that agree to 1e-9 leave √1e-9 of a standard error to the curve, and √ of its squares.
        let bound = 1e-4 * test.errors[place] * (1 + reference.squares.squareRoot())
        let ours = fit.accuracy(rows: test.rows[place], level: test.levels[place])
        #expect(abs(ours - value) < bound)
      }
    }
  }

  /// What lasts is what the formula says, and bounds hold.
  @Test func boundsHold() {
    for test in cases {
      for family in CurveFamily.joint {
        let fit = CurveFit(family, to: test.points)
        #expect(fit.lasting(level: 0) == 0)
        #expect(fit == CurveFit(family, to: test.points))
        #expect(fit.parameters.count == fit.family.letters(levels: fit.levels).count)
        switch family {
        case .dilution: #expect(fit.lasting(level: 0.5) == 0)
        case .bias:
          #expect(fit.parameters[0] <= 1)
          #expect(fit.parameters.dropFirst().allSatisfy { $0 >= 0 })
          #expect(fit.parameters[3] * 0.5 <= 1)
        case .levels:
          #expect(fit.parameters[0] > 0)
          for level in 0..<4 {
            #expect(fit.parameters[1 + 2 * level] <= 1 && fit.parameters[2 + 2 * level] >= 0)
          }
        default: Issue.record("\(family) is not joint")
        }
      }
    }
  }

  /// A surface without noise of each form is recognised, and what lasts is read off.
  @Test(arguments: [0, 0.08]) func surfacesAreRecognised(lasting: Double) throws {
    let cells = try Self.cells(levels: [0.1, 0.4])
    let exact = cells.map { cell -> Double in
      let (n, p) = (Double(cell.rows.attacked), cell.level.share)
      return 0.96 - 1.1 * pow(n * pow(1 - 1.4 * p, 1.6), -0.6) - lasting * p
    }
    // Half a millionth of noise, the same sum for all seeds, so that standard errors are above 0.
    let counts = SeedCounts(
      exact.enumerated().map { cell, value in
        (0..<40).map { seed in Int((value * 1e7).rounded()) + (seed * 7 + cell * 3) % 11 - 5 }
      }, validationCount: 10_000_000)
    let surface = try #require(AccuracySurface(cells, counts, resamples: 60))
    let curve = try #require(surface.jointCurves.first)
    #expect(surface.jointCurves.count == 1)
    #expect(curve.heldOutErrors.map(\.family) == CurveFamily.joint)
    for (level, loss) in curve.lasting {
      #expect(abs(try #require(loss).value - lasting * level) < 1e-3, "\(curve.fit)")
    }
    // Without a lasting part J1 is as good as J2 and has fewer parameters; J3 is both without knowing γ.
    if lasting > 0 { #expect(curve.fit.family != .dilution) }
    #expect(curve.fit.accuracy(rows: 400, level: 0.4) > 0.5)
  }

  /// What sizes do not tell is left out: γ of one level, and limits that a curve which still rises as steeply
  /// as it began is far from.
  @Test func whatSizesDoNotTellIsLeftOut() throws {
    for levels in [[0.3], [0.1, 0.3]] {
      let cells = try Self.cells(levels: levels)
      // 2.5 points more with every doubling, poisoned or not, and noise of half a point.
      var stream = RandomStream(purpose: RandomPurpose(999), seed: 7)
      let counts = SeedCounts(
        cells.map { cell in
          let exact = 0.5 + 0.025 * log2(Double(cell.rows.attacked)) - 0.01 * cell.level.share
          return (0..<30).map { _ in Int(((exact + 0.005 * stream.normal()) * 1e5).rounded()) }
        }, validationCount: 100_000)
      let surface = try #require(AccuracySurface(cells, counts, resamples: 60))
      #expect(try #require(surface.learningCurves.first).curve.asymptote == nil)
      let curve = try #require(surface.jointCurves.first)
      for (_, loss) in curve.lasting {
        if let loss { #expect(loss.interval.lower >= 0 && loss.value >= 0) }
      }
      if curve.fit.family != .dilution { #expect(curve.lasting.allSatisfy { $0.loss == nil }) }
      for letter in ["κ", "γ"] {
        guard let told = curve.parameter(letter) else { continue }
        #expect(levels.count > 1 && told.isIdentified && told.interval.upper <= 100)
      }
    }
  }

  /// Too few common sizes make no curve.
  @Test func fewSizesMakeNone() throws {
    let dataset = EmbeddedDataset.iris.load()
    let plan = CurvePlan(
      base: 100, added: [0, 10], sizes: [50, 200], levels: [try PoisonLevel(0.1)])
    let study = try Study(
      dataset: dataset,
      source: .generator(.gaussian, pool: plan.poolCount, validation: 1_000),
      conditions: plan.conditions(
        of: [AttackCatalog.attack("flip", for: dataset)], for: dataset),
      models: [try ModelChoice("knn")])
    let cells = study.storedCells
    let counts = SeedCounts(
      cells.indices.map { cell in (0..<20).map { 900 + ($0 * 5 + cell) % 7 } },
      validationCount: 1_000)
    #expect(try #require(AccuracySurface(cells, counts, resamples: 20)).jointCurves.isEmpty)
  }

  /// 95 % intervals of what lasts hold what is true, whichever form is chosen.
  @Test(.enabled(if: isOptimizedBuild), .tags(.slow)) func intervalsOfWhatLastsCover() throws {
    try Self.expectCoverage(
      { n, p in 0.96 - 1.1 * pow(n * (1 - p), -0.6) - 0.3 * p }, of: 0.09
    ) { $0.jointCurves.first?.lasting[0].loss?.interval }
  }

  /// So do those of the value that a learning curve approaches, which is beyond all sizes, for a truth with three
  /// parameters and one with four.
  @Test(.enabled(if: isOptimizedBuild), .tags(.slow), arguments: [CurveFamily.pow3, .exp4])
  func intervalsOfAsymptotesCover(family: CurveFamily) throws {
    let truth = family == .pow3 ? [0.96, 1.1, 0.6] : [0.95, 0.9, 0.6, 0.3]
    try Self.expectCoverage({ n, _ in family.value(n, truth) }, of: truth[0]) {
      $0.learningCurves.first?.curve.asymptote?.interval
    }
  }

  /// Expects that about 95 % of intervals hold a number, and that sizes tell it in nine of ten studies.
  ///
  /// A seed moves all accuracies alike by 1 point and each by 0.5 more, as nested sets do. `HEMLOCK_STUDIES`
  /// sets another number of studies; the bounds leave three standard errors of the share beyond 2 %.
  private static func expectCoverage(
    _ accuracy: (_ rows: Double, _ level: Double) -> Double, of value: Double,
    _ interval: @Sendable (AccuracySurface) -> Interval?
  ) throws {
    let studies =
      ProcessInfo.processInfo.environment["HEMLOCK_STUDIES"].flatMap { Int($0) }
      ?? (isFullLength ? 200 : 24)
    let cells = try cells(levels: [0.3])
    let exact = cells.map { accuracy(Double($0.rows.attacked), $0.level.share) }
    let hits = Parallel.map(studies, threads: Parallel.coreCount) { study -> Bool? in
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
        cells, counts, resamples: 200, key: RandomKey(UInt64(study)))
      return surface.flatMap(interval)?.contains(value)
    }.compactMap { $0 }
    #expect(hits.count * 10 >= studies * 9, "told in \(hits.count) of \(studies)")
    let room = 0.02 + 3 * (0.95 * 0.05 / Double(hits.count)).squareRoot()
    let share = Double(hits.count { $0 }) / Double(hits.count)
    print("coverage of \(value): \(share) of \(studies)")
    #expect(abs(share - 0.95) < room)
  }

  /// The cells of a study of 100 rows, so many of them flipped, whose counts are made up.
  private static func cells(levels: [Double]) throws -> [StudyCell] {
    let dataset = EmbeddedDataset.iris.load()
    let plan = CurvePlan(
      base: 100, levels: try levels.map { try PoisonLevel($0) })
    let study = try Study(
      dataset: dataset,
      source: .generator(.gaussian, pool: plan.poolCount, validation: 1_000),
      conditions: plan.conditions(
        of: [AttackCatalog.attack("flip", for: dataset)], for: dataset),
      models: [try ModelChoice("knn")])
    return study.storedCells
  }
}

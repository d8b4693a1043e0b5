import LinAlg
import Statistics
import TestSupport
import Testing

struct RunningMomentsTests {
  private func moments(_ values: [Double]) -> RunningMoments {
    values.reduce(into: RunningMoments()) { $0.add($1) }
  }

  /// Welford's sums against two passes.
  ///
  /// The relative error of S is at most about n·ε·κ with κ = √(1 + mean²/variance), that of the
  /// mean n·ε (Chan, Golub, LeVeque, American Statistician 37, 1983, table 1); both with a factor
  /// of 4 for the two passes and the root.
  @Test(arguments: [2, 3, 10, 1000], [0, 0.95, -1e3, 1e6])
  func agreesWithTwoPasses(_ count: Int, _ offset: Double) throws {
    let values = normalArray(count, seed: UInt32(count)).map { $0 + offset }
    let n = Double(count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (n - 1)).squareRoot()
    let condition = (1 + mean * mean / (squares / n)).squareRoot()
    let size = values.reduce(0) { max($0, abs($1)) }

    let moments = moments(values)
    let actual = try #require(moments.standardDeviation)
    #expect(moments.count == count)
    #expect(abs(moments.mean - mean) <= 4 * n * .ulpOfOne * size)
    #expect(abs(actual - deviation) <= 4 * n * .ulpOfOne * condition * deviation)
  }

  @Test func fewValuesHaveNoSpread() {
    #expect(RunningMoments().mean == 0 && RunningMoments().count == 0)
    for values in [[], [0.7]] {
      let moments = moments(values)
      #expect(moments.standardDeviation == nil && moments.interval() == nil)
      #expect(moments.populationInterval(validationCount: 1, trainingCount: 2) == nil)
    }
    #expect(moments([0.7]).mean == 0.7)
  }

  @Test func equalValuesHaveAPoint() throws {
    let moments = moments(Array(repeating: 0.3, count: 50))
    #expect(moments.mean == 0.3 && moments.standardDeviation == 0)
    #expect(moments.interval() == Interval(from: 0.3, to: 0.3))
  }

  /// The reference takes the quantile from scipy; ours is good to a relative 1e-9.
  @Test func intervalsAgreeWithScipy() throws {
    for sample in try Reference.load().samples {
      let moments = moments(sample.values)
      #expect(abs(moments.mean - sample.mean) <= 1e-14)
      let deviation = try #require(moments.standardDeviation)
      #expect(abs(deviation - sample.standardDeviation) <= 1e-13 * deviation)
      for bounds in sample.intervals {
        let narrow = try #require(moments.interval(confidence: bounds.confidence))
        let wide = try #require(
          moments.populationInterval(
            validationCount: sample.validationCount, trainingCount: sample.trainingCount,
            confidence: bounds.confidence))
        for (interval, expected) in [(narrow, bounds.mean), (wide, bounds.population)] {
          let width = expected[1] - expected[0]
          #expect(abs(interval.lower - expected[0]) <= 2e-9 * width)
          #expect(abs(interval.upper - expected[1]) <= 2e-9 * width)
        }
        #expect(narrow.isInside(wide))
      }
    }
  }

  /// The share of 10,000 intervals that hold the true mean is within 4.5 standard errors of the
  /// confidence, which a correct interval misses with a probability below 10⁻⁵.
  @Test(arguments: [2, 5, 30], [0.5, 0.95, 0.99])
  func intervalsCoverTheMean(_ count: Int, _ confidence: Double) {
    let repetitions = 10_000
    var stream = RandomStream(purpose: .testing, seed: UInt32(count))
    // The half-width is proportional to sd/√n: one quantile serves all repetitions.
    let t = StudentT(degreesOfFreedom: count - 1).quantile((1 + confidence) / 2)
    var covered = 0
    for repetition in 0..<repetitions {
      var moments = RunningMoments()
      for _ in 0..<count { moments.add(3 + 2 * stream.normal()) }
      let halfWidth = t * (moments.standardDeviation ?? 0) / Double(count).squareRoot()
      let interval = Interval(centre: moments.mean, halfWidth: halfWidth)
      // Three roundings, in another order.
      if repetition % 1000 == 0, let found = moments.interval(confidence: confidence) {
        let bound = 4 * .ulpOfOne * (abs(moments.mean) + interval.halfWidth)
        #expect(abs(found.lower - interval.lower) <= bound)
        #expect(abs(found.upper - interval.upper) <= bound)
      }
      if interval.contains(3) { covered += 1 }
    }
    let share = Double(covered) / Double(repetitions)
    let error = (confidence * (1 - confidence) / Double(repetitions)).squareRoot()
    #expect(abs(share - confidence) <= 4.5 * error, "\(share) instead of \(confidence)")
  }

  private func accuracies(_ counts: [Int], of rows: Int) -> RunningMoments {
    moments(counts.map { Double($0) / Double(rows) }).measuring(.share(ofRows: rows))
  }

  /// Shares end at 0 and 1, and equal ones of few rows are not certain.
  @Test func sharesStayInBounds() throws {
    // Two seeds, 29 and 26 of 30: Student's t alone reaches to 155 %.
    let two = try #require(accuracies([29, 26], of: 30).interval())
    #expect(two.upper == 1 && two.lower > 0.2 && two.lower < 0.29)
    #expect(accuracies([29], of: 30).interval() == nil)
    // 24 rows, all right under 1,000 seeds: for these rows as sure as 5,000 predictions are; for new ones
    // as sure as 24 are: SciPy's binomtest(24, 24).proportion_ci(method="wilson") begins at 0.8620.
    let right = accuracies(Array(repeating: 5, count: 1_000), of: 5)
    let same = try #require(right.interval())
    #expect(same == BinomialInterval.wilson(5_000, of: 5_000))
    let new = try #require(right.populationInterval(validationCount: 5, trainingCount: 19))
    #expect(abs(new.lower - 0.8620) < 1e-4 && new.upper == 1)
    // Differences that are all 0 leave open what as many rows without one do.
    let equal = moments([0, 0]).measuring(.difference(ofRows: 30))
    let none = try #require(equal.interval())
    #expect(none == Interval(centre: 0, halfWidth: BinomialInterval.wilson(0, of: 60).upper))
    // Where there are many seeds and many rows on either side, it is Student's t.
    let many = (0..<50).map { 20 + $0 % 7 }
    let plain = moments(many.map { Double($0) / 30 })
    #expect(accuracies(many, of: 30).interval() == plain.interval())
    let notANumber = moments([0.5, .nan]).measuring(.share(ofRows: 2))
    #expect(notANumber.interval() == nil)
  }

  /// Of 2,000 studies, no fewer than 93 % hold the true accuracy, from two seeds on: with 1.5 % to spare for
  /// the skew of counts and 4 standard errors of 0.5 % for these draws, a right interval is above.
  @Test(arguments: [2, 3, 5, 10, 40], [(5, 0.8), (5, 0.99), (30, 0.8), (30, 0.95), (30, 0.999)])
  func intervalsOfSharesHold(_ seeds: Int, _ rows: (count: Int, accuracy: Double)) {
    let studies = 2_000
    var stream = RandomStream(purpose: .testing, seed: UInt32(seeds * 1_000 + rows.count))
    var held = 0
    for _ in 0..<studies {
      var moments = RunningMoments()
      for _ in 0..<seeds {
        let right = (0..<rows.count).count { _ in stream.uniform() < rows.accuracy }
        moments.add(Double(right) / Double(rows.count))
      }
      let interval = moments.measuring(.share(ofRows: rows.count)).interval()
      held += interval.map { $0.contains(rows.accuracy) } == true ? 1 : 0
    }
    #expect(Double(held) / Double(studies) >= 0.93 - 0.005)
  }

  /// What is not finite has no interval, rather than one that traps.
  @Test(arguments: [Double.nan, .infinity, 1e308])
  func whatIsNotFiniteHasNoInterval(_ value: Double) {
    for moments in [
      RunningMoments(count: 3, mean: value, squares: .nan),
      RunningMoments(count: 3, mean: 0.5, squares: .nan),
      RunningMoments(count: 3, mean: .nan, squares: value),
      RunningMoments(count: 3, mean: 0, squares: .infinity),
    ] {
      #expect(moments.interval() == nil)
      #expect(moments.populationInterval(validationCount: 3, trainingCount: 9) == nil)
      #expect(moments.probabilityOfZero == 1)
    }
  }

  /// Of values without spread the interval for new rows is that of as many rows; a spread over seeds widens
  /// it, on both sides.
  @Test func newRowsLeaveOpenWhatSoManyRowsDo() throws {
    var (equal, spread) = (RunningMoments(), RunningMoments())
    for k in 0..<40 {
      equal.add(0.9)
      spread.add(k % 2 == 0 ? 0.86 : 0.94)
    }
    let rows = BinomialInterval.wilson(45, of: 50)
    let plain = try #require(
      equal.measuring(.share(ofRows: 50)).newRowsInterval(rowCount: 50))
    #expect(abs(plain.lower - rows.lower) < 1e-12 && abs(plain.upper - rows.upper) < 1e-12)
    let wide = try #require(
      spread.measuring(.share(ofRows: 50)).newRowsInterval(rowCount: 50))
    let half = try #require(spread.halfWidth())
    let lower = ((0.9 - rows.lower) * (0.9 - rows.lower) + half * half).squareRoot()
    #expect(abs(wide.lower - (0.9 - lower)) < 1e-12 && wide.upper > rows.upper)
    #expect(equal.newRowsInterval(rowCount: 50) == nil)
    #expect(RunningMoments().measuring(.share(ofRows: 5)).newRowsInterval(rowCount: 5) == nil)
  }
}

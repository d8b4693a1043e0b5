import Analyses
import Datasets
import Defenses
import Documents
import LinAlg
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import TestSupport
import Testing

/// What defences give back, of made-up counts of 30 rows of Iris.
struct MitigationTests {
  private static let rows = 30

  /// A clean condition and an attack, each without and with a defence, and one model.
  private func study(_ attack: String) throws -> Study {
    let iris = EmbeddedDataset.iris.load()
    let bare = try conditions([attack], [0, 0.1], for: iris)
    let lof = try DefenseCatalog.chain("lof", for: iris)
    return try Study(
      dataset: iris,
      conditions: bare + bare.map { Condition(attack: $0.attack, level: $0.level, defense: lof) },
      models: [try ModelChoice("knn")])
  }

  /// The rescues of a study whose cells have these counts of right rows, seed by seed.
  private func rescues(
    _ counts: [[Int]], attack: String = "out-of-range:kappa=100",
    success: [(gain: Double, spread: Double)] = []
  ) throws -> [Rescue] {
    let study = try study(attack)
    let facts = StudyFacts(study)
    var mitigation = try #require(Mitigation(facts))
    var summaries = study.emptyCells
    let cells = counts.enumerated().map { index, counts in
      var tally = CellTally(classCount: 3)
      for count in counts { tally.sums[Measure.accuracy.rawValue].add(Double(count)) }
      if success.indices.contains(index) {
        // As many values on either side of the mean.
        for seed in counts.indices {
          let (mean, spread) = success[index]
          tally.sums[Measure.successGain.rawValue].add(mean + (seed % 2 == 0 ? spread : -spread))
        }
      }
      summaries[index].tally = tally
      return SeedBlock.Cell(correct: counts.map { UInt32($0) }, tally: tally)
    }
    mitigation.add(SeedBlock(index: 0, seedCount: counts[0].count, cells: cells))
    return mitigation.rescues(summaries)
  }

  /// Normal counts with means and deviations, rounded.
  private func counts(_ mean: Double, _ deviation: Double, _ seeds: Int, seed: UInt32) -> [Int] {
    normalArray(seeds, seed: seed).map {
      max(0, min(Self.rows, Int((mean + deviation * $0).rounded())))
    }
  }

  /// Counts under which so many rows of 30 are lost, and so many of them come back; 100 seeds.
  private func rescue(loss: Double, gain: Double, seeds: Int = 100) throws -> Rescue {
    let clean = counts(28.5, 1, seeds, seed: 1)
    let attacked = counts(28.5 - loss, 1, seeds, seed: 2)
    let defended = counts(28.5 - loss + gain, 1.3, seeds, seed: 3)
    return try rescues([clean, attacked, clean, defended])[1]
  }

  @Test(arguments: [
    (5.0, 4.5, Rescue.Verdict.works), (5, 1.2, .helps), (5, -2, .harms), (5, 2.6, .undecided),
    (5, 0.1, .undecided), (0, 0, .none),
  ])
  func saysWhatIsShown(_ loss: Double, _ gain: Double, _ verdict: Rescue.Verdict) throws {
    let seeds = verdict == .none ? 1_000 : 100
    #expect(try rescue(loss: loss, gain: gain, seeds: seeds).verdict == verdict)
  }

  /// As one-class machines do against values out of range: 7.06 ± 1.18 of 13.46 ± 0.90 points come back.
  ///
  /// That is 52 %, and not at least half: the mean of gain − loss/2 is within two standard errors of 0.
  @Test func halfIsNotShownByMoreThanHalf() throws {
    let clean = (0..<100).map { 28 + $0 / 2 % 2 }
    let attacked = (0..<100).map { 24 + $0 % 2 }
    let defended = (0..<100).map { 26 + ($0 % 5 < 3 ? 1 : 0) + $0 % 7 - 3 }
    let rescue = try rescues([clean, attacked, clean, defended])[1]
    let (share, interval) = (
      try #require(rescue.accuracy.share), try #require(rescue.accuracy.shareInterval)
    )
    #expect(share > 0.5 && interval.contains(0.5) && interval.contains(share))
    #expect(rescue.accuracy.gain.probabilityOfZero < 1e-6)
    #expect(rescue.verdict == .undecided)
  }

  /// Half is a mean of gain − loss/2 above 0, by plain arithmetic on the counts.
  @Test func theIntervalIsThatOfTheContrast() throws {
    let seeds = 50
    let clean = counts(28, 1, seeds, seed: 7)
    let attacked = counts(20, 2, seeds, seed: 8)
    let defended = counts(26, 2, seeds, seed: 9)
    let recovery = try rescues([clean, attacked, clean, defended])[1].accuracy
    let interval = try #require(recovery.shareInterval)
    // With room for one row in each sum, whose products go together as the sums do.
    for ratio in interval.ends {
      let contrast = (0..<seeds).reduce(into: RunningMoments()) { moments, seed in
        let (gain, loss) = (defended[seed] - attacked[seed], clean[seed] - attacked[seed])
        moments.add((Double(gain) - ratio * Double(loss)) / 30)
      }
      let room = 4 * (1 - ratio / 2 + ratio * ratio) / 900
      let widened = RunningMoments(
        count: seeds, mean: contrast.mean, squares: contrast.squares + room)
      #expect(abs(widened.probabilityOfZero - 0.05) < 1e-6)
    }
  }

  /// Two seeds in which the same rows come back are no proof, and one says nothing.
  @Test(arguments: [1, 2, 3])
  func fewEqualSeedsShowNothing(_ seeds: Int) throws {
    let counts = [28, 14, 28, 28].map { Array(repeating: $0, count: seeds) }
    for rescue in try rescues(counts) {
      #expect(rescue.verdict == (seeds == 1 ? .unjudged : .undecided))
    }
  }

  /// A backdoor costs no accuracy: a defence is judged by what becomes of its success.
  @Test(arguments: [
    (0.95, 0.02, Rescue.Verdict.works), (0.95, 0.9, .helps), (0.95, 0.95, .none),
    (0.6, 0.95, .harms),
  ])
  func backdoorsAreJudgedBySuccess(
    _ without: Double, _ with: Double, _ verdict: Rescue.Verdict
  ) throws {
    let equal = Array(repeating: [27, 28], count: 200).flatMap { $0 }
    let rescue = try rescues(
      [equal, equal, equal, equal], attack: "backdoor",
      success: [(0, 0), (without, 0.01), (0, 0), (with, 0.01)])[1]
    #expect(rescue.verdict == verdict)
    let recovery = try #require(rescue.success?.recovery)
    #expect(abs(recovery.loss.mean - without) < 1e-12)
    #expect(abs(recovery.gain.mean - (without - with)) < 1e-12)
    // The most that two deviations of 0.01 can come to.
    let most = 0.02 * (400.0 / 399).squareRoot()
    #expect(abs((recovery.gain.standardDeviation ?? 0) - most) < 1e-12)
    #expect(rescue.accuracy.gain.mean == 0)
  }

  /// Without an attack there is nothing to succeed.
  @Test func cleanRowsAreJudgedByAccuracy() throws {
    let counts = Array(repeating: [27, 28, 29], count: 4).map { $0 + $0 }
    let rescues = try rescues(counts, attack: "backdoor", success: [])
    #expect(rescues[0].success == nil && rescues[0].level == .clean)
  }

  @Test(arguments: [
    ("trim", "rate=0.1", false), ("trim:rate=0.3", "rate=0.3", false), ("lof", "", false),
    ("lof:rate=0.2+sphere", "rate=0.2,rate=0.05", false), ("one-class-svm", "nu=0.1", false),
    ("forward", "", false), ("forward:noise=0.2", "noise=0.2", false),
    ("lof:threshold=trusted", "", true), ("validate:ranges=trusted", "", true), ("none", "", false),
  ])
  func defencesSayWhatTheyAreTold(_ chain: String, _ shares: String, _ seesTrusted: Bool) {
    let told = DefenseCatalog.told(chain)
    #expect(told.shares.map { "\($0.name)=\($0.value)" }.joined(separator: ",") == shares)
    #expect(told.seesTrusted == seesTrusted)
  }
}

import LinAlg
import Testing

@Suite struct RandomPurposeTests {
  /// The codes as the results of all earlier versions have them.
  private static let codes: [(purpose: RandomPurpose, code: UInt32)] = [
    (.split, 1),
    (.generator, 2),
    (.generatorValidation, 67),
    (.growth, 68),
    (.poisonOrder, 16),
    (.uniformNoise, 17),
    (.labelFlip, 18),
    (.outOfRange, 19),
    (.gaussianNoise, 20),
    (.marginalShuffle, 21),
    (.classSwap, 22),
    (.sentinel, 23),
    (.unitError, 24),
    (.noiseMatrix, 30),
    (.alfaStart, 34),
    (.collisionTarget, 40),
    (.subpopulation, 41),
    (.minimumCovariance, 51),
    (.oneClassSample, 52),
    (.trim, 53),
    (.folds, 54),
    (.lossStarts, 60),
    (.privateSample, 61),
    (.privateNoise, 62),
    (.perturbation, 63),
    (.inspectionSample, 55),
    (.inspectionFolds, 56),
    (.categoryDrift, 57),
    (.missingDrift, 58),
    (.driftDirections, 59),
    (.rankDrift, 64),
    (.bootstrap, 65),
    (.curveStarts, 66),
    (.benchmarkRows, 90),
    (.benchmarkForest, 91),
    (.benchmarkGrowth, 0xFFFF_FFFD),
    (.benchmarkNumbers, 0xFFFF_FFFE),
  ]

  @Test func codesStayAsTheyAre() {
    for (purpose, code) in Self.codes { #expect(purpose.code == code) }
    #expect(RandomPurpose.isolationForest(0).code == 100_000)
    #expect(RandomPurpose.isolationForest(65_535).code == 165_535)
  }

  @Test func noTwoPurposesShareACode() {
    let forests = [0, 1, 65_535].map { RandomPurpose.isolationForest($0) }
    let purposes = Self.codes.map(\.purpose) + forests
    #expect(Set(purposes).count == purposes.count)
  }
}

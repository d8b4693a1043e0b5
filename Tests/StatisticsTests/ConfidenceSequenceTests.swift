import Foundation
import LinAlg
import Statistics
import Testing

struct ConfidenceSequenceTests {
  /// Against the formulas of the paper in Python, with the scale from scipy's Lambert W.
  ///
  /// W is taken near its branch point by the reference, which loses some digits; a scale that is
  /// off by δ changes a half-width by δ/2 at most.
  @Test func agreesWithThePaper() throws {
    let cases = try ConfidenceReference.load().cases
    #expect(cases.count == 24)
    for expected in cases {
      let sequence = ConfidenceSequence(
        targetHalfWidth: expected.target, confidence: expected.confidence,
        deviation: expected.deviation)
      let scale = sequence.squaredScale
      #expect(abs(scale - expected.squaredScale) <= 1e-12 * scale)
      for width in expected.widths {
        let moments = RunningMoments(count: width.count, mean: 0, squares: width.squares)
        let actual = sequence.halfWidth(moments, range: width.range)
        #expect(abs(actual - width.halfWidth) <= 1e-11 * actual, "\(width): \(actual)")
      }
    }
  }

  /// With the nominal deviation, h is reached at n* = (1 + x)·σ²/h², up to the two extra values.
  @Test(arguments: [1e-4, 1e-3])
  func isNarrowestWhereItIsToStop(_ target: Double) {
    let sequence = ConfidenceSequence(targetHalfWidth: target)
    let count = Int(9.2066 * 0.0025 / (target * target))
    let moments = RunningMoments(count: count, mean: 0.95, squares: 0.0025 * Double(count))
    let width = sequence.halfWidth(moments, range: 1)
    #expect(abs(width - target) <= 0.03 * target)
    // Meant for a tenth, a half, … of the values.
    for (factor, cost) in [(0.1, 1.08), (0.5, 1.02), (2, 1.03), (10, 1.27)] {
      let other = ConfidenceSequence(targetHalfWidth: target / factor.squareRoot())
      let ratio = other.halfWidth(moments, range: 1) / width
      #expect(ratio > 1 && ratio < cost, "\(factor): \(ratio)")
    }
  }

  /// Equal values have the width of what may have been missed: never less than range·ln(2/α) / n.
  @Test(arguments: [1.0, 2.0], [1, 1024, 100_000])
  func equalValuesAreNotCertain(_ range: Double, _ count: Int) {
    for target in [1e-4, 1e-3, 0.01] {
      let sequence = ConfidenceSequence(targetHalfWidth: target)
      let moments = RunningMoments(count: count, mean: 1, squares: 0)
      let width = sequence.halfWidth(moments, range: range)
      #expect(width * Double(count) > range * log(2 / 0.05))
      let enough = RunningMoments(count: Int(5 * range / target), mean: 1, squares: 0)
      #expect(sequence.halfWidth(enough, range: range) < 2 * target)
    }
  }

  @Test func nothingIsKnownOfNothing() {
    let sequence = ConfidenceSequence(targetHalfWidth: 0.01)
    #expect(sequence.halfWidth(RunningMoments(), range: 1) == .infinity)
    #expect(sequence.interval(RunningMoments(), range: 1) == nil)
  }

  @Test func needsATargetAndAConfidence() async {
    await #expect(processExitsWith: .failure) { _ = ConfidenceSequence(targetHalfWidth: 0) }
    await #expect(processExitsWith: .failure) {
      _ = ConfidenceSequence(targetHalfWidth: 0.1, confidence: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = ConfidenceSequence(targetHalfWidth: 0.1, deviation: .nan)
    }
  }
}

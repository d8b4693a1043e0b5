import LinAlg
import Statistics
import TestSupport
import Testing

/// How often intervals that are looked at after every block miss the mean at one look or more.
@Suite(.enabled(if: isOptimizedBuild, "takes 120 million draws"), .tags(.slow))
struct FalseAlarmTests {
  private static let sequenceCount = 1_000
  private static let looks = 64
  private static let blockSize = 64

  /// Where values come from.
  enum Source: Sendable, CaseIterable {
    /// 0.95 ± 0.05, as accuracies are.
    case normal
    /// The right ones of 30 rows at 95 %, over 30.
    case accuracy
    /// 1, but 0 with a probability of a half, 1 and 4 blocks' values to one.
    case rareMiss, oneMissABlock, fewMisses

    var mean: Double {
      switch self {
      case .normal, .accuracy: 0.95
      default: 1 - missProbability
      }
    }

    private var missProbability: Double {
      switch self {
      case .normal, .accuracy: 0.05
      case .rareMiss: 0.5 / 64
      case .oneMissABlock: 1.0 / 64
      case .fewMisses: 4.0 / 64
      }
    }

    func value(_ stream: inout RandomStream) -> Double {
      switch self {
      case .normal: return 0.95 + 0.05 * stream.normal()
      case .accuracy:
        let right = (0..<30).reduce(0) { count, _ in
          count + (stream.uniform() < missProbability ? 0 : 1)
        }
        return Double(right) / 30
      default: return stream.uniform() < missProbability ? 0 : 1
      }
    }
  }

  /// The shares of sequences in which the anytime-valid and the t interval ever miss the mean.
  private static func alarms(_ source: Source, target: Double) -> (anytime: Double, t: Double) {
    let sequence = ConfidenceSequence(targetHalfWidth: target)
    let factors = (1...looks).map {
      StudentT(degreesOfFreedom: $0 * blockSize - 1).quantile(0.975)
        / Double($0 * blockSize).squareRoot()
    }
    var (missed, missedByT) = (0, 0)
    for repetition in 0..<sequenceCount {
      var stream = RandomStream(purpose: .testing, seed: UInt32(repetition))
      var moments = RunningMoments()
      var (isMissed, isMissedByT) = (false, false)
      for look in 0..<looks {
        for _ in 0..<blockSize { moments.add(source.value(&stream)) }
        let error = abs(moments.mean - source.mean)
        let deviation = moments.standardDeviation ?? 0
        isMissed = isMissed || error > sequence.halfWidth(moments, range: 1)
        isMissedByT = isMissedByT || error > factors[look] * deviation
      }
      if isMissed { missed += 1 }
      if isMissedByT { missedByT += 1 }
    }
    let count = Double(sequenceCount)
    return (Double(missed) / count, Double(missedByT) / count)
  }

  /// At most 5 % in the long run, so at most 5 % + 2.5 standard errors of 0.7 points in 1,000
  /// sequences; t intervals, which are meant for one look, fail this by far.
  @Test(arguments: Source.allCases, [0.003, 0.03])
  func areWithinTheLevelForAllLooks(_ source: Source, _ target: Double) {
    let (anytime, t) = Self.alarms(source, target: target)
    #expect(anytime <= 0.05 + 2.5 * 0.0069, "\(source): \(anytime)")
    #expect(t > 0.2, "\(source): \(t)")
  }
}

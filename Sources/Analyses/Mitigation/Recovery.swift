package import Statistics

/// A loss under an attack, and what of it a defence gives back, seed by seed.
///
/// The share that comes back, ρ = mean gain / mean loss, has Fieller's interval; whether at least half does is
/// whether the mean of gain − loss/2 is above 0.
package struct Recovery: Sendable {
  /// What is lost without the defence.
  package let loss: RunningMoments

  /// What comes back with it.
  package let gain: RunningMoments

  /// Gain − loss/2.
  private let surplus: RunningMoments

  /// One validation row, in the unit of the values.
  private let step: Double

  /// Gains within ± this are none to speak of.
  package static let margin = 0.01

  /// Puts a recovery together, of values for as many seeds.
  init(loss: RunningMoments, gain: RunningMoments, surplus: RunningMoments, step: Double) {
    (self.loss, self.gain, self.surplus, self.step) = (loss, gain, surplus, step)
  }

  /// The share of the loss that comes back; nil where there is none to speak of.
  package var share: Double? { hasLoss ? gain.mean / loss.mean : nil }

  /// The 95 % interval of that share.
  package var shareInterval: Interval? {
    guard hasLoss else { return nil }
    let values = [gain, loss, surplus].map { $0.allowing(step: step) }
    return RatioInterval.fieller(values[0], over: values[1], contrast: values[2])
  }

  private var hasLoss: Bool {
    loss.mean > 0 && (loss.allowing(step: step).interval()?.lower ?? 0) > 0
  }

  /// The probabilities of what was found if the gain were 0, if it were half of a loss, or if there were no
  /// loss, and if it were as large as the margin; 1 where the last says nothing.
  fileprivate var tests: [Double] {
    let (gain, loss) = (gain.allowing(step: step), loss.allowing(step: step))
    let half = max(surplus.allowing(step: step).probabilityOfZero, loss.probabilityOfZero)
    let small = RangeTest(gain, inside: Interval(centre: 0, halfWidth: Self.margin))
    return [
      gain.probabilityOfZero, loss.mean > 0 ? half : 1, small.isInside ? small.pValue : 1,
    ]
  }

  /// What the figures amount to, given those probabilities corrected.
  fileprivate func verdict(_ tests: [Double]) -> Rescue.Verdict {
    guard gain.count > 1 else { return .unjudged }
    let shown = tests.map { $0 <= 0.05 }
    if shown[1], surplus.mean > 0 { return .works }
    if shown[0], gain.mean < 0 { return .harms }
    if shown[0], shown[1] || share == nil { return .helps }
    return shown[2] ? .none : .undecided
  }
}

extension [Recovery] {
  /// What each amounts to; all verdicts hold together at 5 %, by Holm's correction over all their tests.
  var verdicts: [Rescue.Verdict] {
    let tests = map(\.tests)
    let adjusted = Holm.adjusted(tests.flatMap { $0 })
    return indices.map { index in
      self[index].verdict(Array<Double>(adjusted[index * 3..<index * 3 + 3]))
    }
  }
}

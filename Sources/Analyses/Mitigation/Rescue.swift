package import Poisoning
package import Statistics
package import Sweeps

/// How a defence did under one attack at one level, or without one.
package struct Rescue: Sendable {
  /// What the figures amount to.
  package enum Verdict: String, Encodable, Sendable {
    /// At least half of the loss comes back.
    case works
    /// Something comes back, but less than half.
    case helps
    /// No difference can be told.
    case none = "no effect"
    /// Accuracy is lower with it.
    case harms
  }

  /// The attack as it can be asked for.
  package let attack: String

  /// The level.
  package let level: PoisonLevel

  /// The defence as it can be asked for.
  package let defense: String

  /// The models that the defence is for.
  package let models: [String]

  /// The cells of those models.
  package let cells: [CellSummary]

  /// Accuracy with the defence minus accuracy without it.
  package let gain: RunningMoments

  /// Accuracy without an attack minus accuracy under it, without the defence.
  package let loss: RunningMoments

  /// Whether the gain differs from 0, all verdicts of the study taken together.
  package let isSignificant: Bool

  /// The share of the loss that comes back; nil where there is none to speak of.
  package var recovered: Double? {
    let hasLoss = loss.mean > 0 && (loss.interval()?.lower ?? 0) > 0
    return hasLoss ? gain.mean / loss.mean : nil
  }

  /// What the figures amount to.
  package var verdict: Verdict {
    guard isSignificant else { return .none }
    if gain.mean < 0 { return .harms }
    return (recovered ?? 0) >= 0.5 ? .works : .helps
  }

  /// The share of rows that are not poisoned but flagged, mean over the models; nil where no rows are
  /// judged.
  package var wronglyFlagged: Double? {
    let rates = cells.map { $0[.falseAlarmRate] }.filter { $0.count > 0 }
    return rates.isEmpty ? nil : rates.reduce(0) { $0 + $1.mean } / Double(rates.count)
  }
}

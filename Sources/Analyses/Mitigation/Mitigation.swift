package import Poisoning
package import Statistics
import Store
package import Sweeps

/// Defences against attacks: what each gives back at each level, and what it costs without an attack.
///
/// Of m validation rows, seed i gets c⁰ᵢ right without an attack, c¹ᵢ under it, c²ᵢ behind a defence:
///
///     loss = (c⁰ᵢ − c¹ᵢ)/m        gain = (c²ᵢ − c¹ᵢ)/m        recovered = mean gain / mean loss
///
/// Both are means over the models that the defence is for.
package struct Mitigation: Sendable {
  private struct Contest {
    let condition: Int
    var gain: PairedCounts
    var loss: PairedCounts
  }

  private let facts: StudyFacts
  private var contests: [Contest]

  /// Pairs the conditions of a study; nil without a clean one and one with a defence.
  package init?(_ facts: StudyFacts) {
    let conditions = facts.conditions.map(facts.condition)
    let clean = conditions.firstIndex { $0.level == .clean && $0.defenseName == "none" }
    guard let clean else { return nil }
    contests = conditions.indices.compactMap { index in
      let condition = conditions[index]
      let undefended = conditions.firstIndex {
        $0.defenseName == "none" && $0.level == condition.level && $0.rows == condition.rows
          && $0.attackName == condition.attackName
      }
      guard condition.defenseName != "none", let undefended else { return nil }
      let beyond = { (other: Int) in
        PairedCounts(other, less: undefended, fittedIn: index, modelCount: facts.modelCount)
      }
      return Contest(condition: index, gain: beyond(index), loss: beyond(clean))
    }
    guard !contests.isEmpty else { return nil }
    self.facts = facts
  }

  /// Takes the seeds of a block.
  package mutating func add(_ block: SeedBlock) {
    for index in contests.indices {
      contests[index].gain.add(block)
      contests[index].loss.add(block)
    }
  }

  /// How every defence did under every attack, in the order of the study; verdicts hold together at 5 %.
  package func rescues(_ cells: [CellSummary]) -> [Rescue] {
    let fitted = contests.filter { !$0.gain.models.isEmpty }
    let gains = fitted.map { $0.gain.moments(of: facts.validationCount) }
    let adjusted = Holm.adjusted(gains.map(\.probabilityOfZero))
    return fitted.indices.map { index in
      let contest = fitted[index]
      let (condition, models) = (facts.condition(contest.condition), contest.gain.models)
      return Rescue(
        attack: condition.attackName, level: condition.level, defense: condition.defenseName,
        models: models.map { facts.modelNames[$0] },
        cells: models.map { cells[contest.condition * facts.modelCount + $0] },
        gain: gains[index], loss: contest.loss.moments(of: facts.validationCount),
        isSignificant: adjusted[index] <= 0.05)
    }
  }
}

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

  /// The share of clean rows that are flagged, mean over the models; nil where no rows are judged.
  package var wronglyFlagged: Double? {
    let rates = cells.map { $0[.falseAlarmRate] }.filter { $0.count > 0 }
    return rates.isEmpty ? nil : rates.reduce(0) { $0 + $1.mean } / Double(rates.count)
  }
}

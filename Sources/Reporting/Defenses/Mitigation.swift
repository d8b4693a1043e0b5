import Defenses
import LinAlg
import Models
import Poisoning
import Statistics
public import Sweeps

/// Defences against attacks: what each gives back at each level, and what it costs without an attack.
///
/// Of m validation rows, seed i gets c⁰ᵢ right without an attack, c¹ᵢ under it, c²ᵢ behind a defence:
///
///     loss = (c⁰ᵢ − c¹ᵢ)/m        gain = (c²ᵢ − c¹ᵢ)/m        recovered = mean gain / mean loss
///
/// Both are means over the models that the defence is for. Sums are of whole numbers and taken block by
/// block: exact, in any order.
public struct Mitigation: Sendable {
  private struct Contest {
    let condition: Int
    let undefended: Int
    let models: [Int]
    var gain = DifferenceSum()
    var loss = DifferenceSum()
  }

  private let study: Study
  private let clean: Int
  private var contests: [Contest]

  /// Pairs the conditions of a study; nil without a clean one and one with a defence.
  public init?(_ study: Study) {
    let conditions = study.conditions
    guard
      let clean = conditions.firstIndex(where: { $0.level == .clean && $0.defense.isEmpty })
    else { return nil }
    contests = conditions.indices.compactMap { index in
      guard !conditions[index].defense.isEmpty else { return nil }
      let undefended = conditions.firstIndex {
        $0.defense.isEmpty && $0.level == conditions[index].level
          && $0.attackName == conditions[index].attackName
      }
      let models = study.models.indices.filter {
        study.isFitted(CellIndex(condition: index, model: $0))
      }
      return undefended.map { Contest(condition: index, undefended: $0, models: models) }
    }
    guard !contests.isEmpty else { return nil }
    self.study = study
    self.clean = clean
  }

  /// Takes the seeds of a block.
  public mutating func add(_ block: SeedBlock) {
    let models = study.models.count
    for index in contests.indices {
      let contest = contests[index]
      for seed in 0..<block.seedCount {
        var (gain, loss) = (0, 0)
        for model in contest.models {
          let right = { (condition: Int) in
            Int(block.cells[condition * models + model].correct[seed])
          }
          gain += right(contest.condition) - right(contest.undefended)
          loss += right(clean) - right(contest.undefended)
        }
        contests[index].gain.add(gain)
        contests[index].loss.add(loss)
      }
    }
  }

  /// How every defence did under every attack, in the order of the study, with verdicts that hold together
  /// at 5 %.
  func rescues(_ cells: [CellSummary]) -> [Rescue] {
    let models = study.models.count
    let gains = contests.map { contest in
      contest.gain.moments(divisor: contest.models.count * study.validationCount)
    }
    let adjusted = Holm.adjusted(gains.map(\.probabilityOfZero))
    return contests.indices.map { index in
      let contest = contests[index]
      let condition = study.conditions[contest.condition]
      return Rescue(
        attack: condition.attackName, level: condition.level, defense: condition.defenseName,
        models: contest.models.map { study.models[$0].name },
        cells: contest.models.map { cells[contest.condition * models + $0] },
        gain: gains[index],
        loss: contest.loss.moments(divisor: contest.models.count * study.validationCount),
        isSignificant: adjusted[index] <= 0.05)
    }
  }
}

/// How a defence did under one attack at one level, or without one.
struct Rescue: Sendable {
  /// What the figures amount to.
  enum Verdict: String, Encodable, Sendable {
    /// At least half of the loss comes back.
    case works
    /// Something comes back, but less than half.
    case helps
    /// No difference can be told.
    case none = "no effect"
    /// Accuracy is lower with it.
    case harms
  }

  let attack: String
  let level: PoisonLevel
  let defense: String
  /// The models that the defence is for.
  let models: [String]
  let cells: [CellSummary]
  /// Accuracy with the defence minus accuracy without it.
  let gain: RunningMoments
  /// Accuracy without an attack minus accuracy under it, without the defence.
  let loss: RunningMoments
  /// Whether the gain differs from 0, all verdicts of the study taken together.
  let isSignificant: Bool

  /// The share of the loss that comes back; nil where there is none to speak of.
  var recovered: Double? {
    let hasLoss = loss.mean > 0 && (loss.interval()?.lower ?? 0) > 0
    return hasLoss ? gain.mean / loss.mean : nil
  }

  var verdict: Verdict {
    guard isSignificant else { return .none }
    if gain.mean < 0 { return .harms }
    return (recovered ?? 0) >= 0.5 ? .works : .helps
  }

  /// The share of rows that are not poisoned but flagged, mean over the models; nil where no rows are
  /// judged.
  var wronglyFlagged: Double? {
    let rates = cells.map(\.detection.falseAlarmRate).filter { $0.count > 0 }
    return rates.isEmpty ? nil : rates.reduce(0) { $0 + $1.mean } / Double(rates.count)
  }
}

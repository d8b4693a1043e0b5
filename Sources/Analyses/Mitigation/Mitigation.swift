package import Poisoning
import Statistics
import Store
package import Sweeps

/// Defences against attacks: what each gives back at each level, and what it costs without an attack.
///
/// Of m validation rows, seed i gets c⁰ᵢ right without an attack, c¹ᵢ under it, c²ᵢ behind a defence:
///
///     loss = (c⁰ᵢ − c¹ᵢ)/m        gain = (c²ᵢ − c¹ᵢ)/m        recovered = mean gain / mean loss
///
/// Both are means over the models that the defence is for. Of a targeted attack the loss is what it achieves
/// beyond what happens to the clean model anyway, and the gain is how much less it achieves.
package struct Mitigation: Sendable {
  private struct Contest {
    let condition: Int
    let undefended: Int
    var gain: PairedCounts
    var loss: PairedCounts
    /// Twice the gain less the loss.
    var surplus: PairedCounts
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
      let paired = { (own: Int, other: Int, cleanWeight: Int) in
        PairedCounts(
          [
            PairedCounts.Term(condition: index, weight: own),
            PairedCounts.Term(condition: undefended, weight: other),
            PairedCounts.Term(condition: clean, weight: cleanWeight),
          ], modelCount: facts.modelCount)
      }
      return Contest(
        condition: index, undefended: undefended, gain: paired(1, -1, 0), loss: paired(0, -1, 1),
        surplus: paired(2, -1, -1))
    }
    guard !contests.isEmpty else { return nil }
    self.facts = facts
  }

  /// Takes the seeds of a block.
  package mutating func add(_ block: SeedBlock) {
    for index in contests.indices {
      contests[index].gain.add(block)
      contests[index].loss.add(block)
      contests[index].surplus.add(block)
    }
  }

  /// How every defence did under every attack, in the order of the study; verdicts hold together at 5 %.
  package func rescues(_ cells: [CellSummary]) -> [Rescue] {
    let fitted = contests.filter { !$0.gain.models.isEmpty }
    let accuracies = fitted.map(accuracy)
    let successes = fitted.map { success($0, cells) }
    let verdicts = zip(accuracies, successes).map { $1?.recovery ?? $0 }.verdicts
    return fitted.indices.map { index in
      let contest = fitted[index]
      let (condition, models) = (facts.condition(contest.condition), contest.gain.models)
      return Rescue(
        attack: condition.attackName, level: condition.level, defense: condition.defenseName,
        models: models.map { facts.modelNames[$0] },
        cells: self.cells(cells, contest.condition, models), accuracy: accuracies[index],
        success: successes[index], verdict: verdicts[index])
    }
  }

  private func cells(_ cells: [CellSummary], _ condition: Int, _ models: [Int]) -> [CellSummary] {
    models.map { cells[condition * facts.modelCount + $0] }
  }

  private func accuracy(_ contest: Contest) -> Recovery {
    let rows = facts.validationCount
    return Recovery(
      loss: contest.loss.moments(of: rows), gain: contest.gain.moments(of: rows),
      surplus: contest.surplus.moments(of: 2 * rows), step: 1 / Double(rows))
  }

  /// What a targeted attack achieves, and how much less behind a defence; nil for other attacks.
  ///
  /// A store has no success of single seeds, so a difference has the largest spread that two such can have:
  /// the sum of theirs. Nor has it the number of rows that success is a share of: with a trigger they are
  /// those of other classes, else there may be one.
  private func success(_ contest: Contest, _ cells: [CellSummary]) -> Rescue.Success? {
    let attack = facts.attack(facts.condition(contest.condition))
    guard let attack, attack.threat.goal != .availability else { return nil }
    let models = contest.gain.models
    let (own, other) = (
      self.cells(cells, contest.condition, models), self.cells(cells, contest.undefended, models)
    )
    let (behind, without) = (own.map { $0[.successGain] }, other.map { $0[.successGain] })
    guard (behind + without).allSatisfy({ $0.count > 0 }) else { return nil }
    let combined = { (own: Double, other: Double) in
      RunningMoments(
        widest: behind.map { ($0, own / Double(models.count)) }
          + without.map { ($0, other / Double(models.count)) })
    }
    return Rescue.Success(
      undefended: other,
      recovery: Recovery(
        loss: combined(0, 1), gain: combined(-1, 1), surplus: combined(-1, 0.5),
        step: 1 / Double(facts.validationCount)))
  }
}

extension RunningMoments {
  /// The moments of a sum of values, each weighed, of which nobody knows how they go together: with the largest
  /// spread they can have.
  fileprivate init(widest terms: [(moments: RunningMoments, weight: Double)]) {
    let count = terms.map(\.moments.count).min() ?? 0
    let deviation = terms.reduce(0) { $0 + abs($1.weight) * ($1.moments.standardDeviation ?? 0) }
    self.init(
      count: count, mean: terms.reduce(0) { $0 + $1.weight * $1.moments.mean },
      squares: deviation * deviation * Double(max(count - 1, 0)))
  }
}

/// How a defence did under one attack at one level, or without one.
package struct Rescue: Sendable {
  /// What the figures amount to; each but the last two is shown, at 5 % for the whole study.
  package enum Verdict: String, Encodable, Sendable, CaseIterable {
    /// At least half of the loss comes back.
    case works
    /// Something comes back, but less than half, or there was no loss.
    case helps
    /// The change is within `Recovery.margin`.
    case none = "no effect"
    /// It is worse with the defence.
    case harms
    /// None of these can be told.
    case undecided
    /// One seed tells nothing.
    case unjudged = "no verdict"
  }

  /// What a targeted attack achieves.
  package struct Success: Sendable {
    /// The cells of the same models without the defence.
    package let undefended: [CellSummary]

    /// What the attack achieves without the defence beyond what happens to the clean model, and how much less
    /// with it.
    package let recovery: Recovery
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

  /// The accuracy that is lost to the attack, and that comes back with the defence.
  package let accuracy: Recovery

  /// The success of a targeted attack, by which defences against it are judged; nil for another.
  package let success: Success?

  /// What the figures amount to.
  package let verdict: Verdict

  /// What it is judged by.
  package var judged: Recovery { success?.recovery ?? accuracy }

  /// The share of clean rows that are flagged, mean over the models; nil where no rows are judged.
  package var wronglyFlagged: Double? {
    let rates = cells.map { $0[.falseAlarmRate] }.filter { $0.count > 0 }
    return rates.isEmpty ? nil : rates.reduce(0) { $0 + $1.mean } / Double(rates.count)
  }
}

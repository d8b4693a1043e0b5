import Defenses
import Poisoning
import Statistics
import Store
package import Sweeps

/// Defences against attacks: what each gives back at each level, and what it costs without an attack.
///
/// Of m validation rows, seed i gets c⁰ᵢ right without an attack, c¹ᵢ under it, c²ᵢ behind a defence:
///
///     loss = (c⁰ᵢ − c¹ᵢ)/m        gain = (c²ᵢ − c¹ᵢ)/m        recovered = mean gain / mean loss
///
/// Both are means over the models that the defence is for. Sums are of whole numbers and taken block by
/// block: exact, in any order.
package struct Mitigation: Sendable {
  private struct Contest {
    let condition: Int
    let undefended: Int
    /// The models that the defence is for, once a block has been seen.
    var models: [Int] = []
    var gain = CountSums()
    var loss = CountSums()
  }

  private let facts: StudyFacts
  private let clean: Int
  private var contests: [Contest]

  /// Pairs the conditions of a study; nil without a clean one and one with a defence.
  package init?(_ facts: StudyFacts) {
    let conditions = facts.conditions.map(facts.condition)
    let clean = conditions.firstIndex { $0.level == .clean && $0.defenseName == "none" }
    guard let clean else { return nil }
    contests = conditions.indices.compactMap { index in
      let condition = conditions[index]
      guard condition.defenseName != "none" else { return nil }
      return conditions.firstIndex {
        $0.defenseName == "none" && $0.level == condition.level && $0.rows == condition.rows
          && $0.attackName == condition.attackName
      }.map { Contest(condition: index, undefended: $0) }
    }
    guard !contests.isEmpty else { return nil }
    self.facts = facts
    self.clean = clean
  }

  /// Takes the seeds of a block.
  package mutating func add(_ block: SeedBlock) {
    let modelCount = facts.modelCount
    let cell = { (condition: Int, model: Int) in block.cells[condition * modelCount + model] }
    for index in contests.indices {
      let (condition, undefended) = (contests[index].condition, contests[index].undefended)
      let models = (0..<modelCount).filter { cell(condition, $0).isFitted }
      contests[index].models = models
      for seed in 0..<block.seedCount {
        var (gain, loss) = (0, 0)
        for model in models {
          let right = { (condition: Int) in Int(cell(condition, model).correct[seed]) }
          gain += right(condition) - right(undefended)
          loss += right(clean) - right(undefended)
        }
        contests[index].gain.add(gain)
        contests[index].loss.add(loss)
      }
    }
  }

  /// How every defence did under every attack, in the order of the study, with verdicts that hold together
  /// at 5 %.
  package func rescues(_ cells: [CellSummary]) -> [Rescue] {
    let fitted = contests.filter { !$0.models.isEmpty }
    let moments = { (sum: CountSums, contest: Contest) in
      sum.moments(of: contest.models.count * facts.validationCount)
    }
    let gains = fitted.map { moments($0.gain, $0) }
    let adjusted = Holm.adjusted(gains.map(\.probabilityOfZero))
    return fitted.indices.map { index in
      let contest = fitted[index]
      let condition = facts.condition(contest.condition)
      return Rescue(
        attack: condition.attackName, level: condition.level, defense: condition.defenseName,
        models: contest.models.map { facts.modelNames[$0] },
        cells: contest.models.map { cells[contest.condition * facts.modelCount + $0] },
        gain: gains[index], loss: moments(contest.loss, contest),
        isSignificant: adjusted[index] <= 0.05)
    }
  }
}

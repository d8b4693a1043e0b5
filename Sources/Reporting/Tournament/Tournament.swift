import LinAlg
import Models
import Poisoning
import Statistics
public import Sweeps

/// Attacks against each other: what each costs at each level, and where the loss comes from.
///
/// Of m validation rows, seed i gets c⁰ᵢ right without an attack, c¹ᵢ when the rows that the attack
/// takes are deleted, and c²ᵢ when they are poisoned:
///
///     total drop = lost clean rows + active harm
///     (c⁰ᵢ − c²ᵢ)/m = (c⁰ᵢ − c¹ᵢ)/m + (c¹ᵢ − c²ᵢ)/m
///
/// Sums are of whole numbers and taken block by block: exact, in any order, in memory that does not
/// grow with the seeds.
public struct Tournament: Sendable {
  /// Sums of one attack at one level.
  private struct Contest {
    let condition: Int
    /// The condition that deletes the same rows.
    let control: Int?
    /// Sums over the models, divided by their number when they are read.
    var drop = DifferenceSum()
    var lost = DifferenceSum()
    var harm = DifferenceSum()
    var harmOfModel: [DifferenceSum]
  }

  private let study: Study
  private let clean: Int
  private var contests: [Contest]

  /// Pairs the conditions of a study; nil without a clean one and one above it.
  ///
  /// A condition that deletes the rows of another one at the same level is its control and takes no
  /// part itself.
  public init?(_ study: Study) {
    let conditions = study.conditions
    guard let clean = conditions.firstIndex(where: { $0.level == .clean }) else { return nil }
    let controls = conditions.map { condition -> Int? in
      guard condition.level != .clean, condition.attack.flow == .replace else { return nil }
      let maker = condition.attack.maker.specification
      return conditions.firstIndex {
        $0.level == condition.level && $0.attack.flow == .delete
          && $0.attack.maker.specification == maker
      }
    }
    let isControl = Set(controls.compactMap { $0 })
    contests = conditions.indices.compactMap { index in
      conditions[index].level == .clean || isControl.contains(index)
        ? nil
        : Contest(
          condition: index, control: controls[index],
          harmOfModel: Array(repeating: DifferenceSum(), count: study.models.count))
    }
    guard !contests.isEmpty else { return nil }
    self.study = study
    self.clean = clean
  }

  /// Takes the seeds of a block.
  public mutating func add(_ block: SeedBlock) {
    let models = study.models.count
    let right = { (condition: Int, model: Int, seed: Int) in
      Int(block.cells[condition * models + model].correct[seed])
    }
    for index in contests.indices {
      let (condition, control) = (contests[index].condition, contests[index].control)
      for seed in 0..<block.seedCount {
        var (drop, harm) = (0, 0)
        for model in 0..<models {
          let hit = right(condition, model, seed)
          drop += right(clean, model, seed) - hit
          guard let control else { continue }
          let difference = right(control, model, seed) - hit
          contests[index].harmOfModel[model].add(difference)
          harm += difference
        }
        contests[index].drop.add(drop)
        guard control != nil else { continue }
        contests[index].harm.add(harm)
        contests[index].lost.add(drop - harm)
      }
    }
  }

  /// How every attack did, strongest first at each level, levels ascending.
  ///
  /// The order is that of the mean drop over the models; equal ones stay in the study's order.
  func standings(_ cells: [CellSummary]) -> [Standing] {
    let models = study.models.count
    let all = models * study.validationCount
    let ofCondition = { (condition: Int) in
      Array(cells[condition * models..<(condition + 1) * models])
    }
    let standings = contests.map { contest in
      let hasControl = contest.control != nil
      return Standing(
        attack: study.conditions[contest.condition].attack,
        level: study.conditions[contest.condition].level,
        poisonedCount: study.poisonedCounts[contest.condition],
        cells: ofCondition(contest.condition),
        controls: contest.control.map(ofCondition),
        drop: contest.drop.moments(divisor: all),
        lost: hasControl ? contest.lost.moments(divisor: all) : nil,
        harm: hasControl ? contest.harm.moments(divisor: all) : nil,
        harmOfModel: hasControl
          ? contest.harmOfModel.map { $0.moments(divisor: study.validationCount) } : nil)
    }
    return standings.enumerated().sorted { a, b in
      if a.element.level != b.element.level { return a.element.level < b.element.level }
      let (x, y) = (a.element.drop.mean, b.element.drop.mean)
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
  }

  /// The cells of the clean condition.
  func cleanCells(_ cells: [CellSummary]) -> [CellSummary] {
    let models = study.models.count
    return Array(cells[clean * models..<(clean + 1) * models])
  }
}

/// How an attack did at one level.
struct Standing: Sendable {
  let attack: any Attack
  let level: PoisonLevel
  let poisonedCount: Int

  /// The cells of all models.
  let cells: [CellSummary]

  /// The cells of the condition that deletes the same rows, where there is one.
  let controls: [CellSummary]?

  /// Mean over the models of the paired total drop.
  let drop: RunningMoments

  /// Mean over the models of what the lost clean rows cost.
  let lost: RunningMoments?

  /// Mean over the models of what the poison itself costs.
  let harm: RunningMoments?

  /// What the poison itself costs each model.
  let harmOfModel: [RunningMoments]?

  var name: String { attack.specification }

  /// Whether the attack is judged by its success on some rows rather than by accuracy.
  var isTargeted: Bool { attack.threat.goal != .availability }
}

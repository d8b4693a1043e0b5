package import Poisoning
package import Statistics
package import Store
package import Sweeps

/// Attacks against each other: what each costs at each level, and where the loss comes from.
///
/// Of m validation rows, seed i gets c⁰ᵢ right without an attack, c¹ᵢ when the rows that the attack
/// takes are deleted, and c²ᵢ when they are poisoned:
///
///     total drop = lost clean rows + active harm
///     (c⁰ᵢ − c²ᵢ)/m = (c⁰ᵢ − c¹ᵢ)/m + (c¹ᵢ − c²ᵢ)/m
package struct Tournament: Sendable {
  /// One attack at one level.
  private struct Contest {
    let condition: Int
    /// The condition that deletes the same rows.
    let control: Int?
    var drop: PairedCounts
    /// Nil without a control, as is `harm`.
    var lost: PairedCounts?
    var harm: PairedCounts?
  }

  private let facts: StudyFacts
  private let clean: Int
  private var contests: [Contest]

  /// Pairs the conditions without defences of a study; nil without a clean one and one above it.
  ///
  /// A condition that deletes the rows of another at the same level is its control, and takes no part.
  package init?(_ facts: StudyFacts) {
    let undefended = facts.conditions.filter { facts.condition($0).defenseName == "none" }
    guard let clean = undefended.first(where: { facts.condition($0).level == .clean }) else {
      return nil
    }
    let control = { (condition: Int) -> Int? in
      let cell = facts.condition(condition)
      guard let attack = facts.attack(cell), attack.flow == .replace else { return nil }
      let maker = attack.maker
      return undefended.first { other in
        let other = facts.condition(other)
        guard other.level == cell.level, other.rows == cell.rows,
          let deletion = facts.attack(other), deletion.flow == .delete
        else { return false }
        return deletion.maker == maker
      }
    }
    let controls = Dictionary(
      uniqueKeysWithValues: undefended.compactMap { index in control(index).map { (index, $0) } })
    let isControl = Set(controls.values)
    let pair = { PairedCounts($0, less: $1, modelCount: facts.modelCount) }
    contests = undefended.filter {
      facts.condition($0).level != .clean && !isControl.contains($0)
    }.map { condition in
      let control = controls[condition]
      return Contest(
        condition: condition, control: control, drop: pair(clean, condition),
        lost: control.map { pair(clean, $0) }, harm: control.map { pair($0, condition) })
    }
    guard !contests.isEmpty else { return nil }
    (self.facts, self.clean) = (facts, clean)
  }

  /// Whether any attack has a control: whether the study was made to be a tournament.
  package var hasControls: Bool { contests.contains { $0.control != nil } }

  /// Takes the seeds of a block.
  package mutating func add(_ block: SeedBlock) {
    for index in contests.indices {
      contests[index].drop.add(block)
      contests[index].lost?.add(block)
      contests[index].harm?.add(block)
    }
  }

  /// How every attack did, strongest first at each level, levels ascending.
  ///
  /// The order is that of the mean drop over the models; equal ones stay in the study's order.
  package func standings(_ cells: [CellSummary]) -> [Standing] {
    let rows = facts.validationCount
    return contests.compactMap { contest -> Standing? in
      let condition = facts.condition(contest.condition)
      guard let attack = facts.attack(condition) else { return nil }
      return Standing(
        attack: attack, level: condition.level, poisonedCount: facts.poisonedCount(condition),
        cells: self.cells(cells, of: contest.condition),
        controls: contest.control.map { self.cells(cells, of: $0) },
        drop: contest.drop.moments(of: rows), lost: contest.lost?.moments(of: rows),
        harm: contest.harm?.moments(of: rows),
        harmOfModel: contest.harm?.momentsOfModels(of: rows))
    }.sorted { a, b in
      a.level == b.level ? a.drop.mean > b.drop.mean : a.level < b.level
    }
  }

  /// The cells of the clean condition.
  package func cleanCells(_ cells: [CellSummary]) -> [CellSummary] { self.cells(cells, of: clean) }

  private func cells(_ cells: [CellSummary], of condition: Int) -> [CellSummary] {
    Array(cells[condition * facts.modelCount..<(condition + 1) * facts.modelCount])
  }
}

/// How an attack did at one level.
package struct Standing: Sendable {
  /// The attack.
  package let attack: StoredAttack

  /// The level.
  package let level: PoisonLevel

  /// Number of rows it poisons.
  package let poisonedCount: Int

  /// The cells of all models.
  package let cells: [CellSummary]

  /// The cells of the condition that deletes the same rows, where there is one.
  package let controls: [CellSummary]?

  /// Mean over the models of the paired total drop.
  package let drop: RunningMoments

  /// Mean over the models of what the lost clean rows cost.
  package let lost: RunningMoments?

  /// Mean over the models of what the poison itself costs.
  package let harm: RunningMoments?

  /// What the poison itself costs each model.
  package let harmOfModel: [RunningMoments]?

  /// Whether the attack is judged by its success on some rows rather than by accuracy.
  package var isTargeted: Bool { attack.threat.goal != .availability }
}

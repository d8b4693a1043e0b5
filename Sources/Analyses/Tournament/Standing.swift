package import Poisoning
package import Statistics
package import Store
package import Sweeps

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

import Poisoning
import Reporting
import Statistics
import Sweeps

extension Table {
  /// All cells of a study for machines, one a row.
  init(cells: [CellSummary]) {
    let defense: [Column] = DetectionSummary.measures.map { .percent("\($0.name)_mean") }
    self.init(
      [
        .text("attack"), .percent("poison_level"), .text("defense"), .text("model"),
        .percent("accuracy_mean"), .percent("accuracy_std"), .percent("accuracy_ci95_low"),
        .percent("accuracy_ci95_high"), .percent("f1_mean"), .percent("accuracy_drop_mean"),
        .percent("accuracy_drop_ci95_low"), .percent("accuracy_drop_ci95_high"),
        .percent("attack_success_mean"), .percent("attack_success_gain_mean"),
        .percent("attack_collateral_mean"), .percent("accuracy_gain_mean"),
        .percent("accuracy_gain_ci95_low"), .percent("accuracy_gain_ci95_high"),
      ] + defense + [.count("seeds")])
    for cell in cells {
      let isFitted = cell.accuracy.count > 0
      let hasDrop = !cell.isReference && cell.accuracyDrop.count > 0
      let drop = hasDrop ? cell.accuracyDrop.interval() : nil
      let (accuracy, gain) = (cell.accuracy.interval(), cell.accuracyGain.interval())
      append(
        [
          .text(cell.attackName), .level(cell.level), .text(cell.defenseName),
          .text(cell.modelName), .mean(cell.accuracy),
          .number(isFitted ? cell.accuracy.standardDeviation : nil), .number(accuracy?.lower),
          .number(accuracy?.upper), .mean(cell.macroF1),
          hasDrop ? .mean(cell.accuracyDrop) : .missing,
          .number(drop?.lower), .number(drop?.upper), .mean(cell.success), .mean(cell.successGain),
          .mean(cell.collateral), .mean(cell.accuracyGain), .number(gain?.lower),
          .number(gain?.upper),
        ] + DetectionSummary.measures.map { .mean(cell.detection[keyPath: $0.path]) }
          + [.count(cell.accuracy.count)])
    }
  }
}

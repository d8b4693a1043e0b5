import Sweeps
import Testing

struct MeasureTests {
  @Test func namesTellThemApart() {
    for names in [
      Measure.allCases.map(\.key), Measure.allCases.map(\.metric), Measure.allCases.map(\.label),
    ] {
      #expect(Set(names).count == Measure.allCases.count, "\(names)")
    }
  }

  /// What users have in JSON, in MLflow and in tables of cells.
  @Test(arguments: [
    (Measure.accuracy, "accuracy", "test_accuracy_score", "accuracy"),
    (.accuracyDrop, "accuracy_drop", "test_accuracy_drop", "accuracy_drop"),
    (.accuracyGain, "accuracy_gain", "test_accuracy_gain", "accuracy_gain"),
    (.macroF1, "macro_f1", "test_f1_score", "f1"),
    (.macroF1Drop, "macro_f1_drop", "test_f1_drop", "f1_drop"),
    (.logLoss, "log_loss", "test_log_loss", "log_loss"),
    (.success, "attack_success", "test_attack_success", "attack_success"),
    (.successGain, "attack_success_gain", "test_attack_success_gain", "attack_success_gain"),
    (.collateral, "attack_collateral", "test_attack_collateral", "attack_collateral"),
    (.precision, "precision", "defense_precision", "precision"),
    (.falseAlarmRate, "false_alarm_rate", "defense_false_alarm_rate", "false_alarm_rate"),
  ])
  func namesStay(_ measure: Measure, key: String, metric: String, label: String) {
    #expect(measure.key == key && measure.metric == metric && measure.label == label)
  }
}

import Sweeps
import Testing

struct MeasureTests {
  /// Stores hold their sums in these columns in this order, and are read by place.
  @Test func storesKeepTheirColumns() throws {
    let columns = """
      seed_count correct_sum correct_square_sum paired_count drop_sum drop_square_sum \
      defended_count gain_sum gain_square_sum macro_f1_count macro_f1_mean macro_f1_squares \
      macro_f1_drop_count macro_f1_drop_mean macro_f1_drop_squares log_loss_count \
      log_loss_mean log_loss_squares success_count success_mean success_squares \
      success_gain_count success_gain_mean success_gain_squares collateral_count \
      collateral_mean collateral_squares precision_count precision_mean precision_squares \
      recall_count recall_mean recall_squares false_alarm_rate_count false_alarm_rate_mean \
      false_alarm_rate_squares roc_auc_count roc_auc_mean roc_auc_squares \
      precision_at_budget_count precision_at_budget_mean precision_at_budget_squares
      """
    #expect(Measure.storedColumns == columns.split(separator: " ").map(String.init))
  }

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

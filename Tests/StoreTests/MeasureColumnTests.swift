import Store
import Sweeps
import Testing

struct MeasureColumnTests {
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
}

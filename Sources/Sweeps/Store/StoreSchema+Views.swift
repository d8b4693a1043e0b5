extension StoreSchema {
  /// The view `cell_summary`: statistics of each cell over all its seeds.
  static let cellSummaryView = """
    CREATE VIEW cell_summary AS
      -- One row a cell. Intervals are mean ± 1.959964·sd/√fits: those of the normal distribution;
      -- Student's t, which the program itself uses, is wider where there are few fits.
      -- Products that do not fit 64 bits are rounded to doubles by SQLite.
      WITH sums AS (
        SELECT cell, sum(seed_count) AS fits, sum(correct_sum) AS c, sum(correct_square_sum) AS cc,
          sum(paired_count) AS pairs, sum(drop_sum) AS d, sum(drop_square_sum) AS dd,
          sum(defended_count) AS defended, sum(gain_sum) AS g, sum(gain_square_sum) AS gg,
          sum(macro_f1_count * macro_f1_mean) / sum(macro_f1_count) AS macro_f1,
          sum(macro_f1_drop_count * macro_f1_drop_mean) / sum(macro_f1_drop_count)
            AS macro_f1_drop,
          -- NULL, not the mean of the rest, where one block has no number.
          CASE WHEN sum(log_loss_count > 0 AND log_loss_mean IS NULL) = 0
            THEN sum(log_loss_count * log_loss_mean) / sum(log_loss_count) END AS log_loss,
          sum(success_count * success_mean) / sum(success_count) AS success,
          sum(success_gain_count * success_gain_mean) / sum(success_gain_count) AS success_gain,
          sum(collateral_count * collateral_mean) / sum(collateral_count) AS collateral,
          sum(precision_count * precision_mean) / sum(precision_count) AS precision,
          sum(recall_count * recall_mean) / sum(recall_count) AS recall,
          sum(false_alarm_rate_count * false_alarm_rate_mean) / sum(false_alarm_rate_count)
            AS false_alarm_rate,
          sum(roc_auc_count * roc_auc_mean) / sum(roc_auc_count) AS roc_auc,
          sum(precision_at_budget_count * precision_at_budget_mean)
            / sum(precision_at_budget_count) AS precision_at_budget,
          sum(converged) AS converged, sum(iteration_limit) AS iteration_limit,
          sum(overflow) AS overflow, sum(constant) AS constant, sum(iterations) AS iterations
        FROM result GROUP BY cell
      ),
      spreads AS (
        SELECT sums.*, validation_rows AS rows,
          CASE WHEN fits > 1
            THEN sqrt(max(fits * cc - c * c, 0) / (1.0 * fits * (fits - 1))) END AS c_sd,
          CASE WHEN pairs > 1
            THEN sqrt(max(pairs * dd - d * d, 0) / (1.0 * pairs * (pairs - 1))) END AS d_sd,
          CASE WHEN defended > 1 THEN sqrt(max(defended * gg - g * g, 0)
            / (1.0 * defended * (defended - 1))) END AS g_sd
        FROM sums, plan
      )
      SELECT cell, attack, level, attacked_rows, added_rows, defense, model, parameters, coalesce(fits, 0) AS fits,
        c / (1.0 * fits * rows) AS accuracy,
        c_sd / rows AS accuracy_sd,
        (1.0 * c / fits - 1.959964 * c_sd / sqrt(fits)) / rows AS accuracy_ci95_low,
        (1.0 * c / fits + 1.959964 * c_sd / sqrt(fits)) / rows AS accuracy_ci95_high,
        d / (1.0 * pairs * rows) AS accuracy_drop,
        d_sd / rows AS accuracy_drop_sd,
        (1.0 * d / pairs - 1.959964 * d_sd / sqrt(pairs)) / rows AS accuracy_drop_ci95_low,
        (1.0 * d / pairs + 1.959964 * d_sd / sqrt(pairs)) / rows AS accuracy_drop_ci95_high,
        g / (1.0 * defended * rows) AS accuracy_gain,
        g_sd / rows AS accuracy_gain_sd,
        (1.0 * g / defended - 1.959964 * g_sd / sqrt(defended)) / rows AS accuracy_gain_ci95_low,
        (1.0 * g / defended + 1.959964 * g_sd / sqrt(defended)) / rows AS accuracy_gain_ci95_high,
        macro_f1, macro_f1_drop, log_loss, success, success_gain, collateral,
        precision, recall, false_alarm_rate, roc_auc, precision_at_budget,
        coalesce(iteration_limit + overflow, 0) AS unconverged, coalesce(converged, 0) AS converged,
        coalesce(iteration_limit, 0) AS iteration_limit, coalesce(overflow, 0) AS overflow,
        coalesce(constant, 0) AS constant, coalesce(iterations, 0) AS iterations
      FROM cell LEFT JOIN spreads USING (cell);
    """

  /// The view `fit`: the counts of `result.correct`, one row each.
  ///
  /// `instr` finds a byte in the sequence of all bytes at its value + 1: twice as fast as the digits
  /// of `hex`. `CROSS JOIN` keeps SQLite from reading every blob anew for each position.
  static func fitView(width: CountWidth) -> String {
    let bytes = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let count = (0..<width.byteCount).map { byte in
      "(instr(bytes.x, substr(correct, \(width.byteCount) * n + \(byte + 1), 1)) - 1)"
        + " * \(1 << (8 * byte))"
    }.joined(separator: "\n          + ")
    return """
      CREATE VIEW fit AS
        -- One row a fit: the counts of result.correct.
        WITH RECURSIVE place(n) AS (
          SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < \(SeedBlock.capacity)
        ),
        bytes(x) AS (SELECT X'\(bytes)'),
        counts AS (
          SELECT block.first_seed + n AS seed, attack, level, attacked_rows, added_rows, defense, model, parameters,
            \(count) AS correct,
            validation_rows
          FROM plan CROSS JOIN bytes CROSS JOIN block
            CROSS JOIN result ON result.block = block.block
            CROSS JOIN cell ON cell.cell = result.cell
            CROSS JOIN place ON n < result.seed_count
        )
        SELECT seed, attack, level, attacked_rows, added_rows, defense, model, parameters, correct, validation_rows,
          1.0 * correct / validation_rows AS accuracy
        FROM counts;
      """
  }
}

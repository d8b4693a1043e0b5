import Sweeps

extension StoreSchema {
  /// The view `cell_summary`: statistics of each cell over all its seeds.
  static var cellSummaryView: String {
    let list = { (part: (Measure.Row) -> String) in
      Measure.rows.map(part).filter { !$0.isEmpty }.joined(separator: ",\n    ")
    }
    return """
      CREATE VIEW cell_summary AS
        -- One row a cell. Intervals are mean ± 1.959964·sd/√fits: those of the normal distribution;
        -- Student's t, which the program itself uses, is wider where there are few fits, and so is what the
        -- number of rows adds.
        -- Products that do not fit 64 bits are rounded to doubles by SQLite.
        WITH sums AS (
          SELECT cell,
          \(list(\.summed)),
            sum(converged) AS converged, sum(iteration_limit) AS iteration_limit,
            sum(overflow) AS overflow, sum(constant) AS constant, sum(iterations) AS iterations
          FROM result GROUP BY cell
        ),
        spreads AS (
          SELECT sums.*, validation_rows AS rows,
          \(list(\.spread))
          FROM sums, plan
        )
        SELECT cell, attack, level, attacked_rows, added_rows, defense, model, parameters,
          coalesce(accuracy_n, 0) AS fits,
          \(list(\.shown)),
          coalesce(iteration_limit + overflow, 0) AS unconverged, coalesce(converged, 0) AS converged,
          coalesce(iteration_limit, 0) AS iteration_limit, coalesce(overflow, 0) AS overflow,
          coalesce(constant, 0) AS constant, coalesce(iterations, 0) AS iterations
        FROM cell LEFT JOIN spreads USING (cell);
      """
  }

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
            validation_rows,
            CASE WHEN converged = result.seed_count THEN 'converged' ELSE
              CASE substr(outcomes, n + 1, 1) WHEN X'00' THEN 'converged' WHEN X'01' THEN 'iteration-limit'
                WHEN X'02' THEN 'overflow' WHEN X'03' THEN 'constant' END END AS outcome
          FROM plan CROSS JOIN bytes CROSS JOIN block
            CROSS JOIN result ON result.block = block.block
            CROSS JOIN cell ON cell.cell = result.cell
            LEFT JOIN outcome ON outcome.block = result.block AND outcome.cell = result.cell
            CROSS JOIN place ON n < result.seed_count
        )
        SELECT seed, attack, level, attacked_rows, added_rows, defense, model, parameters, correct, validation_rows,
          1.0 * correct / validation_rows AS accuracy, outcome
        FROM counts;
      """
  }
}

/// The columns of a measure in the view of cells.
extension Measure.Row {
  /// Its sums over blocks.
  fileprivate var summed: String {
    let columns = storedColumns
    guard counts == nil else {
      return zip(columns, ["n", "s", "ss"]).map { "sum(\($0)) AS \(column)_\($1)" }
        .joined(separator: ", ")
    }
    // NULL, not the mean of the rest, where one block has no number.
    return "CASE WHEN sum(\(columns[0]) > 0 AND \(columns[1]) IS NULL) = 0 "
      + "THEN sum(\(columns[0]) * \(columns[1])) / sum(\(columns[0])) END AS \(column)"
  }

  /// Its standard deviation in rows; nothing for moments.
  fileprivate var spread: String {
    let (n, s, ss) = ("\(column)_n", "\(column)_s", "\(column)_ss")
    return counts == nil
      ? ""
      : "CASE WHEN \(n) > 1 THEN sqrt(max(\(n) * \(ss) - \(s) * \(s), 0) / (1.0 * \(n) * (\(n) - 1))) "
        + "END AS \(column)_d"
  }

  /// Its columns.
  fileprivate var shown: String {
    let (n, s, d) = ("\(column)_n", "\(column)_s", "\(column)_d")
    let limit = { (sign: String, name: String) in
      "min(max((1.0 * \(s) / \(n) \(sign) 1.959964 * \(d) / sqrt(\(n))) / rows, "
        + "\(column == "accuracy" ? 0 : -1)), 1) AS \(column)_ci95_\(name)"
    }
    return counts == nil
      ? column
      : "\(s) / (1.0 * \(n) * rows) AS \(column), \(d) / rows AS \(column)_sd, "
        + "\(limit("-", "low")), \(limit("+", "high"))"
  }
}

import Foundation
import Sweeps

/// Joint curves of rows and poison as a table: a row for each attack and model.
struct JointCurveTable {
  /// The names of the columns; the first three are text.
  let header: [String]

  /// The cells, row by row.
  let rows: [[String]]

  /// How the table is read.
  static let reading = [
    "J1: a − b·(n(1 − κp)^γ)^−c, poison dilutes; J2: J1 − δ·p^r, and takes what no number of rows gives back;",
    "J3: a(p) − b(p)·n^−c. The form that foresees the largest size best is taken; in brackets the errors of all",
    "there, in standard errors: well above 1 says that none fits, and that its limits are worth little.",
  ]

  /// The table of some curves; nil for none.
  init?(_ curves: [JointCurve]) {
    guard let first = curves.first else { return nil }
    let levels = first.lasting.map { Numbers.fixed($0.level * 100, 0) }
    header =
      ["attack", "model", "curve"] + ["κ", "γ"] + levels.map { "lost at \($0) %, n → ∞" }
    rows = curves.map { curve in
      let errors = curve.heldOutErrors.map { Numbers.fixed($0.error, 1) }
      return [
        curve.attack, curve.model,
        "\(curve.fit.family.rawValue) (\(errors.joined(separator: ", ")))",
      ] + ["κ", "γ"].map { CurveText.number(curve.parameter($0), decimals: 2) }
        + curve.lasting.map {
          curve.fit.family == .dilution ? "0" : CurveText.points($0.loss)
        }
    }
  }

  /// The table as text.
  var lines: [String] {
    var table = TextTable(
      header.enumerated().map { ($0.element, $0.offset < 3 ? .left : .right) })
    for row in rows { table.append(row) }
    return table.lines
  }
}

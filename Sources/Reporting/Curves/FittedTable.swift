import Foundation
import Sweeps

/// A table of fitted curves, as text and in pages.
struct FittedTable {
  /// The names of the columns.
  let header: [String]

  /// The cells, row by row.
  let rows: [[String]]

  /// Number of columns of text, before those of numbers.
  let textColumns: Int

  /// The table as text.
  var lines: [String] {
    var table = TextTable(
      header.enumerated().map { ($0.element, $0.offset < textColumns ? .left : .right) })
    for row in rows { table.append(row) }
    return table.lines
  }
}

extension FittedTable {
  /// How `joint` is read.
  static let readingJoint = [
    "J1: a − b·(n(1 − κp)^γ)^−c, poison dilutes; J2: J1 − δ·p^r, and takes what no number of rows gives back;",
    "J3: a(p) − b(p)·n^−c. The form that foresees the largest size best is taken; in brackets the errors of all",
    "there, in standard errors: well above 1 says that none fits, and that its limits are worth little.",
  ]

  /// How `learning` and `foreseen` are read.
  static let readingLearning = [
    "The family is the one that foresees the two largest sizes best; its error there is in standard",
    "errors: well above 1 says that no family fits, and that nothing it foresees is worth much. What is",
    "approached, and what is foreseen, has an interval over all families that are not surely worse there.",
  ]

  /// Curves of rows and poison, a row for each attack and model; nil for none.
  static func joint(_ curves: [JointCurve]) -> FittedTable? {
    guard let first = curves.first else { return nil }
    let levels = first.lasting.map { Numbers.fixed($0.level * 100, 0) }
    return FittedTable(
      header: ["attack", "model", "curve", "κ", "γ"] + levels.map { "lost at \($0) %, n → ∞" },
      rows: curves.map { curve in
        let errors = curve.heldOutErrors.map { Numbers.fixed($0.error, 1) }
        return [
          curve.attack, curve.model,
          "\(curve.fit.family.rawValue) (\(errors.joined(separator: ", ")))",
        ] + ["κ", "γ"].map { CurveText.number(curve.parameter($0), decimals: 2) }
          + curve.lasting.map {
            curve.fit.family == .dilution ? "0" : CurveText.points($0.loss)
          }
      }, textColumns: 3)
  }

  /// Curves over sizes without poison, a row for each model; nil for none.
  static func learning(_ curves: [(model: String, curve: LearningCurve)]) -> FittedTable? {
    guard !curves.isEmpty else { return nil }
    return FittedTable(
      header: ["model", "curve", "as good", "held-out error", "approaches", "parameters"],
      rows: curves.map { model, curve in
        [
          model, curve.fit.family.rawValue, others(curve), Numbers.fixed(curve.heldOutError, 1),
          CurveText.points(curve.asymptote), CurveText.parameters(curve),
        ]
      }, textColumns: 3)
  }

  /// Recovery factors beyond the largest size, a row for each answer without one; nil for none.
  static func foreseen(_ foresights: [Foresight]) -> FittedTable? {
    guard !foresights.isEmpty else { return nil }
    return FittedTable(
      header: [
        "attack", "poison", "model", "defence", "curve", "as good", "held-out error", "R foreseen",
        "approaches",
      ],
      rows: foresights.map { foresight in
        let (answer, curve) = (foresight.answer, foresight.curve)
        return [
          answer.attack, "\(answer.level)", answer.model, answer.defense,
          curve.fit.family.rawValue, others(curve), Numbers.fixed(curve.heldOutError, 1),
          CurveText.factor(foresight.factor, reach: 10 * (1 + answer.reach) - 1),
          CurveText.points(curve.asymptote),
        ]
      }, textColumns: 6)
  }

  /// The families that foresee as well as the one of a curve.
  private static func others(_ curve: LearningCurve) -> String {
    let names = curve.rivals.dropFirst().map(\.rawValue)
    return names.isEmpty ? "–" : names.joined(separator: ", ")
  }
}

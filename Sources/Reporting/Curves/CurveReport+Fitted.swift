import Analyses
import Sweeps

extension CurveReport {
  /// Curves fitted to all sizes and levels, to sizes without poison, and what they say beyond them.
  var fitted: [Answer.Section?] {
    [
      jointly(surface.jointCurves), learning(surface.learningCurves),
      foreseen(answers.compactMap(surface.foresight)),
    ]
  }

  /// Curves of rows and poison, a row for each attack and model.
  private func jointly(_ curves: [JointCurve]) -> Answer.Section? {
    let levels = curves.first?.lasting.map { Numbers.fixed($0.level * 100, 0) } ?? []
    return Answer.Section(
      "One curve for all sizes and levels, fitted",
      Table(
        [.text("attack"), .text("model"), .text("curve"), .number("κ"), .number("γ")]
          + levels.map { .percent("lost at \($0) %, n → ∞") },
        rows: curves.map { curve in
          let errors = curve.heldOutErrors.map { Numbers.fixed($0.error, 1) }
          return [
            .text(curve.attack), .text(curve.model),
            .text("\(curve.fit.family.rawValue) (\(errors.joined(separator: ", ")))"),
          ] + ["κ", "γ"].map { CurveText.value(curve.parameter($0), 2) }
            + curve.lasting.map { lasting in
              curve.fit.family == .dilution
                ? Table.Value.number(0).shown(as: "0") : .estimate(lasting.loss)
            }
        },
        notes: [
          "J1: a − b·(n(1 − κp)^γ)^−c, poison dilutes; J2: J1 − δ·p^r, and takes what no number of rows "
            + "gives back; J3: a(p) − b(p)·n^−c. The form that foresees the largest size best is taken; in "
            + "brackets the errors of all there, in standard errors: well above 1 says that none fits, and "
            + "that its limits are worth little. \(Self.untold)"
        ]))
  }

  /// Curves over sizes without poison, a row for each model.
  private func learning(_ curves: [(model: String, curve: LearningCurve)]) -> Answer.Section? {
    Answer.Section(
      "Learning curves without poison, fitted",
      Table(
        [
          .text("model"), .text("curve"), .text("as good"), .number("held-out error", 1),
          .percent("approaches"), .text("parameters"),
        ],
        rows: curves.map { model, curve in
          [
            .text(model), .text(curve.fit.family.rawValue), .text(CurveText.rivals(curve)),
            .number(curve.heldOutError), .estimate(curve.asymptote),
            .text(CurveText.parameters(curve)),
          ]
        },
        notes: [
          "The family is the one that foresees the two largest sizes best; its error there is in standard "
            + "errors: well above 1 says that no family fits, and that nothing it foresees is worth much. "
            + "What is approached, and what is foreseen, has an interval over all families that are not "
            + "surely worse there. \(Self.untold)"
        ]))
  }

  /// Why there is no number.
  private static let untold =
    "–: these sizes do not tell it; of a limit, it may be further from the largest size than that is from "
    + "the smallest."

  /// Recovery factors beyond the largest size, a row for each answer without one.
  private func foreseen(_ foresights: [Foresight]) -> Answer.Section? {
    Answer.Section(
      "Beyond the largest size: extrapolated, not measured",
      Table(
        [
          .text("attack"), .level, .text("model"), .text("defence", key: "defense"),
          .text("curve"), .text("as good"), .number("held-out error", 1), .percent("R foreseen"),
          .percent("approaches"),
        ],
        rows: foresights.map { foresight in
          let (answer, curve) = (foresight.answer, foresight.curve)
          return [
            .text(answer.attack), .level(answer.level), .text(answer.model), .text(answer.defense),
            .text(curve.fit.family.rawValue), .text(CurveText.rivals(curve)),
            .number(curve.heldOutError),
            .estimate(
              foresight.factor,
              label: CurveText.factor(foresight.factor, reach: 10 * (1 + answer.reach) - 1)),
            .estimate(curve.asymptote),
          ]
        }))
  }
}

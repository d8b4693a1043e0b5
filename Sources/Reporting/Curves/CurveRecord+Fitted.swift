import Analyses
import Poisoning
import Sweeps

/// Fitted curves for machines.
extension CurveRecord {
  struct Parameter: Encodable {
    let letter: String
    let estimate: Estimate
  }

  struct Joint: Encodable {
    struct Lasting: Encodable {
      let level: Double
      let loss: Estimate
    }

    let attack: String
    let model: String
    let form: CurveFamily
    /// At the largest size, held out, in standard errors, by form.
    let heldOutErrors: [String: Double]
    let parameters: [Parameter]
    /// What is lost however many rows there are, if the form is right.
    let lasting: [Lasting]

    init(_ curve: JointCurve) {
      (attack, model, form) = (curve.attack, curve.model, curve.fit.family)
      heldOutErrors = Dictionary(
        uniqueKeysWithValues: curve.heldOutErrors.map { ($0.family.rawValue, $0.error) })
      let letters = curve.fit.family.letters(levels: curve.fit.levels)
      parameters = zip(letters, curve.parameters).map { Parameter(letter: $0, estimate: $1) }
      lasting = curve.lasting.map { Lasting(level: $0.level, loss: $0.loss) }
    }
  }

  struct Fitted: Encodable {
    let family: CurveFamily
    /// At the two largest sizes, held out, in standard errors.
    let heldOutError: Double
    /// The families that foresee them as well.
    let asGood: [CurveFamily]
    let parameters: [Parameter]
    /// Over all of these families.
    let approaches: Estimate

    init(_ curve: LearningCurve) {
      family = curve.fit.family
      heldOutError = curve.heldOutError
      asGood = Array(curve.rivals.dropFirst())
      parameters = zip("abcd", curve.parameters).map { Parameter(letter: "\($0)", estimate: $1) }
      approaches = curve.asymptote
    }
  }

  /// A curve over sizes without poison.
  struct Learning: Encodable {
    let model: String
    let curve: Fitted
  }

  /// A recovery factor beyond the largest size: extrapolated.
  struct Foreseen: Encodable {
    let attack: String
    let level: PoisonLevel
    let model: String
    let defense: String
    let recoveryFactor: Estimate
    let curve: Fitted

    init(_ foresight: Foresight) {
      let answer = foresight.answer
      (attack, level) = (answer.attack, answer.level)
      (model, defense) = (answer.model, answer.defense)
      (recoveryFactor, curve) = (foresight.factor, Fitted(foresight.curve))
    }
  }
}

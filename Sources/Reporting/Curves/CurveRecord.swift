public import Analyses
import Datasets
import Models
import Poisoning
import Statistics
import Store
public import Sweeps
public import Validation

/// A study of curves for machines: every answer, and every mean behind it.
public struct CurveRecord: Encodable, Sendable {
  struct Answer: Encodable {
    let attack: String
    let level: PoisonLevel
    let model: String
    let defense: String
    let rows: Int
    let largestFactor: Double
    let cleanAccuracy: Estimate
    let accuracy: Estimate
    let loss: Estimate
    let lostRows: Estimate?
    let activeHarm: Estimate?
    let gain: Estimate?
    /// R by tolerance.
    let recoveryFactor: [String: Estimate]
    /// The smallest share of added rows at which accuracy is surely back to one point.
    let recoveredShare: Double?
    /// That a defence brings it back to one point, by two one-sided tests.
    let equivalenceP: Double?
    let exchangeRate: Estimate?
    let effectiveRows: Estimate?
    let gamma: Estimate?
    let probeRows: Int?
    let probeLoss: Estimate?
    /// e, where the loss falls as n^−e.
    let probeDecay: Estimate?
    let cause: PoisonAnswer.Cause?
    let rises: Bool
  }

  struct Point: Encodable {
    let attack: String
    let level: Double
    let defense: String
    let model: String
    let attackedRows: Int
    let addedRows: Int
    let accuracy: Double
    let standardError: Double
  }

  struct Parameter: Encodable {
    let letter: String
    /// Absent where data do not tell it.
    let estimate: Estimate?
  }

  struct Joint: Encodable {
    struct Lasting: Encodable {
      let level: Double
      /// Absent where the sizes do not tell.
      let loss: Estimate?
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
      parameters = curve.identified.map { Parameter(letter: $0.letter, estimate: $0.estimate) }
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
    /// Over all of these families; absent where the sizes do not tell.
    let approaches: Estimate?

    init(_ curve: LearningCurve) {
      family = curve.fit.family
      heldOutError = curve.heldOutError
      asGood = Array(curve.rivals.dropFirst())
      parameters = zip("abcd", curve.parameters).map {
        Parameter(letter: "\($0)", estimate: $1.isIdentified ? $1 : nil)
      }
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

  let program = Program.name
  let version = Program.version
  let dataset: DatasetRecord
  let generator: String?
  let models: [ModelRecord]
  let rows: Int
  let validationRows: Int
  /// The file whose rows models are judged on; absent where those are a share of the data.
  let validation: ValidationFile?
  let firstSeed: Int
  let seeds: Int
  let claims: [QuantityClaims.Row]
  let answers: [Answer]
  let jointCurves: [Joint]
  let learningCurves: [Learning]
  let foreseen: [Foreseen]
  let points: [Point]
  let sentences: [String]
  /// What makes accuracy on the data doubtful; absent where nothing does.
  let suspicions: [Suspicion]?

  /// The record of a study.
  public init(
    _ study: Study, _ surface: AccuracySurface, _ answers: [PoisonAnswer], firstSeed: UInt32,
    suspicions: [Suspicion] = []
  ) {
    self.suspicions = suspicions.isEmpty ? nil : suspicions
    dataset = DatasetRecord(study)
    validation = study.validationFile
    generator = if case .generator(let choice, _, _) = study.source { choice.rawValue } else { nil }
    models = study.models.map(ModelRecord.init)
    rows = surface.base
    validationRows = study.validationCount
    self.firstSeed = Int(firstSeed)
    seeds = surface.seedCount
    claims = StudyFacts(study).isIris ? QuantityClaims(answers).rows : []
    self.answers = answers.map { answer in
      Answer(
        attack: answer.attack, level: answer.level, model: answer.model, defense: answer.defense,
        rows: answer.rows, largestFactor: answer.reach, cleanAccuracy: answer.cleanAccuracy,
        accuracy: answer.accuracy, loss: answer.loss, lostRows: answer.lostRows,
        activeHarm: answer.harm, gain: answer.gain,
        recoveryFactor: Dictionary(
          uniqueKeysWithValues: answer.recovery.map { ("\($0.tolerance)", $0.factor) }),
        recoveredShare: answer.recovered, equivalenceP: answer.equivalence,
        exchangeRate: answer.exchangeRate, effectiveRows: answer.effectiveRows,
        gamma: answer.dilution, probeRows: answer.probe?.rows, probeLoss: answer.probe?.loss,
        probeDecay: answer.decay, cause: answer.cause, rises: answer.isRising)
    }
    jointCurves = surface.jointCurves.map(Joint.init)
    learningCurves = surface.learningCurves.map {
      Learning(model: $0.model, curve: Fitted($0.curve))
    }
    foreseen = answers.compactMap(surface.foresight).map(Foreseen.init)
    points = surface.cells.enumerated().compactMap { index, cell in
      surface.means[index].isNaN
        ? nil
        : Point(
          attack: cell.attackName, level: cell.level.share, defense: cell.defenseName,
          model: cell.modelName, attackedRows: cell.rows.attacked, addedRows: cell.rows.added,
          accuracy: surface.means[index], standardError: surface.standardErrors[index])
    }
    sentences = CurveAnswer.sentences(answers)
  }
}

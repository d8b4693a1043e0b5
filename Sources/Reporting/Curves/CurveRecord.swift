public import Analyses
import Datasets
import Models
import Poisoning
import Statistics
package import Store
public import Sweeps

/// A study of curves for machines: every answer, and every mean behind it.
public struct CurveRecord: Encodable, Sendable {
  struct EstimateRecord: Encodable {
    /// Null where it is beyond the sizes measured.
    let value: Double?
    /// Ends are null where they are.
    let ci95: [Double?]
    /// The share of resamples in which no size reaches it.
    let censored: Double

    init(_ estimate: Estimate) {
      let finite = { (value: Double) in value.isFinite ? value : nil }
      value = finite(estimate.value)
      ci95 = [finite(estimate.interval.lower), finite(estimate.interval.upper)]
      censored = estimate.censoredShare
    }
  }

  struct Answer: Encodable {
    let attack: String
    let level: Double
    let model: String
    let defense: String
    let rows: Int
    let largestFactor: Double
    let cleanAccuracy: EstimateRecord
    let accuracy: EstimateRecord
    let loss: EstimateRecord
    let lostRows: EstimateRecord?
    let activeHarm: EstimateRecord?
    let gain: EstimateRecord?
    /// R by tolerance.
    let recoveryFactor: [String: EstimateRecord]
    /// The smallest share of added rows at which accuracy is surely back to one point.
    let recoveredShare: Double?
    /// That a defence brings it back to one point, by two one-sided tests.
    let equivalenceP: Double?
    let exchangeRate: EstimateRecord?
    let effectiveRows: EstimateRecord?
    let gamma: EstimateRecord?
    let probeRows: Int?
    let probeLoss: EstimateRecord?
    /// e, where the loss falls as n^−e.
    let probeDecay: EstimateRecord?
    let cause: PoisonAnswer.Cause?
    let rises: Bool
  }

  struct Claim: Encodable {
    let level: Double
    let claim: String
    let attack: String
    let model: String
    let recoveryFactor: EstimateRecord
    let verdict: String
    /// After Holm's correction for all claims.
    let adjustedP: Double
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

  let program: String
  let version: String
  let dataset: DatasetRecord
  let generator: String?
  let models: [ModelRecord]
  let rows: Int
  let validationRows: Int
  let firstSeed: Int
  let seeds: Int
  let claims: [Claim]
  let answers: [Answer]
  let jointCurves: [Joint]
  let learningCurves: [Learning]
  let foreseen: [Foreseen]
  let points: [Point]
  let sentences: [String]

  /// The record of a study.
  public init(
    _ study: Study, _ surface: AccuracySurface, _ answers: [PoisonAnswer], firstSeed: UInt32
  ) {
    program = Program.name
    version = Program.version
    dataset = DatasetRecord(study.dataset)
    generator = if case .generator(let choice, _, _) = study.source { choice.rawValue } else { nil }
    models = study.models.map(ModelRecord.init)
    rows = surface.base
    validationRows = study.validationCount
    self.firstSeed = Int(firstSeed)
    seeds = surface.seedCount
    claims =
      StudyFacts(study).isIris
      ? QuantityClaims(answers).rows.map { row in
        Claim(
          level: row.level.share, claim: row.claim, attack: row.attack, model: row.model,
          recoveryFactor: EstimateRecord(row.factor), verdict: row.verdict,
          adjustedP: row.adjustedP)
      } : []
    self.answers = answers.map { answer in
      Answer(
        attack: answer.attack, level: answer.level.share, model: answer.model,
        defense: answer.defense, rows: answer.rows, largestFactor: answer.reach,
        cleanAccuracy: EstimateRecord(answer.cleanAccuracy),
        accuracy: EstimateRecord(answer.accuracy), loss: EstimateRecord(answer.loss),
        lostRows: answer.lostRows.map(EstimateRecord.init),
        activeHarm: answer.harm.map(EstimateRecord.init),
        gain: answer.gain.map(EstimateRecord.init),
        recoveryFactor: Dictionary(
          uniqueKeysWithValues: answer.recovery.map {
            ("\($0.tolerance)", EstimateRecord($0.factor))
          }),
        recoveredShare: answer.recovered, equivalenceP: answer.equivalence,
        exchangeRate: answer.exchangeRate.map(EstimateRecord.init),
        effectiveRows: answer.effectiveRows.map(EstimateRecord.init),
        gamma: answer.dilution.map(EstimateRecord.init), probeRows: answer.probe?.rows,
        probeLoss: answer.probe.map { EstimateRecord($0.loss) },
        probeDecay: answer.decay.map(EstimateRecord.init), cause: answer.cause,
        rises: answer.isRising)
    }
    jointCurves = surface.jointCurves.map(Joint.init)
    learningCurves = surface.learningCurves.map(Learning.init)
    foreseen = answers.compactMap(surface.foresight).map(Foreseen.init)
    points = surface.cells.enumerated().compactMap { index, cell in
      surface.means[index].isNaN
        ? nil
        : Point(
          attack: cell.attackName, level: cell.level.share, defense: cell.defenseName,
          model: cell.modelName, attackedRows: cell.rows.attacked, addedRows: cell.rows.added,
          accuracy: surface.means[index], standardError: surface.standardErrors[index])
    }
    sentences = CurveAnswer(answers)?.sentences ?? []
  }
}

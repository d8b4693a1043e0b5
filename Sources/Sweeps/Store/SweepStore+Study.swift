public import Datasets
import Defenses
import Documents
import Foundation
import Models
import Poisoning

extension SweepStore {
  /// The study that the store belongs to, from the same data.
  ///
  /// - Throws: `StoreError.otherStudy` for other data; `.otherEngine` where this program's results
  ///   would have other bits; `.damaged` where the stored plan cannot be read.
  public func study(of dataset: Dataset) throws(StoreError) -> Study {
    guard dataset.digest == plan.datasetDigest else {
      throw .otherStudy(
        path: file.path, key: "dataset.digest", stored: plan.datasetDigest, wanted: dataset.digest)
    }
    guard plan.engineVersion == StudyEngine.version else {
      throw .otherEngine(
        path: file.path, found: plan.engineVersion, expected: StudyEngine.version)
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      let content = try decoder.decode(PlanContent.self, from: Data(plan.identity.utf8))
      let study = try content.study(of: dataset)
      let again = StudyIdentity(study, firstSeed: plan.firstSeed)
      guard again.text == plan.identity else {
        throw StoreError.damaged(path: file.path, reason: "its plan does not describe itself")
      }
      return study
    } catch let error as StoreError {
      throw error
    } catch {
      throw .damaged(path: file.path, reason: "its plan cannot be carried out: \(error)")
    }
  }
}

/// What of an identity makes a study, apart from the data.
private struct PlanContent: Decodable {
  struct ConditionContent: Decodable {
    let attack: String
    let level: Double
    let defense: String?
    let rows: [Int]?
  }

  struct GrowthContent: Decodable {
    let generator: GeneratorChoice?
    let pool: Int
    let validation: Int

    var source: RowSource {
      generator.map { .generator($0, pool: pool, validation: validation) } ?? .growing
    }
  }

  struct ModelContent: Decodable {
    let model: String
    let parameters: String
  }

  let validationShare: Double
  let trustedShare: Double?
  let scaler: ScalerKind
  let scalerPolicy: ScalerPolicy
  let growth: GrowthContent?
  let conditions: [ConditionContent]
  let models: [ModelContent]

  func study(of dataset: Dataset) throws -> Study {
    let conditions = try conditions.map { content in
      Condition(
        // At level 0 no attack does anything.
        attack: content.attack == "none"
          ? UniformNoise() : try AttackCatalog.attack(content.attack, for: dataset),
        level: try PoisonLevel(content.level),
        defense: try DefenseCatalog.chain(content.defense ?? "none", for: dataset),
        rows: content.rows.flatMap { rows in
          rows.count == 2 ? TrainingRows(attacked: rows[0], added: rows[1]) : nil
        })
    }
    let models = try models.map { content in
      try ModelChoice(Specification(content.model, list: content.parameters))
    }
    return try Study(
      dataset: dataset, validationShare: validationShare, trustedShare: trustedShare ?? 0,
      scaler: scaler,
      scalerPolicy: scalerPolicy, source: growth?.source ?? .split, conditions: conditions,
      models: models)
  }
}

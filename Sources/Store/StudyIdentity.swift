package import Datasets
import Defenses
import Documents
import Files
import Foundation
import LinAlg
import Models
import Poisoning
public import Sweeps

/// Everything that the bits of a study's results depend on.
///
/// The number of seeds is no part of it: more seeds continue the same study. Nor need conditions and models
/// be equal for results to be reused, as no cell depends on the others: they extend it.
public struct StudyIdentity: Sendable, Hashable, Codable {
  struct Data: Codable, Hashable, Sendable {
    let name: String
    let digest: String
    /// How columns of a file became features; left out where they are its numbers.
    let encoding: TableEncoding?
    /// Which rows stay on one side; left out where each stands for itself.
    let groups: Grouping?
    /// The column that weighs rows; left out where all count alike.
    let weights: String?
  }

  /// A state of the training rows.
  struct State: Codable, Hashable, Sendable {
    let attack: String
    let level: Double
    /// Left out where there is none.
    let defense: String?
    /// Rows attacked and rows added; left out where all are attacked.
    let rows: [Int]?
  }

  /// Where the rows of a seed come from.
  struct Growth: Codable, Hashable, Sendable {
    /// Left out for rows of the data set.
    let generator: GeneratorChoice?
    let pool: Int
    let validation: Int
  }

  /// A model with the parameters that matter, such as `C=1, tol=1e-08`.
  struct Learner: Codable, Hashable, Sendable {
    let model: String
    let parameters: String
  }

  let engine: Int
  let blockSize: Int
  // BLAS sums in an order that depends on its kernels, so the last bits do too.
  let blasKernel: String
  let dataset: Data
  /// The key of all random draws, in hexadecimal digits after `0x`.
  package let key: String
  let firstSeed: UInt32
  /// 0 where the rows of a file are judged on.
  package let validationShare: Double
  /// Left out where a share of the data is judged on.
  package let validation: ValidationFile?
  /// Left out where there is none.
  package let trustedShare: Double?
  package let scaler: ScalerKind
  package let scalerPolicy: ScalerPolicy
  /// Left out for plain splits.
  let growth: Growth?
  var conditions: [State]
  var models: [Learner]

  /// Describes a study whose seeds begin with `firstSeed`.
  public init(_ study: Study, firstSeed: UInt32) {
    engine = StudyEngine.version
    blockSize = SeedBlock.capacity
    blasKernel = BLAS.kernelName
    dataset = Data(
      name: study.dataset.name, digest: study.dataDigest, encoding: study.dataset.encoding,
      groups: study.grouping, weights: study.dataset.sampleWeights?.column)
    key = "0x" + String(study.key.bits, radix: 16)
    self.firstSeed = firstSeed
    validationShare = study.validationShare
    validation = study.validationFile
    trustedShare = study.trustedShare == 0 ? nil : study.trustedShare
    scaler = study.scaler
    scalerPolicy = study.scalerPolicy
    growth = Growth(study)
    conditions = study.conditions.map { condition in
      State(
        attack: condition.attackName, level: condition.level.share,
        defense: condition.defense.isEmpty ? nil : condition.defenseName,
        rows: condition.rows.map { [$0.attacked, $0.added] })
    }
    models = study.models.map { Learner(model: $0.model, parameters: $0.specification.list) }
  }

  init(text: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: Foundation.Data(text.utf8))
  }

  /// JSON without white space, keys sorted: equal studies have equal texts.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    guard let json = try? encoder.encode(self) else {
      preconditionFailure("A record of texts and finite numbers is always JSON")
    }
    return String(decoding: json, as: UTF8.self)
  }

  /// The SHA-256 of the text, as 64 lowercase hexadecimal digits.
  public var digest: String { Digest.hash(Array(text.utf8)).hexadecimal }

  /// The generator of the rows; nil for rows of the data set.
  package var generator: String? { growth?.generator?.rawValue }

  /// Which rows of the data stay on one side of a split; nil where each stands for itself.
  package var grouping: Grouping? { dataset.groups }

  /// The column that says how much rows count in fits; nil where all count alike.
  package var weights: String? { dataset.weights }

  /// What all cells have in common: two studies can share a store where this is equal.
  var common: StudyIdentity {
    var common = self
    (common.conditions, common.models) = ([], [])
    return common
  }

  /// The study with the conditions and models of another one, too.
  func extended(by other: StudyIdentity) -> StudyIdentity {
    var all = self
    all.conditions += other.conditions.filter { !conditions.contains($0) }
    all.models += other.models.filter { !models.contains($0) }
    return all
  }

  /// The study of this identity, from its data, and from the rows of the file that models are judged on.
  func study(of dataset: Dataset, validation: Dataset?) throws -> Study {
    guard key.hasPrefix("0x"), let bits = UInt64(key.dropFirst(2), radix: 16) else {
      throw FieldReader.Mismatch(column: "identity.key")
    }
    let conditions = try conditions.map { state in
      Condition(
        attack: state.attack == NoAttack().name
          ? NoAttack() : try AttackCatalog.attack(state.attack, for: dataset),
        level: try PoisonLevel(state.level),
        defense: try DefenseCatalog.chain(state.defense ?? "none", for: dataset),
        rows: state.rows.flatMap { rows in
          rows.count == 2 ? TrainingRows(attacked: rows[0], added: rows[1]) : nil
        })
    }
    return try Study(
      dataset: dataset, validation: validation, key: RandomKey(bits),
      validationShare: validationShare,
      trustedShare: trustedShare ?? 0, scaler: scaler, scalerPolicy: scalerPolicy,
      source: growth?.source ?? .split, conditions: conditions,
      models: try models.map { learner in
        try ModelChoice(Specification(learner.model, list: learner.parameters))
      })
  }
}

extension StudyIdentity.Growth {
  fileprivate init?(_ study: Study) {
    guard study.source.grows else { return nil }
    generator = if case .generator(let choice, _, _) = study.source { choice } else { nil }
    (pool, validation) = (study.trainingCount, study.validationCount)
  }

  fileprivate var source: RowSource {
    generator.map { .generator($0, pool: pool, validation: validation) } ?? .growing
  }
}

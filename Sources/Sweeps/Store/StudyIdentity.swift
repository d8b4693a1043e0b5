import Datasets
import Defenses
import Documents
import Files
import Foundation
import LinAlg
import Models
import Poisoning

/// Everything that the bits of a study's results depend on, as one text.
///
/// The number of seeds is no part of it: more seeds continue the same study.
public struct StudyIdentity: Sendable, Hashable {
  /// JSON without white space, keys sorted: equal studies have equal texts.
  public let text: String

  /// The SHA-256 of the text, as 64 lowercase hexadecimal digits.
  public let digest: String

  /// Describes a study whose seeds begin with `firstSeed`.
  public init(_ study: Study, firstSeed: UInt32) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    guard let json = try? encoder.encode(IdentityRecord(study, firstSeed: firstSeed)) else {
      preconditionFailure("A record of texts and finite numbers is always JSON")
    }
    text = String(decoding: json, as: UTF8.self)
    digest = Digest.hash(Array(json)).hexadecimal
  }
}

/// The content of the text of an identity.
private struct IdentityRecord: Encodable {
  struct DatasetRecord: Encodable {
    let name: String
    let digest: String
  }

  struct ConditionRecord: Encodable {
    let attack: String
    let level: Double
    /// Left out where there is none.
    let defense: String?
    /// Rows attacked and rows added; left out where all are attacked.
    let rows: [Int]?
  }

  struct SourceRecord: Encodable {
    /// Left out for rows of the data set.
    let generator: String?
    let pool: Int
    let validation: Int
  }

  struct ModelRecord: Encodable {
    let model: String
    let parameters: String
  }

  let engine = StudyEngine.version
  let blockSize = SeedBlock.capacity
  // BLAS sums in an order that depends on its kernels, so the last bits do too.
  let blasKernel = BLAS.kernelName
  let dataset: DatasetRecord
  let key: String
  let firstSeed: UInt32
  let validationShare: Double
  /// Left out where there is none.
  let trustedShare: Double?
  let scaler: String
  let scalerPolicy: String
  /// Left out for plain splits.
  let growth: SourceRecord?
  let conditions: [ConditionRecord]
  let models: [ModelRecord]

  init(_ study: Study, firstSeed: UInt32) {
    dataset = DatasetRecord(name: study.dataset.name, digest: study.dataset.digest)
    key = "0x" + String(study.key.bits, radix: 16)
    self.firstSeed = firstSeed
    validationShare = study.validationShare
    trustedShare = study.trustedShare == 0 ? nil : study.trustedShare
    scaler = study.scaler.rawValue
    scalerPolicy = study.scalerPolicy.rawValue
    growth = SourceRecord(study)
    conditions = study.conditions.map { condition in
      ConditionRecord(
        attack: condition.attackName, level: condition.level.share,
        defense: condition.defense.isEmpty ? nil : condition.defenseName,
        rows: condition.rows.map { [$0.attacked, $0.added] })
    }
    models = study.models.map { model in
      ModelRecord(model: model.model, parameters: model.specification.list)
    }
  }
}

extension IdentityRecord.SourceRecord {
  init?(_ study: Study) {
    guard study.source.grows else { return nil }
    if case .generator(let choice, _, _) = study.source {
      generator = choice.rawValue
    } else {
      generator = nil
    }
    (pool, validation) = (study.trainingCount, study.validationCount)
  }
}

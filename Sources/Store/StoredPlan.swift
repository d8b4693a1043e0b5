import Datasets
import Foundation
import GRDB
import LinAlg
package import Sweeps

/// What a store says of the study it belongs to.
public struct StoredPlan: Sendable, Equatable {
  /// The SHA-256 of the identity.
  public private(set) var digest: String

  /// The text of the study's identity.
  public private(set) var identity: String

  /// The name of the program that made the file.
  public let program: String

  /// The version of that program.
  public let programVersion: String

  /// The version of its results.
  public let engineVersion: Int

  /// The name of the data set.
  public let datasetName: String

  /// The SHA-256 of its content.
  public let datasetDigest: String

  /// The K class names, by class index.
  public let classNames: [String]

  /// Number of training rows of every split.
  public let trainingCount: Int

  /// Number of validation rows of every split.
  public let validationCount: Int

  /// The first of all seeds.
  public let firstSeed: UInt32

  /// Number of seeds of every block but the last.
  public let blockCapacity: Int

  /// When the file was made: UTC, as ISO 8601 has it.
  public let createdAt: String

  /// The processor of the machine that made it.
  public let processorName: String

  /// The number of its cores.
  public let coreCount: Int

  /// How counts are packed.
  var countWidth: CountWidth { CountWidth(holding: validationCount) }

  /// The plan of a study, made now on this machine.
  package init(_ study: Study, firstSeed: UInt32, program: String, version: String) {
    let identity = StudyIdentity(study, firstSeed: firstSeed)
    (self.identity, digest) = (identity.text, identity.digest)
    (self.program, programVersion) = (program, version)
    engineVersion = StudyEngine.version
    (datasetName, datasetDigest) = (study.dataset.name, study.dataDigest)
    classNames = study.dataset.classNames
    (trainingCount, validationCount) = (study.trainingCount, study.validationCount)
    (self.firstSeed, blockCapacity) = (firstSeed, SeedBlock.capacity)
    // To the millisecond, so that two stores of one study are told apart by it.
    createdAt = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(Date())
    processorName = Self.machine
    coreCount = Parallel.coreCount
  }

  /// The name of the processor as Linux has it, or `unknown`.
  private static var machine: String {
    let file = FileHandle(forReadingAtPath: "/proc/cpuinfo")
    let bytes = (try? file?.readToEnd()) ?? Data()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let fields = lines.first { $0.hasPrefix("model name") }?.split(separator: ":", maxSplits: 1)
    return fields?.last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  /// Reads the one row of the table.
  init(from database: Database) throws {
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM plan") else {
      throw FieldReader.Mismatch(column: "plan")
    }
    var fields = FieldReader(row)
    digest = try fields.value()
    identity = try fields.value()
    program = try fields.value()
    programVersion = try fields.value()
    engineVersion = try fields.value()
    datasetName = try fields.value()
    datasetDigest = try fields.value()
    classNames = try fields.json([String].self)
    trainingCount = try fields.value()
    validationCount = try fields.value()
    guard let seed = UInt32(exactly: try fields.value() as Int) else {
      throw FieldReader.Mismatch(column: "first_seed")
    }
    firstSeed = seed
    blockCapacity = try fields.value()
    let width: Int = try fields.value()
    guard width == CountWidth(holding: validationCount).byteCount, validationCount > 0 else {
      throw FieldReader.Mismatch(column: "count_width")
    }
    createdAt = try fields.value()
    processorName = try fields.value()
    coreCount = try fields.value()
  }

  /// Writes the row in place of the one before.
  func replace(in database: Database) throws {
    try database.replaceAll(
      of: "plan",
      by: [
        digest, identity, program, programVersion, engineVersion, datasetName, datasetDigest,
        try Database.json(classNames), trainingCount, validationCount, Int(firstSeed),
        blockCapacity, countWidth.byteCount, createdAt, processorName, coreCount,
      ])
  }
}

extension StoredPlan {
  /// The study; nil where the identity cannot be read.
  package var study: StudyIdentity? { try? StudyIdentity(text: identity) }

  /// The file whose rows models are judged on; nil where those are rows of the data.
  package var validationName: String? { study?.validation?.name }

  /// The same plan for a study with more conditions and models.
  func extended(to identity: StudyIdentity) -> StoredPlan {
    var plan = self
    (plan.identity, plan.digest) = (identity.text, identity.digest)
    return plan
  }
}

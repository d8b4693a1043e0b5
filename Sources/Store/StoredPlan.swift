import Datasets
import Foundation
import GRDB
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
    self.identity = identity.text
    digest = identity.digest
    self.program = program
    programVersion = version
    engineVersion = StudyEngine.version
    datasetName = study.dataset.name
    datasetDigest = study.dataset.digest
    classNames = study.dataset.classNames
    trainingCount = study.trainingCount
    validationCount = study.validationCount
    self.firstSeed = firstSeed
    blockCapacity = SeedBlock.capacity
    // To the millisecond, so that two stores of one study are told apart by it.
    createdAt = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(Date())
    processorName = Machine.processorName
    coreCount = Machine.coreCount
  }

  /// Reads the one row of the table.
  init(from database: Database) throws {
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM plan") else {
      throw FieldReader.Mismatch(column: "plan")
    }
    var fields = FieldReader(row)
    digest = try fields.text()
    identity = try fields.text()
    program = try fields.text()
    programVersion = try fields.text()
    engineVersion = try fields.integer()
    datasetName = try fields.text()
    datasetDigest = try fields.text()
    classNames = try fields.json([String].self)
    trainingCount = try fields.integer()
    validationCount = try fields.integer()
    guard let seed = UInt32(exactly: try fields.integer()) else {
      throw FieldReader.Mismatch(column: "first_seed")
    }
    firstSeed = seed
    blockCapacity = try fields.integer()
    let width = try fields.integer()
    guard width == CountWidth(holding: validationCount).byteCount, validationCount > 0 else {
      throw FieldReader.Mismatch(column: "count_width")
    }
    createdAt = try fields.text()
    processorName = try fields.text()
    coreCount = try fields.integer()
  }

  /// Writes the row.
  func insert(into database: Database) throws {
    let names = String(decoding: try JSONEncoder().encode(classNames), as: UTF8.self)
    let values: [any DatabaseValueConvertible] = [
      digest, identity, program, programVersion, engineVersion, datasetName, datasetDigest, names,
      trainingCount, validationCount, Int(firstSeed), blockCapacity, countWidth.byteCount,
      createdAt, processorName, coreCount,
    ]
    try database.insert(values, into: "plan")
  }
}

extension StoredPlan {
  /// The study; nil where the identity cannot be read.
  package var study: StudyIdentity? { try? StudyIdentity(text: identity) }

  /// The same plan for a study with more conditions and models.
  func extended(to identity: StudyIdentity) -> StoredPlan {
    var plan = self
    (plan.identity, plan.digest) = (identity.text, identity.digest)
    return plan
  }
}

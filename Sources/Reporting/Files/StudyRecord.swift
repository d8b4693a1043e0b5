import Analyses
import Datasets
import Documents
import Models
import Poisoning
import Store
import Sweeps

/// What a study was run on, for machines.
struct StudyRecord: Encodable, Sendable {
  let dataset: DatasetRecord
  /// Nil where the cells alone name them.
  let levels: [Double]?
  let attacks: [StoredAttack]
  let models: [ModelRecord]
  let scaler: String
  let scalerFit: String
  let validationShare: Double
  /// The file whose rows models are judged on; absent where those are a share of the data.
  let validation: ValidationFile?
  let trustedShare: Double
  /// What holds of each defence that trains for privacy; nil where there is none.
  let privacy: [DefensePrivacy]?
  let trainingRows: Int
  let validationRows: Int
  let firstSeed: Int
  let seeds: Int

  init(_ study: Study, _ facts: StudyFacts, seedCount: Int, levels: [Double]? = nil) {
    dataset = DatasetRecord(study)
    validation = study.validationFile
    self.levels = levels
    attacks = facts.attacks
    models = study.models.map(ModelRecord.init)
    scaler = study.scaler.rawValue
    scalerFit = study.scalerPolicy.rawValue
    validationShare = study.validationShare
    trustedShare = study.trustedShare
    let statements = study.privacyStatements
    privacy =
      statements.isEmpty
      ? nil
      : statements.map { DefensePrivacy(defense: $0.defense, privacy: PrivacyRecord($0.statement)) }
    trainingRows = study.trainingCount
    validationRows = study.validationCount
    firstSeed = Int(facts.firstSeed)
    seeds = seedCount
  }
}

/// A data set as records name it.
struct DatasetRecord: Encodable {
  let name: String
  let digest: String
  let rows: Int
  let features: [String]
  let target: String
  let classes: [String]
  /// How columns of the file became the features; absent where they are its numbers.
  let encoding: TableEncoding?
  /// Which rows belong together; absent where each stands for itself.
  let grouping: GroupingRecord?
  /// The column that says how much rows count in fits; absent where all count alike.
  let weights: String?
  /// How many rows of the file were left out for a gap; absent where none was.
  let rowsLeftOut: Int?

  init(_ dataset: Dataset) {
    (name, digest, rows) = (dataset.name, dataset.digest, dataset.sampleCount)
    (features, target) = (dataset.featureNames, dataset.targetName)
    classes = dataset.classNames
    grouping = GroupingRecord(dataset)
    weights = dataset.sampleWeights?.column
    encoding = dataset.encoding
    rowsLeftOut = dataset.sourceRows.flatMap { _ in dataset.remark?.droppedRowCount }
  }

  /// The data of a study, without the rows of the file that models are judged on.
  init(_ study: Study) {
    let dataset = study.dataset
    name = dataset.name
    digest = study.dataDigest
    rows = dataset.sampleCount - (study.validationFile?.rows ?? 0)
    (features, target) = (dataset.featureNames, dataset.targetName)
    classes = dataset.classNames
    grouping = GroupingRecord(study)
    weights = dataset.sampleWeights?.column
    encoding = dataset.encoding
    rowsLeftOut = dataset.sourceRows.flatMap { _ in dataset.remark?.droppedRowCount }
  }
}

/// A model and its parameters as records name them.
struct ModelRecord: Encodable {
  let name: String
  /// Numbers, or words such as `scale`.
  let parameters: [String: Table.Scalar]

  init(_ choice: ModelChoice) {
    name = choice.model
    parameters = Dictionary(
      uniqueKeysWithValues: choice.specification.parameters.map {
        ($0.name, Double($0.value).map(Table.Scalar.number) ?? .text($0.value))
      })
  }
}

/// An attack at a level for machines, with its threat model.
struct ConditionRecord: Encodable {
  /// The attack as it can be asked for; `none` where it does nothing.
  let name: String
  let level: Double
  let poisonedRows: Int
  let flow: String?
  let threat: ThreatModel?

  init(_ attack: StoredAttack?, _ level: PoisonLevel, poisonedRows: Int) {
    let isClean = level == .clean
    name = attack.map { isClean ? "none" : $0.name } ?? "none"
    self.level = level.share
    self.poisonedRows = poisonedRows
    flow = isClean ? nil : attack?.flow.rawValue
    threat = isClean ? nil : attack?.threat
  }
}

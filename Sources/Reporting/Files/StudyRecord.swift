import Analyses
import Datasets
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
  let trustedShare: Double
  let trainingRows: Int
  let validationRows: Int
  let firstSeed: Int
  let seeds: Int

  init(_ study: Study, _ facts: StudyFacts, seedCount: Int, levels: [Double]? = nil) {
    dataset = DatasetRecord(study.dataset)
    self.levels = levels
    attacks = facts.attacks
    models = study.models.map(ModelRecord.init)
    scaler = study.scaler.rawValue
    scalerFit = study.scalerPolicy.rawValue
    validationShare = study.validationShare
    trustedShare = study.trustedShare
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

  init(_ dataset: Dataset) {
    name = dataset.name
    digest = dataset.digest
    rows = dataset.sampleCount
    features = dataset.featureNames
    target = dataset.targetName
    classes = dataset.classNames
  }
}

package import Analyses
import Datasets
import Models
import Poisoning
import Statistics
import Store
package import Sweeps

/// The outcome of a study for machines: what was run, and every cell.
package struct ExperimentRecord: Encodable, Sendable {
  struct Configuration: Encodable {
    let dataset: DatasetRecord
    let levels: [Double]
    let attacks: [StudiedAttack]
    let models: [ModelRecord]
    let scaler: String
    let scalerFit: String
    let validationShare: Double
    let trustedShare: Double
    let trainingRows: Int
    let validationRows: Int
    let firstSeed: Int
    let seeds: Int
  }

  struct MomentsRecord: Encodable {
    let mean: Double
    let sd: Double?
    let ci95: [Double]?
    let populationCi95: [Double]?

    init(_ moments: RunningMoments, _ facts: StudyFacts) {
      mean = moments.mean
      sd = moments.standardDeviation
      ci95 = moments.interval().map { [$0.lower, $0.upper] }
      populationCi95 = moments.populationInterval(
        validationCount: facts.validationCount, trainingCount: facts.trainingCount
      ).map { [$0.lower, $0.upper] }
    }
  }

  let program: String
  let version: String
  let configuration: Configuration
  let cells: [CellRecord]
  let claims: [ClaimsTable.Row]?
  let tournament: TournamentRecord?
  let mitigation: MitigationRecord?

  /// The record of a study that was run over `seedCount` seeds from `firstSeed` on.
  ///
  /// `leftOut` says what took no part in a tournament, and why.
  package init(
    _ study: Study, cells: [CellSummary], firstSeed: UInt32, seedCount: Int, claims: ClaimsTable?,
    tournament: Tournament? = nil, mitigation: Mitigation? = nil, leftOut: [String] = []
  ) {
    let facts = StudyFacts(study, firstSeed: firstSeed)
    program = Program.name
    version = Program.version
    configuration = Configuration(
      dataset: DatasetRecord(study.dataset),
      levels: Set(study.conditions.map(\.level.share)).sorted(),
      attacks: StudiedAttack.all(of: facts),
      models: study.models.map(ModelRecord.init),
      scaler: study.scaler.rawValue, scalerFit: study.scalerPolicy.rawValue,
      validationShare: study.validationShare, trustedShare: study.trustedShare,
      trainingRows: study.trainingCount,
      validationRows: study.validationCount, firstSeed: Int(firstSeed), seeds: seedCount)
    self.cells = cells.enumerated().map { index, cell in
      var record = CellRecord(cell, facts)
      let condition = index / study.models.count
      record.cell.model = cell.model
      record.cell.poisonedRows = study.poisonedCounts[condition]
      record.cell.trainingRows = study.trainingCounts[condition]
      let k = cell.confusion.classCount
      record.cell.confusion = (0..<k).map { truth in (0..<k).map { cell.confusion[truth, $0] } }
      return record
    }
    self.claims = claims?.rows
    self.mitigation = mitigation.map {
      MitigationRecord(facts, cells: cells, $0, leftOut: leftOut)
    }
    self.tournament = tournament.map {
      TournamentRecord(facts, cells: cells, $0, leftOut: leftOut)
    }
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

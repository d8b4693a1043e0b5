import Datasets
import LinAlg
import Models
import Poisoning

/// Rows of plain splits of a data set: every condition trains on all training rows.
///
/// Nothing is allocated for a seed.
struct SplitRows: LaneRows {
  private let study: Study
  private var splitters: [StratifiedSplitter]
  private var exposures: [Exposure]
  private var train: [[Int]]
  private var validation: [[Int]]
  private var trusted: [[Int]]
  private var validationLabels: [[Int]]
  private(set) var columns: [Lanes.Quad]
  private(set) var validationColumns: [Lanes.Quad]
  private var lower: [Lanes.Quad]
  private var upper: [Lanes.Quad]
  private var completion: LaneCompletion

  init(_ study: Study) {
    self.study = study
    let splitter = study.splitter
    let split = splitter.split
    let (lanes, d) = (SeedBatch.laneCount, study.dataset.featureCount)
    let quads = { (count: Int) in Array(repeating: Lanes.Quad(repeating: 0), count: count) }
    splitters = Array(repeating: splitter, count: lanes)
    exposures = Array(
      repeating: Exposure(
        TrainingSet(study.dataset, rows: split.train), key: study.key, seed: 0), count: lanes)
    train = Array(repeating: split.train, count: lanes)
    validation = Array(repeating: split.validation, count: lanes)
    trusted = Array(repeating: split.trusted, count: lanes)
    validationLabels = validation.map { rows in rows.map { study.dataset.labels[$0] } }
    columns = quads(study.trainingCount * d)
    validationColumns = quads(study.validationCount * d)
    (lower, upper) = (quads(d), quads(d))
    completion = LaneCompletion(
      study.dataset, others: study.dataset.sampleCount - study.trainingCount)
  }

  mutating func begin(firstSeed: UInt32, count: Int) {
    let (dataset, key) = (study.dataset, study.key)
    for lane in 0..<SeedBatch.laneCount {
      let seed = Self.seed(lane, firstSeed, count)
      exposures[lane].seed = seed
      splitters[lane].draw(key: key, seed: seed)
      BatchSource.copy(splitters[lane].split.train, to: &train[lane])
      BatchSource.copy(splitters[lane].split.validation, to: &validation[lane])
      BatchSource.copy(splitters[lane].split.trusted, to: &trusted[lane])
      poisonOrder(of: study.trainingCount, key: key, seed: seed, into: &exposures[lane].order)
      for (position, row) in validation[lane].enumerated() {
        validationLabels[lane][position] = dataset.labels[row]
      }
    }
    let (values, d) = (dataset.features.elements, dataset.featureCount)
    Lanes.interleave(values, columns: d, rows: train, into: &columns)
    completion.fit(&columns, rows: study.trainingCount, train: train)
    Lanes.ranges(of: columns, rows: study.trainingCount, lower: &lower, upper: &upper)
    for lane in 0..<SeedBatch.laneCount {
      exposures[lane].training.refill(
        dataset, rows: train[lane], lower: lower, upper: upper, lane: lane, completion.fitted[lane])
    }
    Lanes.interleave(values, columns: d, rows: validation, into: &validationColumns)
    completion.complete(&validationColumns, rows: study.validationCount)
  }

  func exposures(_ condition: Int) -> [Exposure] { exposures }

  func labels(_ lane: Int) -> [Int] { exposures[lane].training.labels }

  func rowIDs(_ lane: Int) -> [Int] { exposures[lane].training.rowIDs }

  func validationLabels(_ lane: Int) -> [Int] { validationLabels[lane] }

  func validation(_ lane: Int) -> LabeledRows {
    LabeledRows(study.dataset, rows: validation[lane], completion.fitted[lane])
  }

  func trusted(_ lane: Int) -> LabeledRows {
    LabeledRows(study.dataset, rows: trusted[lane], completion.fitted[lane])
  }

  func rows(_ places: Range<Int>, lane: Int) -> TrainingSet {
    exposures[lane].training.rows(in: places)
  }
}

import Datasets
import LinAlg
package import Models
import Poisoning

/// Puts the data of a study into batches: four seeds side by side, one condition after another.
///
/// The rows, values and scales are those of `Trial`, bit by bit.
package struct BatchSource {
  private let study: Study
  private let rowCounts: [Int]
  private var splitters: [StratifiedSplitter]
  private var clean: [TrainingSet]
  private var orders: [[Int]]
  private var seeds: [UInt32]
  private var patch = Patch()
  private var scaler: LaneScaler
  private var trainRows: [[Int]]
  private var validationRows: [[Int]]
  private var cleanColumns: [Lanes.Quad]
  private var cleanValidation: [Lanes.Quad]
  private var lower: [Lanes.Quad]
  private var upper: [Lanes.Quad]
  /// Whether the batch holds the clean labels.
  private var holdsCleanLabels = false
  /// Whether the batch holds the scaled clean features.
  private var holdsClean = false

  /// The batch as last filled.
  package private(set) var batch: SeedBatch

  /// Prepares for the conditions of a study.
  package init(_ study: Study) {
    self.study = study
    let shape = study.shape
    guard
      let splitter = try? StratifiedSplitter(
        labels: study.dataset.labels, classCount: study.dataset.classCount,
        validationShare: study.validationShare)
    else { preconditionFailure("A study whose data cannot be split") }
    // The study has checked each level against the same number of rows.
    rowCounts = study.conditions.map { (try? $0.level.rowCount(of: shape.sampleCount)) ?? 0 }
    let lanes = SeedBatch.laneCount
    splitters = Array(repeating: splitter, count: lanes)
    clean = Array(repeating: TrainingSet(study.dataset, rows: splitter.train), count: lanes)
    orders = Array(repeating: [], count: lanes)
    seeds = Array(repeating: 0, count: lanes)
    trainRows = Array(repeating: splitter.train, count: lanes)
    validationRows = Array(repeating: splitter.validation, count: lanes)
    scaler = LaneScaler(study.scaler, featureCount: shape.featureCount)
    batch = SeedBatch(shape)
    cleanColumns = batch.columns
    cleanValidation = batch.validationColumns
    lower = Array(repeating: Lanes.Quad(repeating: 0), count: shape.featureCount)
    upper = lower
  }

  /// Begins with `count` consecutive seeds; lanes beyond repeat the first.
  package mutating func begin(firstSeed: UInt32, count: Int) {
    let dataset = study.dataset
    for lane in 0..<SeedBatch.laneCount {
      seeds[lane] = firstSeed + UInt32(lane < count ? lane : 0)
      splitters[lane].draw(key: study.key, seed: seeds[lane])
      Self.copy(splitters[lane].train, to: &trainRows[lane])
      Self.copy(splitters[lane].validation, to: &validationRows[lane])
      poisonOrder(
        of: batch.shape.sampleCount, key: study.key, seed: seeds[lane], into: &orders[lane])
      for (position, row) in validationRows[lane].enumerated() {
        batch.validationLabels[lane][position] = dataset.labels[row]
      }
    }
    Lanes.interleave(
      dataset.features.elements, columns: dataset.featureCount, rows: trainRows,
      into: &cleanColumns)
    Lanes.ranges(
      of: cleanColumns, rows: batch.shape.sampleCount, lower: &lower, upper: &upper)
    for lane in 0..<SeedBatch.laneCount {
      clean[lane].refill(
        dataset, rows: trainRows[lane], lower: lower, upper: upper, lane: lane)
    }
    Lanes.interleave(
      dataset.features.elements, columns: dataset.featureCount, rows: validationRows,
      into: &cleanValidation)
    holdsClean = false
    holdsCleanLabels = false
  }

  /// Fills the batch for a condition of the study, given by its index.
  package mutating func poison(_ index: Int) {
    let (condition, count) = (study.conditions[index], rowCounts[index])
    var changesFeatures = false
    for lane in 0..<SeedBatch.laneCount where !holdsCleanLabels {
      Self.copy(clean[lane].labels, to: &batch.labels[lane])
    }
    holdsCleanLabels = true
    if count > 0 {
      for lane in 0..<SeedBatch.laneCount {
        condition.attack.poison(
          clean[lane], order: orders[lane], count: count, key: study.key, seed: seeds[lane],
          into: &patch)
        if patch.changesLabels {
          Self.replace(patch.rows, by: patch.labelElements, in: &batch.labels[lane])
          holdsCleanLabels = false
        }
        if let featureCount = patch.featureCount {
          if !changesFeatures { restoreColumns() }
          changesFeatures = true
          Lanes.replace(
            rows: patch.rows, by: patch.featureElements, columns: featureCount, lane: lane,
            in: &batch.columns)
        }
      }
    }
    if changesFeatures {
      scale()
    } else if !holdsClean {
      restoreColumns()
      scale()
    }
    holdsClean = !changesFeatures
  }

  /// Copies the clean, unscaled features.
  private mutating func restoreColumns() {
    Self.copy(cleanColumns, to: &batch.columns)
  }

  private static func copy<Element>(_ source: [Element], to target: inout [Element]) {
    var span = target.mutableSpan
    for index in source.indices { span[index] = source[index] }
  }

  private static func replace(_ rows: [Int], by labels: [Int], in target: inout [Int]) {
    var span = target.mutableSpan
    for (index, row) in rows.enumerated() { span[row] = labels[index] }
  }

  private mutating func scale() {
    let shape = batch.shape
    let isTrusted = study.scalerPolicy == .trusted
    scaler.fit(isTrusted ? cleanColumns : batch.columns, rows: shape.sampleCount)
    scaler.transform(&batch.columns, rows: shape.sampleCount)
    Self.copy(cleanValidation, to: &batch.validationColumns)
    scaler.transform(&batch.validationColumns, rows: shape.validationCount)
  }
}

extension Study {
  /// Multiply-adds of a softmax fit of so many iterations in lanes; nil where it does not run there.
  package func softmaxMultiplyAdds(iterations: Double) -> Double? {
    guard
      let model = models.first(where: { $0.kind == .softmax }),
      BatchWorkspace(model.learner, shape).isSmall
    else { return nil }
    return SoftmaxLanes.multiplyAdds(shape, iterations: iterations)
  }

  /// The sizes of every problem of the study.
  var shape: SeedBatch.Shape {
    SeedBatch.Shape(
      sampleCount: trainingCount, featureCount: dataset.featureCount,
      classCount: dataset.classCount, validationCount: validationCount)
  }
}

import Datasets
import LinAlg
package import Models
package import Poisoning

/// Puts the data of a study into batches: four seeds side by side, one condition after another.
///
/// The rows, values and scales are those of `Trial`, bit by bit. Conditions that train on as many
/// rows share a batch; attacks that add or delete rows have others.
package struct BatchSource {
  let study: Study
  /// The clean rows of the seeds in work.
  var rows: any LaneRows
  var cache: PatchCache
  private var scaler: LaneScaler
  /// The positions of clean rows that stay, in each lane in turn.
  var kept: [Int] = []
  /// Whether the first batch holds the clean labels.
  private var holdsCleanLabels = false
  /// Whether the first batch holds the scaled clean features and validation rows.
  private var holdsClean = false

  /// The batches: the first has as many rows as the split.
  var batches: [SeedBatch]
  private let batchOfCondition: [Int]

  /// Whether all rows of each batch weigh 1.
  var hasUnitWeights: [Bool]

  /// The condition whose defended rows the batch in work holds, where all models have the same.
  var defendedCondition: Int?

  /// The scalers of the lanes where defences have left their own.
  var defendedScalers: [Scaler]?

  /// What defences found in each lane of the batch in work.
  package internal(set) var detections: [DetectionTally?]

  /// The batch in work, by its index among all sizes.
  package private(set) var batchIndex = 0

  /// The batch as last filled.
  package var batch: SeedBatch { batches[batchIndex] }

  /// The shapes of all batches.
  package var shapes: [SeedBatch.Shape] { batches.map(\.shape) }

  /// Prepares for the conditions of a study.
  package init(_ study: Study) {
    self.study = study
    let shape = study.shape
    let lanes = SeedBatch.laneCount
    rows = study.laneRows
    cache = PatchCache(study)
    scaler = LaneScaler(study.scaler, featureCount: shape.featureCount)
    let sizes = ([shape.sampleCount] + study.trainingCounts).distinct
    batchOfCondition = study.trainingCounts.map { sizes.firstIndex(of: $0) ?? 0 }
    batches = sizes.map { SeedBatch(study.shape(sampleCount: $0)) }
    hasUnitWeights = sizes.map { _ in true }
    detections = Array(repeating: nil, count: lanes)
  }

  /// Begins with `count` consecutive seeds; lanes beyond repeat the first.
  package mutating func begin(firstSeed: UInt32, count: Int) {
    rows.begin(firstSeed: firstSeed, count: count)
    for lane in 0..<SeedBatch.laneCount {
      let labels = rows.validationLabels(lane)
      for index in batches.indices {
        Self.copy(labels, to: &batches[index].validationLabels[lane])
      }
    }
    cache.begin()
    forgetClean()
    forgetDefended()
  }

  /// The clean rows in the batch are not there any more.
  mutating func forgetClean() {
    holdsClean = false
    holdsCleanLabels = false
  }

  /// Makes the patches of a condition, and puts its batch to work.
  mutating func prepare(_ index: Int) {
    batchIndex = batchOfCondition[index]
    guard study.poisonedCounts[index] > 0 else { return }
    cache.make(index) { [rows] attack in rows.exposures(index, to: attack) }
  }

  /// Puts the validation rows into the batch in work as they are, before scaling.
  mutating func restoreValidation() {
    Self.copy(rows.validationColumns, to: &batches[batchIndex].validationColumns)
  }

  /// Fills the batch for a condition of the study, given by its index, as if it had no defence.
  package mutating func poison(_ index: Int) {
    prepare(index)
    forgetDefended()
    weigh(index)
    let count = study.poisonedCounts[index]
    switch study.conditions[index].attack.flow {
    case .add where count > 0: add(index, count)
    case .delete where count > 0: delete(index, count)
    case .replace: replace(index, count)
    case .add, .delete: replace(index, 0)
    }
  }

  /// What the attack of a condition wants of the validation rows in each lane.
  package func aims(_ attack: any Attack) -> [Aim?] {
    rows.exposures(0, to: attack).enumerated().map { lane, exposure in
      attack.aim(exposure, validation: rows.validation(lane))
    }
  }

  /// Gives the validation rows of the batch in work the triggers of the lanes.
  package mutating func trigger(_ aims: [Aim?]) {
    let rows = study.validationCount
    restoreValidation()
    for (lane, aim) in aims.enumerated() {
      guard let trigger = aim?.trigger else { continue }
      for (column, value) in zip(trigger.columns, trigger.values) {
        for row in 0..<rows {
          batches[batchIndex].validationColumns[column * rows + row][lane] = value
        }
      }
    }
    if let scalers = defendedScalers {
      transformValidation(scalers)
    } else {
      scaler.transform(&batches[batchIndex].validationColumns, rows: rows)
    }
    forgetClean()
  }

  /// The batch in work with the first rows of the patches in place of clean ones.
  private mutating func replace(_ index: Int, _ count: Int) {
    guard study.conditions[index].rows == nil else { return replaceBeginning(index, count) }
    var changesFeatures = false
    let clean = rows.columns
    for lane in 0..<SeedBatch.laneCount where !holdsCleanLabels {
      Self.copy(rows.labels(lane), to: &batches[0].labels[lane])
    }
    holdsCleanLabels = true
    for lane in 0..<SeedBatch.laneCount where count > 0 {
      let patch = cache.patch(index, lane: lane)
      if patch.changesLabels {
        Self.replace(patch.rows, count, by: patch.labelElements, in: &batches[0].labels[lane])
        holdsCleanLabels = false
      }
      if let featureCount = patch.featureCount {
        if !changesFeatures { Self.copy(clean, to: &batches[0].columns) }
        changesFeatures = true
        Lanes.replace(
          rows: patch.rows, count: count, by: patch.featureElements, columns: featureCount,
          lane: lane, in: &batches[0].columns)
      }
    }
    if changesFeatures {
      scale(index)
    } else if !holdsClean {
      Self.copy(clean, to: &batches[0].columns)
      scale(index)
    }
    holdsClean = !changesFeatures
  }

  static func copy<Element>(_ source: [Element], to target: inout [Element]) {
    var span = target.mutableSpan
    for index in source.indices { span[index] = source[index] }
  }

  static func replace(
    _ rows: [Int], _ count: Int, by labels: [Int], in target: inout [Int]
  ) {
    var span = target.mutableSpan
    for index in 0..<count { span[rows[index]] = labels[index] }
  }

  /// Scales the batch in work, whose training rows are there, and its validation rows.
  mutating func scale(_ index: Int) {
    let rows = batches[batchIndex].shape.sampleCount
    switch study.scalerPolicy {
    case .poisoned: scaler.fit(batches[batchIndex].columns, rows: rows)
    case .trusted:
      let clean = study.conditions[index].rows?.count ?? study.trainingCount
      scaler.fit(cleanBeginning(clean), rows: clean)
    case .vouched:
      scaler.take(
        (0..<SeedBatch.laneCount).map {
          Scaler(study.scaler, fittedTo: self.rows.trusted($0).features)
        })
    }
    scaler.transform(&batches[batchIndex].columns, rows: rows)
    restoreValidation()
    scaler.transform(&batches[batchIndex].validationColumns, rows: study.validationCount)
  }

  /// The first clean rows of all lanes by column.
  private func cleanBeginning(_ rows: Int) -> [Lanes.Quad] {
    let pool = study.trainingCount
    let columns = self.rows.columns
    guard rows < pool else { return columns }
    return (0..<study.dataset.featureCount).flatMap { columns[$0 * pool..<$0 * pool + rows] }
  }
}

extension Study {
  /// Multiply-adds of a softmax fit of so many iterations in lanes; nil where it does not run there.
  package func softmaxMultiplyAdds(iterations: Double) -> Double? {
    guard
      let model = models.first(where: { $0.learner is SoftmaxRegression }),
      BatchWorkspace(model.learner, shape).isSmall
    else { return nil }
    return SoftmaxLanes.multiplyAdds(shape, iterations: iterations)
  }

  /// The sizes of every problem of the study whose attack replaces rows.
  var shape: SeedBatch.Shape { shape(sampleCount: trainingCount) }

  /// The sizes of a problem of so many training rows.
  func shape(sampleCount: Int) -> SeedBatch.Shape {
    SeedBatch.Shape(
      sampleCount: sampleCount, featureCount: dataset.featureCount,
      classCount: dataset.classCount, validationCount: validationCount)
  }
}

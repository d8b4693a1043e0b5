import Datasets
import Defenses
import LinAlg
package import Models
package import Poisoning

/// Puts the data of a study into batches: four seeds side by side, one condition after another.
///
/// The rows, values and scales are those of `Trial`, bit by bit. Conditions that train on as many
/// rows share a batch; attacks that add or delete rows have others.
package struct BatchSource {
  let study: Study
  private var splitters: [StratifiedSplitter]
  /// What attacks get to see in each lane, by the number of rows they get.
  var exposuresOfBase: [[Exposure]]
  private let baseOfCondition: [Int]
  /// The numbers of rows that attacks get.
  let bases: [Int]
  /// Where rows of sets that grow come from; nil for plain splits.
  let drawing: RowDrawing?
  /// The rows of each lane, where sets grow.
  var pools: [SeedRows] = []
  var cache: PatchCache
  private var scaler: LaneScaler
  private var trainRows: [[Int]]
  private(set) var validationRows: [[Int]]
  private var trustedRows: [[Int]]
  var cleanColumns: [Lanes.Quad]
  var cleanValidation: [Lanes.Quad]
  private var lower: [Lanes.Quad]
  private var upper: [Lanes.Quad]
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

  /// The condition whose defended rows the batch in work holds, where they are the same for all
  /// models.
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
    let drawing = study.source.grows ? RowDrawing(study) : nil
    let split: Split
    if let drawing {
      splitters = []
      split = drawing.rows(seed: 0).split
    } else {
      guard
        let splitter = try? StratifiedSplitter(
          labels: study.dataset.labels, classCount: study.dataset.classCount,
          validationShare: study.validationShare, trustedShare: study.trustedShare)
      else { preconditionFailure("A study whose data cannot be split") }
      splitters = Array(repeating: splitter, count: lanes)
      split = Split(
        train: splitter.train, validation: splitter.validation, trusted: splitter.trusted)
    }
    self.drawing = drawing
    var bases: [Int] = []
    for count in study.attackedCounts where !bases.contains(count) { bases.append(count) }
    self.bases = bases
    baseOfCondition = study.attackedCounts.map { bases.firstIndex(of: $0) ?? 0 }
    let exposure = Exposure(
      TrainingSet(study.dataset, rows: split.train), key: study.key, seed: 0)
    exposuresOfBase = bases.map { _ in Array(repeating: exposure, count: lanes) }
    if bases.isEmpty { exposuresOfBase = [Array(repeating: exposure, count: lanes)] }
    cache = PatchCache(study)
    trainRows = Array(repeating: split.train, count: lanes)
    validationRows = Array(repeating: split.validation, count: lanes)
    trustedRows = Array(repeating: split.trusted, count: lanes)
    scaler = LaneScaler(study.scaler, featureCount: shape.featureCount)
    var sizes = [shape.sampleCount]
    for count in study.trainingCounts where !sizes.contains(count) { sizes.append(count) }
    batchOfCondition = study.trainingCounts.map { sizes.firstIndex(of: $0) ?? 0 }
    batches = sizes.map { SeedBatch(study.shape(sampleCount: $0)) }
    hasUnitWeights = sizes.map { _ in true }
    detections = Array(repeating: nil, count: lanes)
    cleanColumns = batches[0].columns
    cleanValidation = batches[0].validationColumns
    lower = Array(repeating: Lanes.Quad(repeating: 0), count: shape.featureCount)
    upper = lower
  }

  /// Begins with `count` consecutive seeds; lanes beyond repeat the first.
  package mutating func begin(firstSeed: UInt32, count: Int) {
    defer {
      cache.begin()
      forgetClean()
      forgetDefended()
    }
    if let drawing {
      beginGrowing(drawing, firstSeed: firstSeed, count: count)
      return
    }
    let dataset = study.dataset
    for lane in 0..<SeedBatch.laneCount {
      let seed = firstSeed + UInt32(lane < count ? lane : 0)
      exposuresOfBase[0][lane].seed = seed
      splitters[lane].draw(key: study.key, seed: seed)
      Self.copy(splitters[lane].train, to: &trainRows[lane])
      Self.copy(splitters[lane].validation, to: &validationRows[lane])
      Self.copy(splitters[lane].trusted, to: &trustedRows[lane])
      poisonOrder(
        of: study.trainingCount, key: study.key, seed: seed,
        into: &exposuresOfBase[0][lane].order)
      for index in batches.indices {
        for (position, row) in validationRows[lane].enumerated() {
          batches[index].validationLabels[lane][position] = dataset.labels[row]
        }
      }
    }
    Lanes.interleave(
      dataset.features.elements, columns: dataset.featureCount, rows: trainRows,
      into: &cleanColumns)
    Lanes.ranges(of: cleanColumns, rows: study.trainingCount, lower: &lower, upper: &upper)
    for lane in 0..<SeedBatch.laneCount {
      exposuresOfBase[0][lane].training.refill(
        dataset, rows: trainRows[lane], lower: lower, upper: upper, lane: lane)
    }
    Lanes.interleave(
      dataset.features.elements, columns: dataset.featureCount, rows: validationRows,
      into: &cleanValidation)
  }

  /// What attacks of a condition get to see in each lane.
  func exposures(_ condition: Int) -> [Exposure] { exposuresOfBase[baseOfCondition[condition]] }

  /// The clean rows in the batch are not there any more.
  mutating func forgetClean() {
    holdsClean = false
    holdsCleanLabels = false
  }

  /// Makes the patches of a condition, and puts its batch to work.
  mutating func prepare(_ index: Int) {
    batchIndex = batchOfCondition[index]
    guard study.poisonedCounts[index] > 0 else { return }
    let exposures = exposures(index)
    let (dataset, rows, pools) = (study.dataset, validationRows, pools)
    cache.make(index) { attack in
      // Few attacks see validation rows, and for the others none are gathered.
      guard attack.threat.seesValidation else { return exposures }
      return Self.granted(
        exposures,
        exposures.indices.map { lane in
          pools.isEmpty ? ValidationRows(dataset, rows: rows[lane]) : pools[lane].validation
        })
    }
  }

  /// Puts the validation rows into the batch in work as they are, before scaling.
  mutating func restoreValidation() {
    Self.copy(cleanValidation, to: &batches[batchIndex].validationColumns)
  }

  /// The rows that somebody vouches for in a lane.
  func trusted(_ lane: Int) -> ValidationRows {
    drawing == nil ? ValidationRows(study.dataset, rows: trustedRows[lane]) : pools[lane].trusted
  }

  /// The rows that models of a lane are judged on.
  private func validation(_ lane: Int) -> ValidationRows {
    drawing == nil
      ? ValidationRows(study.dataset, rows: validationRows[lane]) : pools[lane].validation
  }

  /// Fills the batch for a condition of the study, given by its index, as if it had no defence.
  package mutating func poison(_ index: Int) {
    prepare(index)
    restoreWeights()
    let count = study.poisonedCounts[index]
    switch study.conditions[index].attack.flow {
    case .add where count > 0: add(index, count)
    case .delete where count > 0: delete(index, count)
    case .replace where drawing == nil: replace(index, count)
    case .replace: replaceGrowing(index, count)
    case .add, .delete: drawing == nil ? replace(index, 0) : replaceGrowing(index, 0)
    }
  }

  /// What the attack of a condition wants of the validation rows in each lane.
  package func aims(_ attack: any Attack) -> [Aim?] {
    (0..<SeedBatch.laneCount).map { lane in
      let validation = validation(lane)
      var exposure = exposuresOfBase[0][lane]
      if attack.threat.seesValidation { exposure.validation = validation }
      return attack.aim(exposure, validation: validation)
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

  /// The exposures to an attack that sees the validation rows.
  private static func granted(
    _ exposures: [Exposure], _ validation: [ValidationRows]
  ) -> [Exposure] {
    zip(exposures, validation).map { exposure, rows in
      var exposure = exposure
      exposure.validation = rows
      return exposure
    }
  }

  /// The first batch with the first rows of the patches in place of clean ones.
  private mutating func replace(_ index: Int, _ count: Int) {
    var changesFeatures = false
    for lane in 0..<SeedBatch.laneCount where !holdsCleanLabels {
      Self.copy(exposuresOfBase[0][lane].training.labels, to: &batches[0].labels[lane])
    }
    holdsCleanLabels = true
    for lane in 0..<SeedBatch.laneCount where count > 0 {
      let patch = cache.patch(index, lane: lane)
      if patch.changesLabels {
        Self.replace(patch.rows, count, by: patch.labelElements, in: &batches[0].labels[lane])
        holdsCleanLabels = false
      }
      if let featureCount = patch.featureCount {
        if !changesFeatures { Self.copy(cleanColumns, to: &batches[0].columns) }
        changesFeatures = true
        Lanes.replace(
          rows: patch.rows, count: count, by: patch.featureElements, columns: featureCount,
          lane: lane, in: &batches[0].columns)
      }
    }
    if changesFeatures {
      scale(index)
    } else if !holdsClean {
      Self.copy(cleanColumns, to: &batches[0].columns)
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
    if study.scalerPolicy == .trusted {
      let clean = study.conditions[index].rows?.count ?? study.trainingCount
      scaler.fit(cleanBeginning(clean), rows: clean)
    } else {
      scaler.fit(batches[batchIndex].columns, rows: rows)
    }
    scaler.transform(&batches[batchIndex].columns, rows: rows)
    restoreValidation()
    scaler.transform(&batches[batchIndex].validationColumns, rows: study.validationCount)
  }

  /// The first clean rows of all lanes by column.
  private func cleanBeginning(_ rows: Int) -> [Lanes.Quad] {
    let pool = study.trainingCount
    guard rows < pool else { return cleanColumns }
    return (0..<study.dataset.featureCount).flatMap { cleanColumns[$0 * pool..<$0 * pool + rows] }
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

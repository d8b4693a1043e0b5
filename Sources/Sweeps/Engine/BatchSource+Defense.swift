import Datasets
import Defenses
import LinAlg
import Models
import Poisoning

/// Batches as defences leave them: removed rows weigh 0, and each lane has a scaler of its own.
extension BatchSource {
  /// Fills the batch for a condition and a model of the study, given by their indices.
  ///
  /// Where rows do not depend on the model, they are there from the first one on; `isFirst` says
  /// which that is. Lanes from `count` on repeat the first.
  package mutating func fill(_ index: Int, model: Int, isFirst: Bool, _ count: Int) {
    let condition = study.conditions[index]
    guard !condition.defense.rowDefenses.isEmpty else {
      if isFirst { poison(index) }
      return
    }
    guard defendedCondition != index else { return }
    prepare(index)
    forgetClean()
    hasUnitWeights[batchIndex] = false
    var scalers: [Scaler] = []
    for lane in 0..<SeedBatch.laneCount {
      if lane >= count {
        copyLane(0, to: lane)
        scalers.append(scalers[0])
        continue
      }
      scalers.append(defend(lane, index, study.models[model]))
    }
    defendedScalers = scalers
    restoreValidation()
    transformValidation(scalers)
    defendedCondition = condition.defense.usesModel ? nil : index
  }

  /// Puts the rows of a lane, judged by the defences of a condition, into the batch in work.
  private mutating func defend(_ lane: Int, _ index: Int, _ model: ModelChoice) -> Scaler {
    let condition = study.conditions[index]
    let exposure = rows.exposures(index)[lane]
    let attacked = exposure.training
    let added = study.conditions[index].rows?.added ?? 0
    let follow = rows.rows(attacked.count..<attacked.count + added, lane: lane)
    let poisonedCount = study.poisonedCounts[index]
    let patch = poisonedCount == 0 ? Patch() : cache.patch(index, lane: lane).prefix(poisonedCount)
    let flow = condition.attack.flow
    let training = attacked.applying(patch, flow: flow).followed(by: follow)
    let defended = DefendedRows(
      study, condition.defense, training: training,
      clean: attacked.followed(by: follow), trusted: rows.trusted(lane), model: model,
      seed: exposure.seed)
    detections[lane] = DetectionTally(
      isPoisoned: patch.isPoisoned(of: attacked.count, flow: flow)
        + Array(repeating: false, count: added),
      isFlagged: defended.isFlagged,
      scores: defended.scores)
    write(training, defended, to: lane)
    return defended.scaler
  }

  /// Writes scaled rows, labels and weights; absent rows are zero, whatever they were.
  private mutating func write(
    _ training: TrainingSet, _ defended: DefendedRows, to lane: Int
  ) {
    let (n, d) = (training.count, training.features.columns)
    let scaled = defended.scaler.transform(training.features).elements
    let weights = defended.weights(of: training, in: study.dataset)
    for row in 0..<n {
      let isPresent = weights[row] > 0
      batches[batchIndex].labels[lane][row] = defended.labels[row]
      batches[batchIndex].weights[lane][row] = weights[row]
      for j in 0..<d {
        batches[batchIndex].columns[j * n + row][lane] = isPresent ? scaled[row * d + j] : 0
      }
    }
  }

  private mutating func copyLane(_ source: Int, to lane: Int) {
    batches[batchIndex].labels[lane] = batches[batchIndex].labels[source]
    batches[batchIndex].weights[lane] = batches[batchIndex].weights[source]
    for place in batches[batchIndex].columns.indices {
      batches[batchIndex].columns[place][lane] = batches[batchIndex].columns[place][source]
    }
    detections[lane] = detections[source]
  }

  /// Scales the validation rows of the batch in work, each lane as its scaler says.
  mutating func transformValidation(_ scalers: [Scaler]) {
    let rows = study.validationCount
    for j in 0..<study.dataset.featureCount {
      var (center, scale) = (Lanes.Quad(repeating: 0), Lanes.Quad(repeating: 1))
      for (lane, scaler) in scalers.enumerated() {
        center[lane] = scaler.center[j]
        scale[lane] = scaler.scale[j]
      }
      LaneScaler.transform(
        &batches[batchIndex].validationColumns, j * rows..<(j + 1) * rows, center: center,
        scale: scale)
    }
  }

  /// Forgets what defences have left in the batch in work.
  mutating func forgetDefended() {
    defendedCondition = nil
    defendedScalers = nil
    for lane in detections.indices { detections[lane] = nil }
  }

  /// Gives all rows of the batch in work the weight 1 again.
  mutating func restoreWeights() {
    guard !hasUnitWeights[batchIndex] else { return }
    for lane in 0..<SeedBatch.laneCount {
      for row in batches[batchIndex].weights[lane].indices {
        batches[batchIndex].weights[lane][row] = 1
      }
    }
    hasUnitWeights[batchIndex] = true
  }
}

import Datasets
import LinAlg
import Models
import Poisoning

/// Batches of conditions that train on the first rows only, and of attacks that add or delete rows.
extension BatchSource {
  /// The batch in work with the first rows of the patches in place of clean ones, and clean rows after
  /// those that the attack got.
  mutating func replaceBeginning(_ index: Int, _ count: Int) {
    let n = study.trainingCounts[index]
    takeClean(0..<n, at: 0)
    for lane in 0..<SeedBatch.laneCount where count > 0 {
      let patch = cache.patch(index, lane: lane)
      if patch.changesLabels {
        Self.replace(
          patch.rows, count, by: patch.labelElements, in: &batches[batchIndex].labels[lane])
      }
      if let featureCount = patch.featureCount {
        Lanes.replace(
          rows: patch.rows, count: count, by: patch.featureElements, columns: featureCount,
          lane: lane, in: &batches[batchIndex].columns)
      }
    }
    scale(index)
  }

  /// Copies clean rows of all lanes into the batch in work, from a place on.
  private mutating func takeClean(_ rows: Range<Int>, at start: Int) {
    let (pool, d) = (study.trainingCount, study.dataset.featureCount)
    let n = batches[batchIndex].shape.sampleCount
    let columns = self.rows.columns
    if batchIndex == 0 { forgetClean() }
    for j in 0..<d {
      for (offset, row) in rows.enumerated() {
        batches[batchIndex].columns[j * n + start + offset] = columns[j * pool + row]
      }
    }
    for lane in 0..<SeedBatch.laneCount {
      let labels = self.rows.labels(lane)
      for (offset, row) in rows.enumerated() {
        batches[batchIndex].labels[lane][start + offset] = labels[row]
      }
    }
  }

  /// The batch in work with the clean rows, the first rows of the patches, and what was added.
  mutating func add(_ index: Int, _ count: Int) {
    let (b, d) = (study.attackedCounts[index], study.dataset.featureCount)
    let positions = Array(b..<b + count)
    takeClean(0..<b, at: 0)
    takeClean(b..<b + (study.conditions[index].rows?.added ?? 0), at: b + count)
    let exposures = rows.exposures(index)
    for lane in 0..<SeedBatch.laneCount {
      let patch = cache.patch(index, lane: lane)
      let clean = exposures[lane].training
      for (position, row) in patch.rows.prefix(count).enumerated() {
        batches[batchIndex].labels[lane][b + position] =
          patch.changesLabels ? patch.labelElements[position] : clean.labels[row]
      }
      let values =
        patch.featureCount == nil
        ? clean.features.selectingRows(Array(patch.rows.prefix(count))).elements
        : patch.featureElements
      Lanes.replace(
        rows: positions, count: count, by: values, columns: d, lane: lane,
        in: &batches[batchIndex].columns)
    }
    scale(index)
  }

  /// The batch in work with the clean rows that the patches do not take, and what was added.
  mutating func delete(_ index: Int, _ count: Int) {
    let (b, d) = (study.attackedCounts[index], study.dataset.featureCount)
    let (left, pool) = (study.trainingCounts[index], study.trainingCount)
    let columns = rows.columns
    if batchIndex == 0 { forgetClean() }
    for lane in 0..<SeedBatch.laneCount {
      var isGone = [Bool](repeating: false, count: b)
      for row in cache.patch(index, lane: lane).rows.prefix(count) { isGone[row] = true }
      kept.removeAll(keepingCapacity: true)
      for row in 0..<left + count where row >= b || !isGone[row] { kept.append(row) }
      let labels = rows.labels(lane)
      for (position, row) in kept.enumerated() {
        batches[batchIndex].labels[lane][position] = labels[row]
        for j in 0..<d {
          batches[batchIndex].columns[j * left + position][lane] =
            columns[j * pool + row][lane]
        }
      }
    }
    scale(index)
  }
}

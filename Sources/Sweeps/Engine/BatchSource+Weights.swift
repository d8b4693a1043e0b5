import Datasets
import Models
import Poisoning

/// Batches of rows that have weights.
extension BatchSource {
  /// Gives each row of the batch in work its weight: 1, or where the data have weights that of the row which it
  /// is, replaces or was made from.
  mutating func weigh(_ index: Int) {
    guard let weights = study.dataset.sampleWeights?.values else { return restoreWeights() }
    let (attacked, added) = (
      study.attackedCounts[index], study.conditions[index].rows?.added ?? 0
    )
    let count = study.poisonedCounts[index]
    let flow = study.conditions[index].attack.flow
    hasUnitWeights[batchIndex] = false
    for lane in 0..<SeedBatch.laneCount {
      let ids = rows.rowIDs(lane)
      let poisoned = count == 0 ? [] : Array(cache.patch(index, lane: lane).rows.prefix(count))
      var places = Array(0..<attacked)
      switch flow {
      case .replace: break
      case .add: places += poisoned
      case .delete:
        let gone = Set(poisoned)
        places.removeAll(where: gone.contains)
      }
      places += attacked..<attacked + added
      for (row, place) in places.enumerated() {
        batches[batchIndex].weights[lane][row] = weights[ids[place]]
      }
    }
  }
}

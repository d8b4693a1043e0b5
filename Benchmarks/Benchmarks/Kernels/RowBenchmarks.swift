import Benchmark
import Datasets
import LinAlg
import Poisoning

/// What happens to the rows of iris before a fit, in the storage of the sweep engine; `/single` is
/// the way of a single trial, which allocates what it returns.
func registerRows() throws {
  let iris = EmbeddedDataset.iris.load()
  try registerSplit(iris)
  try registerScale(iris)
  try registerPoison(iris)
}

private func registerSplit(_ iris: Dataset) throws {
  let splitter = try StratifiedSplitter(
    labels: iris.labels, classCount: iris.classCount, validationShare: 0.2)
  measure("split/n150", .kilo, in: splitter) { splitter in
    splitter.draw(seed: 1)
    return splitter.split.train[7]
  }
  measure("split/n150/single", .kilo) {
    try? Split.stratified(iris, validationShare: 0.2, seed: 1)
  }
}

/// Four tables: those of one call in lanes, and one after another.
private func registerScale(_ iris: Dataset) throws {
  let splits = try (0..<4).map { try Split.stratified(iris, validationShare: 0.2, seed: $0) }
  let (n, d) = (splits[0].train.count, iris.featureCount)
  var table = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: n * d)
  Lanes.interleave(
    iris.features.elements, columns: d, rows: splits.map(\.train), into: &table)
  let clean = table
  let storage = (table: table, scaler: LaneScaler(.standard, featureCount: d))
  measure("scale/n\(n)-d\(d)", .kilo, in: storage) { storage in
    storage.table.removeAll(keepingCapacity: true)
    storage.table.append(contentsOf: clean)
    storage.scaler.fit(storage.table, rows: n)
    storage.scaler.transform(&storage.table, rows: n)
    return storage.table[7]
  }
  let tables = splits.map { iris.features.selectingRows($0.train) }
  measure("scale/n\(n)-d\(d)/single", .kilo) {
    tables.map { Scaler(.standard, fittedTo: $0).transform($0) }
  }
}

/// Half of the training rows of one seed.
private func registerPoison(_ iris: Dataset) throws {
  let split = try Split.stratified(iris, validationShare: 0.2, seed: 1)
  let base = TrainingSet(iris, rows: split.train)
  let exposure = Exposure(base, key: .standard, seed: 1)
  let attack = UniformNoise()
  measure("poison/uniform-60-rows", .kilo, in: Patch()) { patch in
    attack.poison(exposure, count: 60, into: &patch)
    return patch.rows[7]
  }
  measure("poison/uniform-60-rows/single", .kilo) {
    attack.patch(base, count: 60, key: .standard, seed: 1)
  }
}

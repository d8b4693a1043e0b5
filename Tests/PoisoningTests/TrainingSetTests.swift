import Datasets
import LinAlg
import Poisoning
import Testing

struct TrainingSetTests {
  @Test func takesRowsInTheGivenOrder() {
    let dataset = EmbeddedDataset.iris.load()
    let set = TrainingSet(dataset, rows: [149, 0, 50, 0])
    #expect(set.rowIDs == [149, 0, 50, 0] && set.labels == [2, 0, 1, 0])
    #expect(set.count == 4 && set.classCount == 3 && set.classCounts == [2, 1, 1])
    #expect(bits(set.features) == bits(dataset.features.selectingRows([149, 0, 50, 0])))
  }

  @Test func countsEmptyClasses() throws {
    #expect(try Sample.lopsided.training().classCounts.last == 0)
    let empty = TrainingSet(EmbeddedDataset.iris.load(), rows: [])
    #expect(empty.count == 0 && empty.classCounts == [0, 0, 0])
    #expect(empty.applying(Patch(rows: [])) == empty)
  }

  @Test func appliesFeaturesAndLabelsTogether() {
    let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
    let patch = Patch(
      rows: [2, 0], features: Matrix(rows: 2, columns: 4, elements: [1, 2, 3, 4, 5, 6, 7, -0.0]),
      labels: [1, 2])
    let changed = set.applying(patch)
    #expect(changed.labels == [2, 1, 1] && changed.rowIDs == [0, 50, 100])
    #expect(row(changed.features, 2) == [1, 2, 3, 4])
    #expect(row(changed.features, 0).map(\.bitPattern) == [5, 6, 7, -0.0].map(\.bitPattern))
    #expect(row(changed.features, 1) == row(set.features, 1))
    #expect(changed.classCounts == [0, 2, 1])
  }

  @Test func patchesNeedOneEntryForEachRow() async {
    await #expect(processExitsWith: .failure) { _ = Patch(rows: [0, 1], labels: [0]) }
    await #expect(processExitsWith: .failure) {
      _ = Patch(rows: [0], features: Matrix(rows: 2, columns: 4))
    }
    await #expect(processExitsWith: .failure) { _ = Patch(rows: [], labels: [1]) }
  }

  @Test func patchesMustFitTheSet() async {
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = set.applying(Patch(rows: [3], labels: [0]))
    }
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = set.applying(Patch(rows: [-1], features: Matrix(rows: 1, columns: 4)))
    }
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = set.applying(Patch(rows: [0], features: Matrix(rows: 1, columns: 3)))
    }
    await #expect(processExitsWith: .failure, "wider than the set") {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = set.applying(Patch(rows: [0], features: Matrix(rows: 1, columns: 5)))
    }
    await #expect(processExitsWith: .failure, "a class that does not exist") {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = set.applying(Patch(rows: [0], labels: [3]))
    }
  }

  @Test func attacksStopAtTheirCapacity() async {
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = Relabel(to: 0).patch(set, count: 3, key: .standard, seed: 0)
    }
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = LabelFlip().patch(set, count: 4, key: .standard, seed: 0)
    }
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = UniformNoise().patch(set, count: 4, key: .standard, seed: 0)
    }
    await #expect(processExitsWith: .failure) {
      let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100])
      _ = LabelFlip().patch(set, count: -1, key: .standard, seed: 0)
    }
    await #expect(processExitsWith: .failure) { _ = Relabel(to: -1) }
  }
}

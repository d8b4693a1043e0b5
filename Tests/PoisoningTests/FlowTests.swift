import Datasets
import LinAlg
import Poisoning
import Testing

/// How many rows a level means in each flow, and what becomes of the training set.
struct FlowTests {
  /// Levels of three decimals against whole numbers: k is n·a / (1000 − a), half rounded up.
  @Test(arguments: [1, 2, 7, 105, 120, 999, 50_000])
  func addedRowsAreTheShareOfAllRows(_ count: Int) throws {
    for a in 0..<1000 {
      let level = try PoisonLevel(Double(a) / 1000)
      let exact = (2 * count * a + (1000 - a)) / (2 * (1000 - a))
      #expect(try Flow.add.rowCount(level, of: count) == exact, "\(a) ‰ of \(count)")
    }
  }

  @Test func replacedAndDeletedRowsAreTheShareOfTheCleanOnes() throws {
    let level = try PoisonLevel(0.1)
    #expect(try Flow.replace.rowCount(level, of: 120) == 12)
    #expect(try Flow.delete.rowCount(level, of: 120) == 12)
    #expect(try Flow.add.rowCount(level, of: 120) == 13)
    #expect(Flow.replace.trainingCount(120, poisoned: 12) == 120)
    #expect(Flow.delete.trainingCount(120, poisoned: 12) == 108)
    #expect(Flow.add.trainingCount(120, poisoned: 13) == 133)
  }

  @Test func nothingButPoisonIsRefused() throws {
    let all = try PoisonLevel(1)
    for flow in Flow.allCases {
      #expect(throws: PoisoningError.noCleanRow(level: all, rowCount: 120)) {
        try flow.rowCount(all, of: 120)
      }
    }
    let most = try PoisonLevel(1 - 0x1p-53)
    #expect(throws: PoisoningError.noCleanRow(level: most, rowCount: 1_000_000)) {
      try Flow.add.rowCount(most, of: 1_000_000)
    }
  }

  @Test func rowsComeAndGoAsTheFlowSays() {
    let set = TrainingSet(EmbeddedDataset.iris.load(), rows: [0, 50, 100, 1])
    let patch = Patch(
      rows: [2, 0], features: Matrix(rows: 2, columns: 4, elements: [1, 2, 3, 4, 5, 6, 7, 8]),
      labels: [1, 2])
    let replaced = set.applying(patch, flow: .replace)
    #expect(replaced.labels == [2, 1, 1, 0] && replaced.rowIDs == [0, 50, 100, 1])
    #expect(
      row(replaced.features, 0) == [5, 6, 7, 8] && row(replaced.features, 2) == [1, 2, 3, 4])
    #expect(patch.isPoisoned(of: 4, flow: .replace) == [true, false, true, false])

    let added = set.applying(patch, flow: .add)
    #expect(added.labels == [0, 1, 2, 0, 1, 2] && added.rowIDs == [0, 50, 100, 1, 100, 0])
    #expect(row(added.features, 0) == row(set.features, 0))
    #expect(row(added.features, 4) == [1, 2, 3, 4] && row(added.features, 5) == [5, 6, 7, 8])
    #expect(patch.isPoisoned(of: 4, flow: .add) == [false, false, false, false, true, true])

    let deleted = set.applying(patch, flow: .delete)
    #expect(deleted.labels == [1, 0] && deleted.rowIDs == [50, 1])
    #expect(row(deleted.features, 1) == row(set.features, 3))
    #expect(patch.isPoisoned(of: 4, flow: .delete) == [false, false])

    // What a patch does not change is that of the rows it was made of.
    let labelsAlone = set.applying(Patch(rows: [1], labels: [2]), flow: .add)
    #expect(row(labelsAlone.features, 4) == row(set.features, 1) && labelsAlone.labels[4] == 2)
    let featuresAlone = set.applying(
      Patch(rows: [1], features: Matrix(rows: 1, columns: 4)), flow: .add)
    #expect(row(featuresAlone.features, 4) == [0, 0, 0, 0] && featuresAlone.labels[4] == 1)
  }

  @Test func prefixesKeepWhatIsFirst() {
    let patch = Patch(
      rows: [5, 3, 4], features: Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6]),
      labels: [2, 1, 0])
    let two = Patch(
      rows: [5, 3], features: Matrix(rows: 2, columns: 2, elements: [1, 2, 3, 4]), labels: [2, 1])
    #expect(patch.prefix(2) == two && patch.prefix(3) == patch)
    #expect(patch.prefix(0).rows.isEmpty && patch.prefix(0).features?.rows == 0)
    #expect(Patch(rows: [5, 3]).prefix(1) == Patch(rows: [5]))
  }
}

import Datasets
import LinAlg
import Testing

struct ExampleFileTests {
  private func file(_ name: String) throws -> ExampleFile {
    try #require(ExampleFile(named: name))
  }

  @Test(arguments: EmbeddedDataset.allCases)
  func writesBuiltInSetsAsTheyAre(embedded: EmbeddedDataset) throws {
    let file = try file(embedded.rawValue)
    #expect(file.csv == embedded.load().csv())
    #expect(file.labs == nil)
  }

  @Test(arguments: ExampleFile.names)
  func isTheSameEveryTimeAndReadsBack(name: String) throws {
    let file = try file(name)
    #expect(try file.csv == self.file(name).csv)
    let options = TableOptions(
      target: .init(file.dataset.targetName),
      ignoredColumns: file.labs == nil ? [] : [.init(ExampleFile.labColumn)])
    let read = try CSVReader.read(bytes: Array(file.csv.utf8), name: name, options: options)
    #expect(read.featureNames == file.dataset.featureNames)
    #expect(read.sampleCount == file.dataset.sampleCount)
    #expect(read.features == file.dataset.features)
  }

  @Test func knowsNoOther() {
    #expect(ExampleFile(named: "Iris") == nil)
    #expect(Set(ExampleFile.names).count == ExampleFile.names.count)
  }

  /// What the summaries promise of rows that nobody measured.
  @Test func hasTheFaultsItNames() throws {
    let clean = try file("clean").dataset
    let new = try file("new").dataset
    #expect((0..<clean.sampleCount).allSatisfy { clean.features[$0, 2] < 9 })
    #expect((0..<new.sampleCount).count { new.features[$0, 2] >= 9 } == 6)
    let mean = { (set: Dataset) in
      (0..<set.sampleCount).reduce(0) { $0 + set.features[$1, 1] } / Double(set.sampleCount)
    }
    // Means of 300 and 120 rows with a deviation of about 0.4: a standard error of 0.05.
    #expect(abs(mean(new) - mean(clean) - 0.5) < 0.2)

    let labs = try file("labs")
    let names = try #require(labs.labs)
    #expect(names.count { $0 == "C" } == 120)
    // Drawn rows have their classes in turn.
    let wrong = labs.dataset.labels.indices.filter { labs.dataset.labels[$0] != $0 % 3 }
    #expect(wrong.count == 60 && wrong.allSatisfy { names[$0] == "C" })
  }
}

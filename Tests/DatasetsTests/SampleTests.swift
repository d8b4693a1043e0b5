import Datasets
import LinAlg
import Testing

@Suite("Samples of a set")
struct SampleTests {
  @Test(arguments: [30, 60, 149])
  func keepSharesAndOrder(_ count: Int) throws {
    let iris = EmbeddedDataset.iris.load()
    let sample = try iris.sample(of: count)
    #expect(sample.sampleCount == count && sample.name == "iris" && sample.digest != iris.digest)
    #expect(sample.classCounts.allSatisfy { abs(3 * $0 - count) < 3 })
    #expect(try iris.sample(of: count) == sample)
    // The rows stand in the set in the same order.
    var next = 0
    for row in 0..<count {
      let values = sample.features.withRow(row) { row in row.indices.map { row[$0] } }
      let found = (next..<150).first { candidate in
        iris.labels[candidate] == sample.labels[row]
          && iris.features.withRow(candidate) { row in row.indices.map { row[$0] } } == values
      }
      next = try #require(found) + 1
    }
  }

  @Test func refuseTooManyAndTooFew() throws {
    let iris = EmbeddedDataset.iris.load()
    for count in [0, 1, 5, 150, 151] {
      #expect(throws: DatasetsError.sampleOutOfRange(count: count, least: 6, sampleCount: 150)) {
        try iris.sample(of: count)
      }
    }
    #expect(try iris.sample(of: 6).classCounts == [2, 2, 2])
    let rare = try Dataset(
      name: "rare", features: Matrix(rows: 9, columns: 1), labels: [0, 0, 0, 0, 0, 0, 0, 0, 1],
      classNames: ["a", "b"], featureNames: ["x"], targetName: "y")
    let error = #expect(throws: DatasetsError.self) { try rare.sample(of: 8) }
    #expect(error?.description.contains("no smaller set") == true && error?.isUsage == true)
  }
}

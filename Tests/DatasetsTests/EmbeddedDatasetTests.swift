import Datasets
import LinAlg
import TestSupport
import Testing

struct EmbeddedDatasetTests {
  /// The digest covers every value, label and name, and Python computed it from scikit-learn's.
  @Test(arguments: EmbeddedDataset.allCases)
  func equalsScikitLearns(_ embedded: EmbeddedDataset) throws {
    let set = embedded.load()
    let reference = try Reference.table(embedded.rawValue)
    #expect(set.name == embedded.rawValue)
    #expect(set.classNames == reference.classNames)
    #expect(set.featureNames == reference.featureNames)
    #expect(set.targetName == reference.targetName)
    #expect(set.classCounts == reference.classCounts)
    #expect(set.digest == reference.digest)
  }

  @Test(arguments: [
    (EmbeddedDataset.iris, 150, 4, [50, 50, 50]),
    (.wine, 178, 13, [59, 71, 48]),
    (.breastCancer, 569, 30, [212, 357]),
    (.digits, 1797, 64, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
  ])
  func hasItsKnownShape(
    _ embedded: EmbeddedDataset, _ rows: Int, _ columns: Int, _ classCounts: [Int]
  ) {
    let set = embedded.load()
    #expect(set.sampleCount == rows)
    #expect(set.featureCount == columns)
    #expect(set.classCounts == classCounts)
  }

  @Test(arguments: EmbeddedDataset.allCases)
  func hasScikitLearnsMeans(_ embedded: EmbeddedDataset) throws {
    let set = embedded.load()
    let means = try Reference.table(embedded.rawValue).means.map(\.value)
    for column in 0..<set.featureCount {
      let values = (0..<set.sampleCount).map { set.features[$0, column] }
      // Two sums of n positive terms, each with a relative error up to n·ε/2.
      let bound = Double(values.count) * .ulpOfOne * means[column]
      let mean = values.reduce(0, +) / Double(values.count)
      #expect(abs(mean - means[column]) <= bound, "column \(column)")
    }
  }

  @Test func hasFishersRows() {
    let iris = EmbeddedDataset.iris.load()
    #expect(Array(iris.features.elements[34 * 4..<35 * 4]) == [4.9, 3.1, 1.5, 0.2])
    #expect(Array(iris.features.elements[37 * 4..<38 * 4]) == [4.9, 3.6, 1.4, 0.1])
  }

  @Test func numbersMalignantMassesFirst() {
    let set = EmbeddedDataset.breastCancer.load()
    #expect(set.classNames == ["malignant", "benign"])
    #expect(set.labels[0] == 0)
    #expect(set.features[0, 0] == 17.99)
  }
}

import Datasets
import LinAlg
import Poisoning
import TestSupport
import Testing

/// k-means against scikit-learn, which starts from the same centres.
struct KMeansTests {
  struct Reference: Decodable {
    struct Case: Decodable {
      let data: String
      let first: [Int]
      let groups: [Int]
      let centers: [[Double]]
    }

    let cases: [Case]
  }

  @Test func agreesWithScikitLearn() throws {
    for reference in try fixture("kmeans", as: Reference.self).cases {
      let dataset = try #require(EmbeddedDataset(rawValue: reference.data)).load()
      let points = Scaler(.standard, fittedTo: dataset.features).transform(dataset.features)
      let means = KMeans(points, from: points.selectingRows(reference.first))
      #expect(means.groups == reference.groups, "\(reference.data) \(reference.first)")
      for (row, center) in reference.centers.enumerated() {
        for (column, value) in center.enumerated() {
          // Means of at most 178 numbers below 4 in another order: 178·4·ε is below 2e-13.
          #expect(abs(means.centers[row, column] - value) < 2e-13)
        }
      }
    }
  }

  @Test func emptyGroupsAndCopiesDoNotMatter() {
    let points = Matrix<Double>(rows: 5, columns: 1, elements: [1, 1, 1, 1, 1])
    var stream = RandomStream(purpose: RandomPurpose(999), seed: 1)
    let means = KMeans(points, count: 3, &stream)
    #expect(means.groups == [0, 0, 0, 0, 0] && means.centers.elements == [1])
    let far = KMeans(
      points, from: Matrix(rows: 2, columns: 1, elements: [1, 50]))
    #expect(far.groups == [0, 0, 0, 0, 0] && far.centers.elements == [1, 50])
  }

  @Test func moreGroupsThanRowsAreOneEach() {
    let points = Matrix<Double>(rows: 3, columns: 1, elements: [1, 2, 4])
    var stream = RandomStream(purpose: RandomPurpose(999), seed: 2)
    let means = KMeans(points, count: 9, &stream)
    #expect(Set(means.groups) == [0, 1, 2])
    for row in 0..<3 { #expect(means.centers[means.groups[row], 0] == points[row, 0]) }
  }
}

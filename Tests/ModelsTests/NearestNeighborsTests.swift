import Datasets
import LinAlg
import Models
import TestSupport
import Testing

@Suite struct NearestNeighborsTests {
  /// Sorts all rows by (distance, row) and counts votes by weight, the plain way.
  private func bruteForce(_ problem: Problem, _ k: Int, _ query: [Double]) -> Int {
    let d = problem.featureCount
    let rows = problem.labels.indices.filter { problem.weights[$0] > 0 }
    let distances = rows.map { row in
      var total = 0.0
      for j in 0..<d {
        let difference = query[j] - problem.features[row, j]
        total += difference * difference
      }
      return total
    }
    let nearest = rows.indices.sorted {
      (distances[$0], rows[$0]) < (distances[$1], rows[$1])
    }.prefix(k)
    var votes = [Double](repeating: 0, count: problem.classCount)
    for index in nearest { votes[problem.labels[rows[index]]] += problem.weights[rows[index]] }
    return votes.indices.reduce(0) { votes[$1] > votes[$0] ? $1 : $0 }
  }

  /// Iris is measured to a tenth, so distances tie often: the rule for ties is what is tested.
  @Test(
    arguments: [EmbeddedDataset.iris, .wine, .breastCancer, .digits], [1, 2, 4, 5, 15])
  func equalsBruteForce(_ name: EmbeddedDataset, k: Int) throws {
    let data = name.load()
    let (train, queries) = (
      data.labels.indices.filter { $0 % 4 != 0 }, data.labels.indices.filter { $0 % 4 == 0 }
    )
    for isWeighted in [false, true] {
      let problem = Problem(
        features: data.features.selectingRows(train), labels: train.map { data.labels[$0] },
        weights: isWeighted ? train.map { Double($0 % 3) } : nil, classCount: data.classCount)
      let model = try NearestNeighbors(neighborCount: k).fitNeighbors(problem)
      let asked = Array(queries.prefix(60))
      let predicted = model.predict(data.features.selectingRows(asked)).classes
      for (row, prediction) in zip(asked, predicted) {
        let query = (0..<data.featureCount).map { data.features[row, $0] }
        #expect(prediction == bruteForce(problem, k, query), "\(name) k \(k) row \(row)")
      }
    }
  }

  @Test func equalDistancesGoToTheSmallerRow() throws {
    let problem = Problem(
      features: Matrix(rows: 4, columns: 1, elements: [1, -1, 1, -1]), labels: [1, 0, 0, 2],
      classCount: 3)
    let zero = Matrix<Double>(rows: 1, columns: 1)
    let one = try NearestNeighbors(neighborCount: 1).fitNeighbors(problem).predict(zero)
    #expect(one.classes == [1])
    // Rows 0 and 1 vote 1 : 1, and the smaller class wins.
    let two = try NearestNeighbors(neighborCount: 2).fitNeighbors(problem).predict(zero)
    #expect(two.classes == [0])
    #expect(two.scores.elements == [0.5, 0.5, 0])
  }

  @Test func aNearerRowPushesOutTheLaterOfTwoEqualOnes() throws {
    // Rows 0 and 1 are equally far; row 2 is nearer and takes the place of row 1.
    let problem = Problem(
      features: Matrix(rows: 3, columns: 1, elements: [1, -1, 0.5]), labels: [0, 1, 1],
      classCount: 2)
    let model = try NearestNeighbors(neighborCount: 2).fitNeighbors(problem)
    #expect(model.predict(Matrix(rows: 1, columns: 1)).scores.elements == [0.5, 0.5])
  }

  @Test func moreNeighborsThanRowsLetAllVote() throws {
    let problem = Problem(
      features: Matrix(rows: 3, columns: 1, elements: [0, 1, 2]), labels: [0, 1, 1],
      weights: [1, 1, 0], classCount: 2)
    let model = try NearestNeighbors(neighborCount: 9).fitNeighbors(problem)
    #expect(model.neighborCount == 2)
    #expect(model.predict(Matrix(rows: 1, columns: 1)).classes == [0])
  }

  @Test func threadsChangeNothing() throws {
    let problem = cloud(300, 7)
    let model = try NearestNeighbors().fitNeighbors(problem)
    let queries = normalMatrix(101, 7, seed: 5) as Matrix<Double>
    #expect(model.predict(queries, threads: 1) == model.predict(queries, threads: 2))
  }

  @Test func distancesThatOverflowStillVote() throws {
    let problem = Problem(
      features: Matrix(rows: 3, columns: 1, elements: [1e200, -1e200, 1e200]), labels: [0, 1, 1],
      classCount: 2)
    let model = try NearestNeighbors(neighborCount: 3).fitNeighbors(problem)
    #expect(model.predict(Matrix(rows: 1, columns: 1)).classes == [1])
  }
}

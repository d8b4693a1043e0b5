public import LinAlg

/// The training rows of a nearest-neighbour classifier, ready for queries.
public struct NearestNeighborsModel: Model {
  /// The training rows of positive weight, d × n, one *column* each.
  package let points: Matrix<Double>

  /// The class of each of them.
  package let labels: [Int]

  /// The weight of each of them.
  package let weights: [Double]

  /// Number of neighbours that vote.
  public let neighborCount: Int

  /// Number of classes K.
  public let classCount: Int

  /// Always exact: there is nothing to optimise.
  public let report: FitReport

  /// The winning class of each row, and the share of the neighbours' weight that each class has.
  ///
  /// - Precondition: The rows have the features the model was fitted with.
  /// - Complexity: O(n·(d + k)) for each row.
  public func predict(_ features: Matrix<Double>, threads: Int = 1) -> Prediction {
    let shares =
      features.rows < Self.fewRows
      ? (0..<features.rows).map { voteShares(features.withRow($0, neighbors)) }
      : tableShares(features, threads: threads)
    return Prediction(
      classes: shares.map { firstMaximum($0.span) },
      scores: Matrix(
        rows: features.rows, columns: classCount, elements: shares.flatMap { $0 }),
      scoresAreProbabilities: false)
  }

  /// For fewer rows a table costs more than it saves: it wants the points by rows.
  private static let fewRows = 8

  private func tableShares(_ features: Matrix<Double>, threads: Int) -> [[Double]] {
    let table = NeighborTable(
      of: features, among: points.transposed(), neighborCount: neighborCount, threads: threads)
    let k = table.neighborCount
    return (0..<features.rows).map { row in
      voteShares(Array(table.indices[row * k..<(row + 1) * k]))
    }
  }

  /// The indices of the nearest training rows of positive weight, nearest first.
  package func neighbors(of query: Span<Double>) -> [Int] {
    var distances = [Double](repeating: 0, count: points.columns)
    Lanes.squaredDistances(from: query, toColumnsOf: points, into: &distances)
    var nearest: [Int] = []
    nearest.reserveCapacity(neighborCount + 1)
    for (index, distance) in distances.enumerated() {
      // Rows come in order of index, so an equal distance goes behind those already there.
      if nearest.count == neighborCount {
        guard let last = nearest.last, distance < distances[last] else { continue }
        nearest.removeLast()
      }
      var position = nearest.count
      while position > 0, distance < distances[nearest[position - 1]] { position -= 1 }
      nearest.insert(index, at: position)
    }
    return nearest
  }

  /// The share of each class in the weight of the neighbours, added in the order of rows.
  private func voteShares(_ neighbors: [Int]) -> [Double] {
    var votes = [Double](repeating: 0, count: classCount)
    for index in neighbors.sorted() { votes[labels[index]] += weights[index] }
    let total = votes.reduce(0, +)
    return total > 0 ? votes.map { $0 / total } : votes
  }
}

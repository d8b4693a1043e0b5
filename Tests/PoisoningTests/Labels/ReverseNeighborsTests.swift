import Datasets
import LinAlg
import Models
import Poisoning
import TestSupport
import Testing

/// Greedy reverse-neighbour flips against predictions computed anew for every flip.
struct ReverseNeighborsTests {
  private static func expectExhaustiveGreedy(
    _ exposure: Exposure, neighbors: Int, count: Int
  ) throws {
    let base = exposure.training
    let validation = try #require(exposure.validation)
    let scaler = Scaler(.standard, fittedTo: base.features)
    let (x, z) = (scaler.transform(base.features), scaler.transform(validation.features))
    let learner = try NearestNeighbors(neighborCount: neighbors)
    let votes = Double(min(neighbors, base.count))
    // Errors, and the sum of margins in votes.
    let judge = { (labels: [Int]) -> (errors: Int, margin: Int) in
      let model = learner.fitNeighbors(
        Problem(features: x, labels: labels, classCount: base.classCount))
      let prediction = model.predict(z)
      let errors = zip(prediction.classes, validation.labels).count { $0 != $1 }
      let margins = validation.labels.indices.map { row in
        let shares = (0..<base.classCount).map {
          Int((prediction.scores[row, $0] * votes).rounded())
        }
        let truth = validation.labels[row]
        let others = (0..<base.classCount).filter { $0 != truth }.map { shares[$0] }
        return shares[truth] - (others.max() ?? 0)
      }
      return (errors, margins.reduce(0, +))
    }
    let patch = ReverseNeighbors(learner).patch(exposure, count: count)
    var labels = base.labels
    var left = exposure.order
    for step in 0..<count {
      let now = judge(labels)
      var best: (gain: Int, reduction: Int, row: Int, label: Int)?
      for row in left {
        for label in 0..<base.classCount where label != labels[row] {
          var flipped = labels
          flipped[row] = label
          let then = judge(flipped)
          let (gain, reduction) = (then.errors - now.errors, now.margin - then.margin)
          if let top = best, (gain, reduction) <= (top.gain, top.reduction) { continue }
          best = (gain, reduction, row, label)
        }
      }
      let flip = try #require(best)
      #expect(patch.rows[step] == flip.row && patch.labels?[step] == flip.label, "step \(step)")
      labels[flip.row] = flip.label
      left.removeAll { $0 == flip.row }
    }
  }

  @Test(arguments: [2, 3], [1, 2, 5, 30])
  func isExhaustiveGreedy(_ classCount: Int, _ neighbors: Int) throws {
    for seed in 0..<UInt32(4) {
      try Self.expectExhaustiveGreedy(
        gaussianExposure(classCount: classCount, rows: 18, validationRows: 12, seed: 40 + seed),
        neighbors: neighbors, count: 18)
    }
  }

  @Test func isExhaustiveGreedyOnIris() throws {
    let rows = try Sample.iris.rows()
    try Self.expectExhaustiveGreedy(
      Exposure(rows.training, key: .standard, seed: 1, validation: rows.validation), neighbors: 5,
      count: 12)
  }
}

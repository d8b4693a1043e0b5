import Datasets
import LinAlg
import Models
import Poisoning
import TestSupport
import Testing

/// Clusters against distances and fits made one by one.
struct ClusterFlipTests {
  private static func distance(_ x: Matrix<Double>, _ a: Int, _ b: Int) -> Double {
    (0..<x.columns).reduce(0) { $0 + (x[a, $1] - x[b, $1]) * (x[a, $1] - x[b, $1]) }
  }

  /// The labels and order of a cluster around a centre among the rows that are left.
  private static func cluster(
    _ base: TrainingSet, _ x: Matrix<Double>, centre: Int, left: [Int], count: Int
  ) throws -> [(row: Int, label: Int)] {
    let order = { (rows: [Int]) in
      rows.sorted { distance(x, centre, $0) < distance(x, centre, $1) }
    }
    let a = base.labels[centre]
    let rival = try #require(order(Array(0..<base.count)).first { base.labels[$0] != a })
    let b = base.labels[rival]
    return order(left).prefix(count).map { ($0, base.labels[$0] == b ? a : b) }
  }

  @Test(arguments: [nil, 1, 6, 11], 0..<UInt32(3))
  func flipsNeighbourhoods(_ size: Int?, _ seed: UInt32) throws {
    // Gaussian features: no distances tie.
    let exposure = try gaussianExposure(classCount: 3, rows: 40, features: 3, seed: 60 + seed)
    let base = exposure.training
    let x = Scaler(.standard, fittedTo: base.features).transform(base.features)
    let patch = ClusterFlip(size: size, surrogate: try Surrogate(.linearSVM))
      .patch(exposure, count: 40)
    var left = exposure.order
    var expected: [(row: Int, label: Int)] = []
    while let centre = left.first {
      let flips = try Self.cluster(base, x, centre: centre, left: left, count: size ?? 40)
      expected += flips
      left.removeAll { row in flips.contains { $0.row == row } }
    }
    #expect(patch.rows == expected.map(\.row) && patch.labels == expected.map(\.label))
  }

  @Test(arguments: [SurrogateKind.linearSVM, .rbfSVM], 0..<UInt32(3))
  func keepsTheMostMisleadingCentre(_ kind: SurrogateKind, _ seed: UInt32) throws {
    let exposure = try gaussianExposure(classCount: 3, rows: 50, seed: 80 + seed)
    let base = exposure.training
    let x = Scaler(.standard, fittedTo: base.features).transform(base.features)
    let learner = try SupportVectorClassifier(
      kernel: kind == .linearSVM ? .linear : .rbf(gamma: .scale))
    var best: (centre: Int, errors: Int)?
    for centre in exposure.order.prefix(12) {
      var labels = base.labels
      for flip in try Self.cluster(base, x, centre: centre, left: exposure.order, count: 5) {
        labels[flip.row] = flip.label
      }
      let model = learner.fitSVM(Problem(features: x, labels: labels, classCount: 3))
      let errors = zip(model.predict(x).classes, base.labels).count { $0 != $1 }
      if errors > best?.errors ?? -1 { best = (centre, errors) }
    }
    let patch = ClusterFlip(tries: 12, surrogate: try Surrogate(kind)).patch(exposure, count: 5)
    #expect(patch.rows.first == best?.centre)
  }
}

import Defenses
import Foundation
import LinAlg
import Models
import TestSupport
import Testing

/// Detectors against scikit-learn and SciPy.
struct DetectorReferenceTests {
  private struct Reference: Decodable {
    struct Factor: Decodable {
      let data: String
      let neighbors: Int
      let scores: [Double]
      let novel: [Double]
    }
    struct Machine: Decodable {
      let data: String
      let nu: Double
      let gamma: Double?
      let decisions: [Double]
      let offset: Double
      let support: [Int]
    }
    struct Tree: Decodable {
      let columns: [Int]
      let thresholds: [Double]
      let left: [Int]
      let right: [Int]
      let counts: [Int]
    }
    struct Given: Decodable {
      let trees: [Tree]
      let sampleSize: Int
      let points: [[Double]]
      let scores: [Double]
    }
    struct Covariance: Decodable {
      let data: String
      let columns: [Int]
      let logDeterminant: Double
      let core: [Int]
      let location: [Double]
      let covariance: [Double]
      let distances: [Double]
    }
    let factors: [Factor]
    let machines: [Machine]
    let given: Given
    let forestMeans: [Double]
    let forestDeviations: [Double]
    let covariances: [Covariance]
  }

  private let reference: Reference

  init() throws { reference = try fixture("detectors") }

  /// Two sums of the same squares in another order differ by a few ε, which ratios of means of up to 20
  /// keep; 1e-10 is far above.
  @Test func localOutlierFactors() {
    for factor in reference.factors {
      let points = scaled(factor.data).features
      let own = LocalOutlierFactor(of: points, neighborCount: factor.neighbors, threads: 2)
      let n = points.rows
      let rest = LocalOutlierFactor(
        of: points.selectingRows(Array(0..<n - 20)), neighborCount: factor.neighbors)
      let novel = rest.scores(of: points.selectingRows(Array(n - 20..<n)))
      for (ours, theirs) in zip(own.scores + novel, factor.scores + factor.novel) {
        #expect(abs(ours - theirs) <= 1e-10 * abs(theirs), "\(factor.data) \(factor.neighbors)")
      }
    }
  }

  /// scikit-learn's documentation: k = 2 on four numbers.
  @Test func localOutlierFactorsOfTheDocumentation() {
    let points = Matrix(rows: 4, columns: 1, elements: [-1.1, 0.2, 101.1, 0.3])
    let scores = LocalOutlierFactor(of: points, neighborCount: 2).scores
    for (ours, theirs) in zip(scores, [0.9821, 1.0370, 73.3697, 0.9821]) {
      #expect(abs(ours - theirs) < 5e-5)
    }
  }

  /// LIBSVM keeps kernel values in single precision, so solutions differ by about 1e-7 of Σα.
  @Test func oneClassMachines() {
    for machine in reference.machines {
      let points = scaled(machine.data).features
      let n = points.rows - 10
      let gamma: Gamma = machine.gamma.map { .value($0) } ?? .scale
      let ours = OneClassMachine(
        points.selectingRows(Array(0..<n)), nu: machine.nu, kernel: .rbf(gamma: gamma),
        tolerance: 1e-10)
      #expect(ours.report.outcome == .converged)
      let bound = 1e-6 * max(machine.nu * Double(n), 1)
      // With a whole νn every α may be at a bound; ρ is then any number of an interval, and each
      // solver takes its own.
      let total = machine.nu * Double(n)
      let isUnique = abs(total - total.rounded()) > 1e-9
      if isUnique { #expect(abs(ours.offset - machine.offset) < bound) }
      let shift = ours.offset - machine.offset
      for (value, expected) in zip(ours.decisionValues(points), machine.decisions) {
        #expect(abs(value + shift - expected) < bound, "\(machine.data) \(machine.nu)")
      }
      for (value, again) in zip(ours.decisionValues, ours.decisionValues(points)) {
        #expect(abs(value - again) < 1e-9)
      }
    }
  }

  /// What is outside at a tolerance of 1e-9 there, by more than 1e-6, and nothing on the border.
  @Test func oneClassMachinesFlagWhatIsOutside() throws {
    struct Outside: Decodable {
      struct Machine: Decodable {
        let data: String
        let nu: Double
        let label: Int
        let outside: [Int]
      }
      let machines: [Machine]
    }
    let reference: Outside = try fixture("boundary")
    for machine in reference.machines {
      let suspects = suspects(machine.data)
      let verdict = try rowDefense("one-class-svm:nu=\(machine.nu)").judge(
        suspects, for: softmax(), threads: 1)
      let rows = suspects.rowsOfClass[machine.label]
      let flagged = rows.indices.filter { verdict.isFlagged(rows[$0], of: suspects) }
      #expect(flagged == machine.outside, "\(machine)")
      #expect(Double(flagged.count) <= machine.nu * Double(rows.count))
    }
  }

  /// scikit-learn's documentation: ν = ½, γ = 1/d on five numbers.
  @Test func oneClassMachineOfTheDocumentation() {
    let points = Matrix(rows: 5, columns: 1, elements: [0, 0.44, 0.45, 0.46, 1])
    let machine = OneClassMachine(points, nu: 0.5, kernel: .rbf(gamma: .auto))
    let values = machine.decisionValues
    #expect(values.map { $0 < 0 ? -1 : 1 } == [-1, 1, 1, 1, -1])
    for (value, expected) in zip(values, [1.7798, 2.0547, 2.0556, 2.0561, 1.7332]) {
      #expect(abs(value + machine.offset - expected) < 2e-4)
    }
  }

  /// At most νn rows outside, at least νn support vectors.
  @Test(arguments: [0.05, 0.2, 0.5, 0.9])
  func nuBoundsBothCounts(_ nu: Double) {
    let points = scaled("wine").features
    let machine = OneClassMachine(points, nu: nu, tolerance: 1e-9)
    let n = Double(points.rows)
    #expect(Double(machine.decisionValues.count { $0 < -1e-7 }) <= nu * n + 1e-9)
    #expect(Double(machine.weights.count { $0 > 0 }) >= nu * n - 1e-9)
    #expect(abs(machine.weights.reduce(0, +) - nu * n) < 1e-9 * n)
  }

  @Test func forestOfGivenTrees() {
    let given = reference.given
    let trees = given.trees.map {
      IsolationTree(
        columns: $0.columns, thresholds: $0.thresholds, left: $0.left, right: $0.right,
        counts: $0.counts)
    }
    let points = Matrix(
      rows: given.points.count, columns: given.points[0].count,
      elements: given.points.flatMap { $0 })
    let scores = IsolationForest(trees, sampleSize: given.sampleSize).scores(of: points)
    for (ours, theirs) in zip(scores, given.scores) { #expect(abs(ours - theirs) < 1e-12) }
  }

  /// Means over 60 forests each: differences have a standard error of s·√(2/60), and the largest of 150
  /// stays within 5 of them but for one study in 10,000.
  @Test func forestsAreDistributedLikeTheirs() {
    let points = scaled("iris").features
    var sums = [Double](repeating: 0, count: 150)
    for seed in UInt32(0)..<60 {
      let forest = IsolationForest(
        on: points, key: .standard, purpose: RandomPurpose(9_997), seed: seed, threads: 2)
      for row in 0..<150 { sums[row] += forest.scores[row] / 60 }
      if seed == 0 {
        for (own, again) in zip(forest.scores, forest.scores(of: points)) {
          #expect(abs(own - again) < 1e-14)
        }
      }
    }
    for row in 0..<150 {
      let error = reference.forestDeviations[row] * (2.0 / 60).squareRoot()
      #expect(abs(sums[row] - reference.forestMeans[row]) < 5 * error, "row \(row)")
    }
  }

  @Test func minimumCovarianceDeterminants() {
    for expected in reference.covariances {
      let whole = scaled(expected.data).features
      let points = Matrix(
        rows: 59, columns: expected.columns.count,
        elements: (0..<59).flatMap { row in expected.columns.map { whole[row, $0] } })
      var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_996), seed: 1)
      let ours = MinimumCovariance(of: points, startCount: 500, &stream)
      // Theirs is the best of 40 searches; ours may only be better.
      #expect(ours.coreLogDeterminant <= expected.logDeterminant + 1e-9)
      guard ours.core == expected.core else { continue }
      for (a, b) in zip(ours.scatter.mean, expected.location) { #expect(abs(a - b) < 1e-12) }
      for (a, b) in zip(ours.scatter.covariance.elements, expected.covariance) {
        #expect(abs(a - b) < 1e-9)
      }
      for (a, b) in zip(ours.scatter.squaredDistances(of: points), expected.distances) {
        #expect(abs(a - b) < 1e-8 * max(b, 1))
      }
    }
  }

  /// Every set of h points, on few of them.
  @Test func minimumCovarianceIsTheSmallest() {
    let whole = scaled("wine").features
    let points = Matrix(
      rows: 10, columns: 2,
      elements: (0..<10).flatMap { row in [whole[7 * row, 0], whole[7 * row, 3]] })
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_995), seed: 2)
    let ours = MinimumCovariance(of: points, startCount: 200, &stream)
    var smallest = Double.infinity
    for mask in 0..<1 << 10 where mask.nonzeroBitCount == 7 {
      let rows = (0..<10).filter { mask >> $0 & 1 == 1 }
      smallest = min(smallest, Scatter(of: points, rows: rows).logDeterminant)
    }
    #expect(abs(ours.coreLogDeterminant - smallest) < 1e-9)
  }
}

import LinAlg
import Models
import TestSupport
import Testing

/// Support vector machines by working sets: the optimum of those solved two rows at a time.
@Suite struct WorkingSetTests {
  private static let kernels: [Kernel] = [
    .linear, .rbf(gamma: .scale), .rbf(gamma: .value(0.01)), .rbf(gamma: .value(30)),
  ]

  private static func learner(
    _ kernel: Kernel, c: Double = 1, margin: MarginLoss = .hinge, tolerance: Double = 1e-7,
    isLarge: Bool
  ) throws -> SupportVectorClassifier {
    var learner = try SupportVectorClassifier(
      c: c, kernel: kernel, margin: margin, tolerance: tolerance)
    if isLarge { learner.smallRowLimit = 0 }
    return learner
  }

  @Test(arguments: kernels, [0.1, 1, 50])
  func theOptimumIsThatOfPairs(_ kernel: Kernel, _ c: Double) throws {
    for margin in [MarginLoss.hinge, .huberized(h: 0.5)] {
      let problem = cloud(400, 5, classes: 4)
      let small = try Self.learner(kernel, c: c, margin: margin, isLarge: false).fitSVM(problem)
      let large = try Self.learner(kernel, c: c, margin: margin, isLarge: true)
        .fitSVM(problem, threads: 2)
      #expect(small.report.hasConverged && large.report.hasConverged)
      // Kernel values are rounded to single precision, which is 6e-8 of each.
      #expect(
        abs(small.report.objective - large.report.objective)
          <= 1e-6 * abs(small.report.objective))
      // Each gap is at most the tolerance times the bounds of all rows, three pairs a row.
      let bounds = 3 * c * problem.weights.reduce(0, +)
      #expect(large.report.residual <= 1e-7 * bounds + 1e-6 * abs(small.report.objective))
      let (f, g) = (
        small.decisionValues(problem.features), large.decisionValues(problem.features)
      )
      let worst = zip(f.elements, g.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(worst <= 1e-2)
      let (a, b) = (small.predict(problem.features), large.predict(problem.features))
      let differing = (0..<400).count { row in
        a.classes[row] != b.classes[row]
          && (0..<6).allSatisfy { abs(f[row, $0]) > 1e-3 }
      }
      #expect(differing == 0)
    }
  }

  /// Pairs of about as many rows as features form their products; of more rows, they do not.
  @Test(arguments: [200, 700], [0.01, 1])
  func wideLinearMachinesAreThoseOfPairs(_ count: Int, _ c: Double) throws {
    var problem = cloud(count, 130, classes: 3)
    // Wrong labels keep many rows off their bounds, and weights make bounds differ.
    let labels = problem.labels.enumerated().map { $0 % 7 == 0 ? ($1 + 1) % 3 : $1 }
    problem = Problem(
      features: problem.features, labels: labels,
      weights: labels.indices.map { $0 % 5 == 0 ? 0 : 1 + Double($0 % 3) }, classCount: 3)
    for margin in [MarginLoss.hinge, .huberized(h: 0.5)] {
      let small = try Self.learner(.linear, c: c, margin: margin, isLarge: false).fitSVM(problem)
      let large = try Self.learner(.linear, c: c, margin: margin, isLarge: true).fitSVM(problem)
      let shared = try Self.learner(.linear, c: c, margin: margin, isLarge: true)
        .fitSVM(problem, threads: 2)
      #expect(small.report.hasConverged && large.report.hasConverged)
      #expect(
        abs(small.report.objective - large.report.objective)
          <= 1e-9 * abs(small.report.objective))
      #expect(shared.machines.map(\.coefficients) == large.machines.map(\.coefficients))
      let kept = problem.weights.indices.filter { problem.weights[$0] > 0 }
      let rows = large.supportRows.map { kept[$0] }
      #expect(large.supportVectors == problem.features.selectingRows(rows))
    }
  }

  /// The ramp loss has many minima; where no row is below it both find that of the hinge.
  @Test func theRampEndsToo() throws {
    let problem = cloud(300, 4, classes: 3)
    let kernel = Kernel.rbf(gamma: .scale)
    for s in [-0.5, -100] {
      let small = try Self.learner(kernel, margin: .ramp(s: s), isLarge: false).fitSVM(problem)
      let large = try Self.learner(kernel, margin: .ramp(s: s), isLarge: true).fitSVM(problem)
      #expect(large.report.hasConverged)
      #expect(
        abs(small.report.objective - large.report.objective)
          <= 1e-5 * abs(small.report.objective))
    }
  }

  @Test(arguments: kernels) func bitsDependOnNothingElse(_ kernel: Kernel) throws {
    // Blocks of 2,048 rows: classes of 2,150 take two, the second of them not full.
    let problem = cloud(4_300, 3, classes: 2)
    let many = cloud(700, 3, classes: 9)
    for problem in [problem, many] {
      let learner = try Self.learner(kernel, tolerance: 1e-3, isLarge: true)
      let first = learner.fitSVM(problem, threads: 1)
      for (threads, bytes) in [(2, 1_000_000_000), (3, 0), (1, 3_000_000)] {
        var other = learner
        other.cacheByteBudget = bytes
        let model = other.fitSVM(problem, threads: threads)
        #expect(model.report == first.report)
        #expect(model.supportRows == first.supportRows)
        #expect(model.machines.map(\.coefficients) == first.machines.map(\.coefficients))
        #expect(model.machines.map(\.intercept) == first.machines.map(\.intercept))
      }
    }
  }

  /// Far rows need products in double precision, farther ones differences.
  @Test(arguments: [0.0, 300, 1e6, 1e12]) func farRowsChangeNothingNearby(_ distance: Double) throws
  {
    let base = cloud(300, 4, classes: 2)
    var features = base.features
    for row in 0..<2 { features[row, 0] += distance * (row == 0 ? 1 : -1) }
    let problem = Problem(features: features, labels: base.labels, classCount: 2)
    let kernel = Kernel.rbf(gamma: .value(0.2))
    let small = try Self.learner(kernel, isLarge: false).fitSVM(problem)
    let large = try Self.learner(kernel, isLarge: true).fitSVM(problem)
    #expect(large.report.hasConverged)
    #expect(
      abs(small.report.objective - large.report.objective)
        <= 1e-6 * abs(small.report.objective))
    let (f, g) = (
      small.decisionValues(base.features), large.decisionValues(base.features)
    )
    let worst = zip(f.elements, g.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst <= 1e-3)
  }

  /// A model whose support vectors are many is judged by products.
  @Test(arguments: [Kernel.linear, .rbf(gamma: .scale)], [2, 4])
  func decisionsByProductsAreThoseOfRows(_ kernel: Kernel, _ classCount: Int) throws {
    let problem = cloud(3_600, 3, classes: classCount)
    // So small a penalty leaves all rows inside the margin.
    let model = try Self.learner(kernel, c: 1e-5, tolerance: 1e-3, isLarge: true)
      .fitSVM(problem, threads: 2)
    #expect(model.supportVectors.rows > 2_000)
    let queries: Matrix<Double> = normalMatrix(101, 3, seed: 5)
    let f = model.decisionValues(queries, threads: 2)
    #expect(f == model.decisionValues(queries, threads: 1))
    for (index, machine) in model.machines.enumerated() {
      let size = machine.coefficients.reduce(abs(machine.intercept)) { $0 + abs($1) }
      for row in 0..<queries.rows {
        var expected = machine.intercept
        for (s, beta) in machine.coefficients.enumerated() where beta != 0 {
          var (product, distance) = (0.0, 0.0)
          for j in 0..<3 {
            let (x, y) = (queries[row, j], model.supportVectors[s, j])
            product += x * y
            distance += (x - y) * (x - y)
          }
          var value = [-(model.gamma ?? 0) * distance]
          Lanes.exp(&value)
          expected += beta * (kernel == .linear ? product : value[0])
        }
        // Products of three features of a few units, 3,600 of them added.
        #expect(abs(f[row, index] - expected) <= 1e-11 * size)
      }
    }
  }

  @Test(arguments: [Kernel.rbf(gamma: .scale), .rbf(gamma: .value(3))], [0.01, 0.1, 0.5, 1])
  func oneClassMachinesAgree(_ kernel: Kernel, _ nu: Double) {
    let features = cloud(1_500, 4).features
    let lanes = OneClassMachine(
      features, nu: nu, kernel: kernel, tolerance: 1e-6, smallCount: .max)
    let sets = OneClassMachine(
      features, nu: nu, kernel: kernel, tolerance: 1e-6, smallCount: 0, threads: 2)
    #expect(lanes.report.hasConverged && sets.report.hasConverged)
    #expect(
      abs(lanes.report.objective - sets.report.objective) <= 1e-6 * abs(lanes.report.objective))
    // ρ lies between the bounds that the tolerance leaves; sums of 1,500 rounded values.
    #expect(abs(lanes.offset - sets.offset) <= 1e-6 * nu * 1_500 + 2e-6)
  }

  @Test func oneClassOneRowAndDuplicatesEnd() throws {
    let kernel = Kernel.rbf(gamma: .scale)
    let alone = Problem(
      features: Matrix(rows: 3, columns: 1, elements: [1, 2, 3]), labels: [1, 1, 1], classCount: 2)
    #expect(try Self.learner(kernel, isLarge: true).fitSVM(alone).report.outcome == .constant)
    let twins = Problem(
      features: Matrix(rows: 4, columns: 2, repeating: 2), labels: [0, 1, 0, 1], classCount: 2)
    let model = try Self.learner(kernel, c: 3, isLarge: true).fitSVM(twins)
    #expect(model.report.outcome == .converged)
    #expect(model.machines[0].coefficients.map(abs) == [3, 3, 3, 3])
  }
}

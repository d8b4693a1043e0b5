import Datasets
import LinAlg
import Models
import TestSupport
import Testing

/// Every batched engine against the engine of single problems.
@Suite struct BatchAgreementTests {
  private static let sets: [EmbeddedDataset] =
    isOptimizedBuild ? [.iris, .wine, .breastCancer] : [.iris]
  private static let kernels: [Kernel] = [
    .linear, .rbf(gamma: .scale), .rbf(gamma: .auto), .rbf(gamma: .value(0.5)),
  ]

  // MARK: - Data sets

  @Test(arguments: sets, Change.allCases) func softmaxOnData(
    _ embedded: EmbeddedDataset, _ change: Change
  ) throws {
    for weights in Weighting.allCases {
      let test = try BatchCase.real(embedded, change, weights: weights)
      for c in [0.01, 1, 100] {
        let name = "\(embedded) \(change) \(weights) C=\(c)"
        expectSoftmaxAgrees(try SoftmaxRegression(c: c), test, name)
      }
    }
  }

  @Test(arguments: sets, Change.allCases) func machinesOnData(
    _ embedded: EmbeddedDataset, _ change: Change
  ) throws {
    for weights in Weighting.allCases {
      let test = try BatchCase.real(embedded, change, weights: weights)
      for kernel in Self.kernels {
        for c in [0.01, 1, 100] where embedded == .iris || c == 1 {
          let name = "\(embedded) \(change) \(weights) \(kernel) C=\(c)"
          expectMachinesAgree(try SupportVectorClassifier(c: c, kernel: kernel), test, name)
        }
      }
    }
  }

  @Test(arguments: sets, Change.allCases) func neighborsOnData(
    _ embedded: EmbeddedDataset, _ change: Change
  ) throws {
    for weights in Weighting.allCases {
      let test = try BatchCase.real(embedded, change, weights: weights)
      for k in [1, 2, 3, 4, 5, 6, 15] {
        let name = "\(embedded) \(change) \(weights) k=\(k)"
        expectNeighborsAgree(try NearestNeighbors(neighborCount: k), test, name)
      }
    }
  }

  @Test(.enabled(if: isOptimizedBuild), .tags(.slow)) func digits() throws {
    let test = try BatchCase.real(.digits, .labels)
    expectMachinesAgree(try SupportVectorClassifier(), test, "digits", lanes: 1..<2)
    expectNeighborsAgree(try NearestNeighbors(), test, "digits")
  }

  /// Without a scaler features are as they were measured.
  @Test func tightToleranceAndIterationLimit() throws {
    let test = try BatchCase.real(.iris, .labels)
    let tight = try SupportVectorClassifier(c: 10, tolerance: 1e-9)
    expectMachinesAgree(tight, test, "tolerance 1e-9")
    let limited = try SupportVectorClassifier(
      c: 1e6, kernel: .linear, tolerance: 1e-9, maxIterations: 1)
    expectMachinesAgree(limited, test, "iteration limit")
  }

  // MARK: - Shapes

  /// Remainders of tiles of two and four features, of four rows, of two classes.
  @Test(arguments: [2, 3, 4, 10], [1, 2, 3, 4, 5, 6, 7, 9]) func softmaxOfShapes(
    classes: Int, d: Int
  ) throws {
    for (n, v) in [(41, 1), (42, 2), (43, 3), (60, 5), (121, 8)] {
      let test = BatchCase.clouds(n, d, classes: classes, validation: v)
      for c in [0.01, 1, 100] {
        expectSoftmaxAgrees(
          try SoftmaxRegression(c: c), test, "n=\(n) d=\(d) K=\(classes) v=\(v) C=\(c)")
      }
    }
  }

  @Test(arguments: [2, 3, 4, 10], [1, 2, 3, 5, 6]) func machinesAndNeighborsOfShapes(
    classes: Int, d: Int
  ) throws {
    for (n, v) in [(21, 1), (41, 2), (42, 3), (43, 5), (120, 8)] {
      for weights in Weighting.allCases {
        let plain = BatchCase.clouds(n, d, classes: classes, validation: v)
        let test = BatchCase(
          plain.samples.enumerated().map { weights.applied(to: $1, lane: $0) })
        let name = "n=\(n) d=\(d) K=\(classes) v=\(v) \(weights)"
        for kernel in Self.kernels {
          expectMachinesAgree(
            try SupportVectorClassifier(kernel: kernel), test, "\(name) \(kernel)")
        }
        for k in [1, 5, 15] {
          expectNeighborsAgree(try NearestNeighbors(neighborCount: k), test, "\(name) k=\(k)")
        }
      }
    }
  }

  /// More rows than `LaneRows` takes at a time.
  @Test(arguments: [97, 333, 500]) func softmaxOfSeveralBlocks(_ n: Int) throws {
    let test = BatchCase.clouds(n, 11, classes: 4)
    expectSoftmaxAgrees(try SoftmaxRegression(), test, "n=\(n)")
  }

  /// Classes far apart: coefficients grow until the penalty stops them.
  @Test(arguments: [2, 3, 5]) func separableClasses(classes: Int) throws {
    let test = BatchCase.clouds(45, 3, classes: classes, spread: 9)
    for c in [1, 1e3, 1e6] {
      expectSoftmaxAgrees(
        try SoftmaxRegression(c: c), test, byGradient: true, "K=\(classes) C=\(c)")
    }
  }

  // MARK: - Ties

  /// Points on a small grid: distances tie all over, and rows repeat with other labels.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 9, 15], Weighting.allCases)
  func distancesThatTie(k: Int, weights: Weighting) throws {
    let test = Self.grid(61, weights)
    let learner = try NearestNeighbors(neighborCount: k)
    expectNeighborsAgree(learner, test, "k=\(k) \(weights)")
    // So many that estimates choose among them.
    expectNeighborsAgree(learner, Self.grid(250, weights), "k=\(k) \(weights), 250 rows")
    for kernel in Self.kernels {
      expectMachinesAgree(
        try SupportVectorClassifier(kernel: kernel), test, "\(kernel) \(weights)")
    }
  }

  /// Rows at the points of a grid of 4 × 4, judged on a finer one.
  private static func grid(_ count: Int, _ weights: Weighting) -> BatchCase {
    BatchCase(
      (0..<4).map { lane in
        var sample = weights.applied(
          to: Sample(cloud: count, 2, classes: 4, validation: 25, seed: UInt32(lane))
            .changed(feature: { row, j, _ in Double((row * (j + 2) + lane) % 4) }), lane: lane)
        sample.features = Matrix(
          rows: 25, columns: 2, elements: (0..<50).map { Double($0 * 3 % 8) / 2 })
        return sample
      })
  }

  /// The same point with all labels: everything ties.
  @Test func onePointOfAllClasses() throws {
    let samples = (0..<4).map { lane in
      Sample(cloud: 12, 2, classes: 3, validation: 3, seed: UInt32(lane))
        .changed(feature: { _, _, _ in 2 })
    }
    let test = BatchCase(samples)
    for kernel in Self.kernels {
      expectMachinesAgree(try SupportVectorClassifier(c: 3, kernel: kernel), test, "\(kernel)")
    }
    for k in [1, 2, 5, 12, 40] {
      expectNeighborsAgree(try NearestNeighbors(neighborCount: k), test, "k=\(k)")
    }
  }

  /// Balanced classes of one point: Θ = 0 exactly, all logits tie, and class 0 wins.
  @Test(arguments: [2, 3, 5]) func logitsThatTie(classes: Int) throws {
    var sample = Sample(cloud: 12 * classes, 2, classes: classes, validation: 3, seed: 1)
      .changed(feature: { _, _, _ in 0 }, label: { row, _ in row % classes })
    sample.features = Matrix(rows: 3, columns: 2, elements: [0, 0, 1, 2, -3, 4])
    let test = BatchCase([sample, sample, sample, sample])
    let learner = try SoftmaxRegression()
    var lanes = SoftmaxLanes(learner, test.shape)
    var fits = test.emptyFits
    lanes.fit(test.batch, count: 4, start: nil, into: &fits)
    // 1/K may be rounded, and an intercept with it: a tie is one of equal logits.
    let theta = try #require(lanes.coefficients(0))
    if theta.elements.allSatisfy({ $0 == 0 }) {
      #expect(fits.allSatisfy { $0.predicted == [0, 0, 0] })
    }
    #expect(classes != 2 || theta.elements.allSatisfy { $0 == 0 })
  }

  /// A decision value of exactly 0 votes for the larger class.
  @Test func decisionsOfZero() throws {
    var sample = Sample(cloud: 2, 1, classes: 2, validation: 3, seed: 1)
      .changed(feature: { row, _, _ in row == 0 ? 1 : -1 }, label: { row, _ in row })
    sample.features = Matrix(rows: 3, columns: 1, elements: [0, 2, -2])
    let test = BatchCase([sample, sample, sample, sample])
    let learner = try SupportVectorClassifier(kernel: .linear)
    var workspace = SupportVectorWorkspace(learner, test.shape)
    workspace.begin(test.batch)
    var fit = test.emptyFits[0]
    workspace.fit(test.batch, 0, into: &fit)
    #expect(fit.predicted == [1, 0, 1])
    #expect(learner.fitSVM(sample.problem).predict(sample.features).classes == [1, 0, 1])
  }

  /// ‖∇f‖∞ is over all K classes: with loose tolerances class 0 is often the last.
  @Test(arguments: [3, 5, 10]) func theGradientOfAllClassesIsSmall(classes: Int) throws {
    for tolerance in [10, 3, 1, 0.3, 0.1, 0.03, 0.01] {
      let learner = try SoftmaxRegression(tolerance: tolerance)
      let test = BatchCase.clouds(120, 3, classes: classes, seed: 50)
      var lanes = SoftmaxLanes(learner, test.shape)
      var fits = test.emptyFits
      lanes.fit(test.batch, count: 4, start: nil, into: &fits)
      for (lane, sample) in test.samples.enumerated() {
        let objective = SoftmaxObjective(sample.problem, c: 1, threads: 1)
        let point = try #require(lanes.coefficients(lane)).elements
        var gradient = [Double](repeating: 0, count: point.count)
        _ = objective.value(at: point, gradient: &gradient)
        let norm = gradient.reduce(0) { max($0, abs($1)) }
        // Two gradients of 120 terms, each with its rounding.
        let bound = tolerance + 2 * objective.gradientRoundingError
        #expect(norm <= bound, "K=\(classes), lane \(lane), tolerance \(tolerance)")
      }
    }
  }

  /// Numbers of which single precision sees only the first digits, or that it cannot square or hold.
  @Test(arguments: [0, 1e4, 1e6, 1e9], [1e-200, 1e-30, 1, 1e17, 1e19, 1e150])
  func distancesBeyondSinglePrecision(offset: Double, unit: Double) throws {
    let moved = { (x: Double) in (x + offset) * unit }
    let samples = (0..<4).map { lane in
      var sample = Sample(cloud: 250, 3, classes: 3, validation: 21, seed: UInt32(lane))
        .changed(feature: { moved($2) })
      sample.features = Matrix(
        rows: 21, columns: 3, elements: sample.features.elements.map(moved))
      return sample
    }
    for k in [1, 5, 6, 15, 60] {
      expectNeighborsAgree(
        try NearestNeighbors(neighborCount: k), BatchCase(samples), "\(offset) \(unit) k=\(k)")
    }
  }

  // MARK: - Lost classes and rows

  /// Lane 0 lost class 0, lane 1 the last one by weights, lane 2 all classes but one, lane 3 none.
  @Test(arguments: [2, 3, 4]) func lanesThatLostClasses(classes: Int) throws {
    let plain = BatchCase.clouds(43, 3, classes: classes, validation: 6).samples
    let test = BatchCase([
      plain[0].changed(label: { _, label in label == 0 ? 1 : label }),
      plain[1].weighted { _, label in label == classes - 1 ? 0 : 1 },
      plain[2].changed(label: { _, _ in 1 }),
      plain[3],
    ])
    expectSoftmaxAgrees(try SoftmaxRegression(), test, inLanes: [3], "K=\(classes)")
    for kernel in Self.kernels {
      expectMachinesAgree(try SupportVectorClassifier(kernel: kernel), test, "\(kernel)")
    }
    for k in [1, 5, 15] {
      expectNeighborsAgree(try NearestNeighbors(neighborCount: k), test, "k=\(k)")
    }
  }

  /// Lane 1 has no row at all, lane 2 one, lane 3 fewer than neighbours vote.
  @Test func lanesWithoutWeight() throws {
    let plain = BatchCase.clouds(30, 3, classes: 3, validation: 5).samples
    let test = BatchCase([
      plain[0],
      plain[1].weighted { _, _ in 0 },
      plain[2].weighted { row, _ in row == 17 ? 2 : 0 },
      plain[3].weighted { row, _ in row % 10 == 3 ? 0.5 : 0 },
    ])
    var inLanes: Set = [0]
    if Set(stride(from: 3, to: 30, by: 10).map { plain[3].problem.labels[$0] }).count == 3 {
      inLanes.insert(3)
    }
    expectSoftmaxAgrees(try SoftmaxRegression(), test, inLanes: inLanes, "weights")
    for kernel in Self.kernels {
      expectMachinesAgree(try SupportVectorClassifier(kernel: kernel), test, "\(kernel)")
    }
    for k in [1, 5, 15, 40] {
      expectNeighborsAgree(try NearestNeighbors(neighborCount: k), test, "k=\(k)")
    }
  }

  /// A row of weight 0 is as if absent, however large its features are.
  @Test(arguments: [1e150, 1e300]) func absentRowsMayBeHuge(_ size: Double) throws {
    let plain = BatchCase.clouds(40, 3, classes: 3, validation: 5).samples
    let test = BatchCase(
      plain.map { sample in
        sample.changed(feature: { row, _, x in row % 7 == 2 ? size * x : x })
          .weighted { row, _ in row % 7 == 2 ? 0 : 1 }
      })
    for kernel in Self.kernels {
      expectMachinesAgree(try SupportVectorClassifier(kernel: kernel), test, "\(kernel) \(size)")
    }
    expectNeighborsAgree(try NearestNeighbors(), test, "\(size)")
    expectSoftmaxAgrees(
      try SoftmaxRegression(), test, inLanes: nil, "\(size)")
  }

  // MARK: - Starts

  /// A start changes the way and not the end.
  @Test(arguments: [2, 3, 5], [0.01, 1, 100]) func warmStartsEndAtTheMinimum(
    classes: Int, c: Double
  ) throws {
    let learner = try SoftmaxRegression(c: c)
    let test = BatchCase.clouds(61, 4, classes: classes)
    let noise: Matrix<Double> = normalMatrix(classes, 5, seed: 77)
    let own = learner.fitSoftmax(test.samples[0].problem).coefficients
    let far = Matrix(rows: classes, columns: 5, elements: noise.elements.map { 20 * $0 })
    for (name, start) in [("noise", noise), ("own", own), ("far", far)] {
      // From far away a lane may be given up; what comes then is the other engine's.
      expectSoftmaxAgrees(
        learner, test, start: start, inLanes: name == "far" ? nil : [0, 1, 2, 3],
        byGradient: true, "K=\(classes) C=\(c) \(name)")
    }
  }

  @Test func aStartAtTheMinimumTakesNoTime() throws {
    let learner = try SoftmaxRegression()
    let sample = Sample(cloud: 61, 4, classes: 3, validation: 5, seed: 1)
    let test = BatchCase([sample, sample, sample, sample])
    var lanes = SoftmaxLanes(learner, test.shape)
    var fits = test.emptyFits
    lanes.fit(test.batch, count: 4, start: nil, into: &fits)
    let cold = fits[0].iterations
    let start = try #require(lanes.coefficients(0))
    lanes.fit(test.batch, count: 4, start: start, into: &fits)
    #expect(cold >= 3 && fits.allSatisfy { $0.iterations <= 1 })
  }
}

import LinAlg
import Models
import TestSupport
import Testing

/// Lanes do not notice each other, and workspaces do not remember.
@Suite struct BatchLaneTests {
  private static let learners: [String: any Learner] = {
    var learners: [String: any Learner] = [:]
    for c in [1, 1e6] {
      learners["softmax C=\(c)"] = try? SoftmaxRegression(c: c)
    }
    // Few iterations: huge features and overlapping classes would take all of 10⁷.
    learners["linear"] = try? SupportVectorClassifier(kernel: .linear, maxIterations: 1)
    learners["rbf"] = try? SupportVectorClassifier(maxIterations: 1)
    learners["1 neighbour"] = try? NearestNeighbors(neighborCount: 1)
    learners["5 neighbours"] = try? NearestNeighbors()
    learners["15 neighbours"] = try? NearestNeighbors(neighborCount: 15)
    return learners
  }()

  private static let neighbors = [
    "easy", "separable", "lost class", "one class", "weightless", "huge 1e150", "huge 1e300",
    "largest", "tiny", "duplicates", "infinite", "nan",
  ]

  /// What may stand beside a lane.
  private static func neighbor(_ name: String, _ sample: Sample) -> Sample {
    switch name {
    case "separable": Sample(cloud: 43, 3, classes: 3, validation: 6, seed: 5, spread: 30)
    case "lost class": sample.changed(label: { _, label in label == 2 ? 0 : label })
    case "one class": sample.changed(label: { _, _ in 2 })
    case "weightless": sample.weighted { _, _ in 0 }
    case "huge 1e150": sample.scaled(by: 1e150)
    case "huge 1e300": sample.scaled(by: 1e300)
    case "largest": sample.changed(feature: { _, _, x in x < 0 ? -1.7e308 : 1.7e308 })
    case "tiny": sample.scaled(by: 1e-300)
    case "duplicates": sample.changed(feature: { row, _, _ in Double(row % 2) })
    case "infinite": sample.changed(feature: { row, j, x in row == 4 && j == 1 ? .infinity : x })
    case "nan": sample.changed(feature: { row, j, x in row == 4 && j == 1 ? .nan : x })
    default: sample
    }
  }

  private struct Fitted: Equatable {
    let fit: BatchFit
    let coefficients: [UInt64]?
  }

  private static func fit(
    _ workspace: inout BatchWorkspace, _ test: BatchCase, count: Int = 4
  ) -> [Fitted] {
    var fits = test.emptyFits
    workspace.fit(test.batch, count: count, into: &fits)
    return (0..<4).map { lane in
      Fitted(
        fit: fits[lane],
        coefficients: workspace.softmaxCoefficients(lane)?.elements.map(\.bitPattern))
    }
  }

  @Test(arguments: learners.keys.sorted(), neighbors)
  func neighborsLeaveALaneItsBits(_ name: String, _ neighbor: String) throws {
    let learner = try #require(Self.learners[name])
    let sample = Sample(cloud: 43, 3, classes: 3, validation: 6, seed: 21)
    let alone = BatchCase([sample, sample, sample, sample])
    var workspace = BatchWorkspace(learner, alone.shape)
    #expect(workspace.isSmall)
    let expected = Self.fit(&workspace, alone)
    #expect(expected.allSatisfy { $0 == expected[0] })
    for lane in 0..<4 {
      var samples = [sample, sample, sample, sample]
      samples[lane] = Self.neighbor(neighbor, sample)
      let mixed = Self.fit(&workspace, BatchCase(samples))
      for other in 0..<4 where other != lane {
        #expect(mixed[other] == expected[0], "lane \(other) beside \(lane)")
      }
      #expect(mixed[lane].fit.predicted.allSatisfy { (0..<3).contains($0) })
      // After whatever was there the workspace is as new.
      #expect(Self.fit(&workspace, alone) == expected)
    }
  }

  /// One separable problem at C = 1e6 beside easy ones: agreement, whoever is done first.
  @Test func lanesOfDifferentSpeedAgree() throws {
    let easy = Sample(cloud: 43, 3, classes: 3, validation: 6, seed: 21, spread: 0.1)
    let hard = Sample(cloud: 43, 3, classes: 3, validation: 6, seed: 22, spread: 12)
    let learner = try SoftmaxRegression(c: 1e6)
    let test = BatchCase([easy, hard, easy, hard])
    expectSoftmaxAgrees(learner, test, byGradient: true, "speeds")
    var lanes = SoftmaxLanes(learner, test.shape)
    var fits = test.emptyFits
    lanes.fit(test.batch, count: 4, start: nil, into: &fits)
    #expect(fits[0].iterations < fits[1].iterations)
    #expect(fits[0] == fits[2] && fits[1] == fits[3])
  }

  @Test(arguments: learners.keys.sorted(), 0...3)
  func lanesBeyondTheCountStay(_ name: String, _ count: Int) throws {
    let learner = try #require(Self.learners[name])
    let test = BatchCase.clouds(43, 3, classes: 3, validation: 6)
    var workspace = BatchWorkspace(learner, test.shape)
    let all = Self.fit(&workspace, test)
    let some = Self.fit(&workspace, test, count: count)
    for lane in 0..<4 {
      #expect(some[lane].fit == (lane < count ? all[lane].fit : test.emptyFits[lane]))
    }
  }

  /// A used workspace gives the bits of a fresh one, in any order of batches.
  @Test(arguments: learners.keys.sorted()) func workspacesForget(_ name: String) throws {
    let learner = try #require(Self.learners[name])
    let plain = BatchCase.clouds(43, 3, classes: 3, validation: 6)
    let cases = [
      plain, BatchCase.clouds(43, 3, classes: 3, validation: 6, seed: 40, spread: 4),
      BatchCase(plain.samples.enumerated().map { Weighting.zeros.applied(to: $1, lane: $0) }),
      BatchCase(plain.samples.enumerated().map { Weighting.random.applied(to: $1, lane: $0) }),
      BatchCase(plain.samples.map { Self.neighbor("duplicates", $0) }),
      BatchCase(plain.samples.map { Self.neighbor("lost class", $0) }),
      BatchCase(plain.samples.map { Self.neighbor("huge 1e300", $0) }),
    ]
    var used = BatchWorkspace(learner, plain.shape)
    for (index, test) in (cases + cases.reversed()).enumerated() {
      var fresh = BatchWorkspace(learner, plain.shape)
      #expect(Self.fit(&used, test) == Self.fit(&fresh, test), "batch \(index)")
    }
  }

  /// Shapes that do not fit the cache go to the engine of single problems.
  @Test func largeProblemsAreFittedOneByOne() throws {
    let test = BatchCase.clouds(2_100, 3, classes: 3, validation: 6)
    let machine = try SupportVectorClassifier()
    var workspace = BatchWorkspace(machine, test.shape)
    #expect(!workspace.isSmall)
    var fits = test.emptyFits
    workspace.fit(test.batch, count: 1, into: &fits)
    let model = machine.fitSVM(test.samples[0].problem)
    #expect(fits[0].predicted == model.predict(test.samples[0].features).classes)
    #expect(fits[0].iterations == model.report.iterations)
    #expect(fits[1] == test.emptyFits[1])
  }

  @Test func problemsComeBackOutOfABatch() {
    let test = BatchCase.clouds(11, 3, classes: 3, validation: 5)
    for lane in 0..<4 {
      let problem = test.batch.problem(lane)
      #expect(problem.features == test.samples[lane].problem.features)
      #expect(problem.labels == test.samples[lane].problem.labels)
      #expect(test.batch.validationFeatures(lane) == test.samples[lane].features)
    }
  }

  @Test func countsAreChecked() async {
    await #expect(processExitsWith: .failure) {
      let test = BatchCase.clouds(11, 3, classes: 3)
      var workspace = BatchWorkspace(try NearestNeighbors(), test.shape)
      var fits = test.emptyFits
      workspace.fit(test.batch, count: 5, into: &fits)
    }
  }
}

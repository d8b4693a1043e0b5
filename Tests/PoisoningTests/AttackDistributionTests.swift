import Datasets
import Foundation
import LinAlg
import Poisoning
import TestSupport
import Testing

/// Values follow the distributions that attacks are defined by; each test raises a false alarm with
/// a probability below 10⁻⁶ over the choice of its seeds: at most 14 checks at 5·10⁻⁸.
struct AttackDistributionTests {
  private static let alarm = 5e-8

  /// Where each new value of an attack lies in its distribution, by feature.
  ///
  /// `place` gets the value, the clean one, the feature and its clean range.
  private func places(
    _ attack: any Attack,
    _ place: (Double, Double, [Double], ClosedRange<Double>) -> Double
  ) throws -> [[Double]] {
    var places = [[Double]](repeating: [], count: 4)
    for seed in 0..<UInt32(400) {
      let base = try Sample.iris.training(seed: seed)
      let patch = attack.patch(base, count: base.count / 2, key: .standard, seed: seed)
      let features = try #require(patch.features)
      for (j, range) in try ranges(base.features).enumerated() {
        let values = column(base.features, j)
        for (index, position) in patch.rows.enumerated() {
          places[j].append(place(features[index, j], values[position], values, range))
        }
      }
    }
    return places
  }

  @Test(arguments: [0.1, 1, 30]) func gaussianNoiseIsNormal(_ scale: Double) throws {
    let places = try places(GaussianNoise(scale: scale)) { new, old, values, _ in
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      return erfc((old - new) / (scale * (2 * variance).squareRoot())) / 2
    }
    expectIndependentUniforms(places)
  }

  /// Of two values −1 and 1 the standard deviation is 1; with n − 1 it would be √2.
  @Test func gaussianNoiseIsAsWideAsTheRowsThatAreThere() throws {
    let dataset = try Dataset(
      name: "two", features: Matrix(rows: 2, columns: 1, elements: [-1, 1]), labels: [0, 1],
      classNames: ["a", "b"], featureNames: ["x"], targetName: "t")
    let base = TrainingSet(dataset, rows: [0, 1])
    let places = try (0..<UInt32(4000)).map { seed in
      let patch = try GaussianNoise().patch(base, count: 1, key: .standard, seed: seed)
      let noise = try #require(patch.features)[0, 0] - base.features[patch.rows[0], 0]
      return erfc(-noise / 2.0.squareRoot()) / 2
    }
    #expect(GoodnessOfFit.kolmogorov(places) <= GoodnessOfFit.kolmogorovLimit(Self.alarm))
  }

  /// Below the range counts as the lower half of the unit interval, above it as the upper one.
  @Test(arguments: [1, 10, 1e4]) func bothSidesAreUniformAndEquallyLikely(_ kappa: Double) throws {
    let attack = try OutOfRange(kappa: kappa, sides: .both)
    let places = try places(attack) { new, _, _, range in
      let width = 2 * kappa * (range.upperBound - range.lowerBound)
      return new < range.lowerBound
        ? (range.lowerBound - new) / width : 0.5 + (new - range.upperBound) / width
    }
    expectIndependentUniforms(places)
  }

  /// Wine has no constant feature in a class, so every range has a width.
  @Test func noiseOfAClassIsUniformInItsRange() throws {
    var places = [[Double]](repeating: [], count: 4)
    for seed in 0..<UInt32(60) {
      let base = try Sample.wine.training(seed: seed)
      let byClass = try (0..<3).map { label in
        try ranges(
          base.features.selectingRows(base.labels.indices.filter { base.labels[$0] == label }))
      }
      let patch = UniformNoise(range: .ofClass).patch(
        base, count: base.count / 2, key: .standard, seed: seed)
      let features = try #require(patch.features)
      for (index, position) in patch.rows.enumerated() {
        for j in places.indices {
          let range = byClass[base.labels[position]][j]
          places[j].append(
            (features[index, j] - range.lowerBound) / (range.upperBound - range.lowerBound))
        }
      }
    }
    expectIndependentUniforms(places)
  }

  /// Where each new value lies between lo (0) and lo + κ·(hi − lo) (1), by feature.
  private func places(_ attack: any Attack, kappa: Double) throws -> [[Double]] {
    try places(attack) { new, _, _, range in
      (new - range.lowerBound) / (kappa * (range.upperBound - range.lowerBound))
    }
  }

  private func expectIndependentUniforms(_ places: [[Double]]) {
    let limit = GoodnessOfFit.kolmogorovLimit(Self.alarm)
    for (column, values) in places.enumerated() {
      #expect(GoodnessOfFit.kolmogorov(values) <= limit, "feature \(column)")
    }
    // Pairs of features fill the 5 × 5 cells of the unit square evenly.
    for a in places.indices {
      for b in 0..<a {
        var cells = [Int](repeating: 0, count: 25)
        for (x, y) in zip(places[a], places[b]) {
          cells[min(Int(x * 5), 4) * 5 + min(Int(y * 5), 4)] += 1
        }
        let range = GoodnessOfFit.chiSquareRange(degrees: 24, Self.alarm)
        #expect(range.contains(GoodnessOfFit.chiSquare(cells)), "features \(b) and \(a)")
      }
    }
    // So do pairs of successive draws of one feature, which belong to different rows.
    for values in places {
      var cells = [Int](repeating: 0, count: 25)
      for (x, y) in zip(values, values.dropFirst()) {
        cells[min(Int(x * 5), 4) * 5 + min(Int(y * 5), 4)] += 1
      }
      #expect(
        GoodnessOfFit.chiSquareRange(degrees: 24, Self.alarm)
          .contains(GoodnessOfFit.chiSquare(cells)))
    }
  }

  @Test func uniformNoiseIsUniformInTheCleanRange() throws {
    expectIndependentUniforms(try places(UniformNoise(), kappa: 1))
  }

  @Test(arguments: [0.5, 10, 100, 1e6])
  func outOfRangeIsUniformOverKappaRanges(_ kappa: Double) throws {
    expectIndependentUniforms(try places(OutOfRange(kappa: kappa), kappa: kappa))
  }

  @Test func noiseOfAFixedRangeIgnoresTheTrainingRows() throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = UniformNoise(rangeOf: dataset.features)
    let fixed = try ranges(dataset.features)
    var places = [[Double]](repeating: [], count: 4)
    for seed in 0..<UInt32(200) {
      // The first class alone has much narrower ranges.
      let base = TrainingSet(dataset, rows: Array(0..<50))
      let features = try #require(
        attack.patch(base, count: 20, key: .standard, seed: seed).features)
      for column in 0..<4 {
        let range = fixed[column]
        for index in 0..<20 {
          places[column].append(
            (features[index, column] - range.lowerBound)
              / (range.upperBound - range.lowerBound))
        }
      }
    }
    expectIndependentUniforms(places)
  }

  /// Digits have ten classes: from each, the flips go to each of the nine others equally often.
  @Test func flipsAreUniformOverTheOtherClasses() throws {
    let dataset = EmbeddedDataset.digits.load()
    let base = TrainingSet(dataset, rows: Array(0..<dataset.sampleCount))
    var counts = [[Int]](repeating: Array(repeating: 0, count: 10), count: 10)
    for seed in 0..<UInt32(20) {
      let patch = LabelFlip().patch(base, count: 900, key: .standard, seed: seed)
      for (row, label) in zip(patch.rows, try #require(patch.labels)) {
        counts[base.labels[row]][label] += 1
      }
    }
    for label in 0..<10 {
      #expect(counts[label][label] == 0)
      let others = (0..<10).filter { $0 != label }.map { counts[label][$0] }
      let range = GoodnessOfFit.chiSquareRange(degrees: 8, Self.alarm)
      #expect(range.contains(GoodnessOfFit.chiSquare(others)), "class \(label): \(others)")
    }
  }

  /// Every position is poisoned equally often.
  ///
  /// With S draws of k positions out of m, Σ(count − Sp)² / (Sp(1 − p)) · (m − 1)/m with p = k/m is
  /// nearly χ² of m − 1 degrees of freedom.
  @Test(
    arguments: [
      "uniform", "gaussian", "out-of-range", "shuffle", "swap", "sentinel", "unit-error",
      "duplicates", "deletion", "flip", "relabel", "pair",
    ], [1, 10, 30])
  func everyPositionIsEquallyLikely(_ name: String, _ budget: Int) throws {
    let dataset = EmbeddedDataset.iris.load()
    let attack = try AttackCatalog.attack(name, for: dataset)
    let base = try Sample.iris.training()
    let capacity = attack.capacity(classCounts: base.classCounts)
    let seedCount = 3000
    var counts = [Int](repeating: 0, count: base.count)
    for seed in 0..<UInt32(seedCount) {
      let patch = attack.patch(base, count: budget, key: .standard, seed: seed)
      for row in patch.rows { counts[row] += 1 }
    }
    let eligible = base.labels.indices.filter { name != "relabel" || base.labels[$0] != 0 }
    #expect(eligible.count == capacity)
    let p = Double(budget) / Double(capacity)
    let statistic =
      GoodnessOfFit.chiSquare(eligible.map { counts[$0] }) / (1 - p)
      * Double(capacity - 1) / Double(capacity)
    let range = GoodnessOfFit.chiSquareRange(degrees: capacity - 1, Self.alarm)
    #expect(range.contains(statistic), "\(statistic) outside \(range)")
  }

  /// κ ranges of a feature may pass the largest double; values stop there instead.
  @Test(arguments: [1e300, 1e308, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
  func outOfRangeValuesAreFinite(_ kappa: Double) throws {
    let attack = try OutOfRange(kappa: kappa)
    for base in [try Sample.lopsided.training(), try wide()] {
      let features = try (0..<UInt32(50)).flatMap { seed in
        try #require(
          attack.patch(base, count: base.count, key: .standard, seed: seed).features
        ).elements
      }
      #expect(features.allSatisfy { $0.isFinite })
    }
  }

  /// Two rows at both ends of the doubles, so that hi − lo overflows.
  private func wide() throws -> TrainingSet {
    let top = Double.greatestFiniteMagnitude
    let dataset = try Dataset(
      name: "wide", features: Matrix(rows: 2, columns: 1, elements: [-top, top]), labels: [0, 1],
      classNames: ["a", "b"], featureNames: ["x"], targetName: "t")
    return TrainingSet(dataset, rows: [0, 1])
  }

  @Test func uniformNoiseFillsTheWidestRange() throws {
    let base = try wide()
    let features = try (0..<UInt32(50)).flatMap { seed in
      try #require(
        UniformNoise().patch(base, count: 1, key: .standard, seed: seed).features
      ).elements
    }
    #expect(features.allSatisfy { $0.isFinite })
    #expect(features.contains { $0 < -1e307 } && features.contains { $0 > 1e307 })
  }
}

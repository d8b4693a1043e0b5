import Datasets
import LinAlg
import Poisoning
import TestSupport
import Testing

/// Rows, features and labels are chosen with the probabilities that attacks are defined by; each
/// test raises a false alarm with a probability below 10⁻⁶ over the choice of its seeds: at most 20
/// checks at 5·10⁻⁸.
struct AttackChoiceTests {
  private static let alarm = 5e-8

  /// Seven rows of classes 0, 0, 0, 1, 1, 2, 2 with four features; no value occurs twice.
  private func small() throws -> TrainingSet {
    let dataset = try Dataset(
      name: "small", features: normalMatrix(7, 4, seed: 7), labels: [0, 0, 0, 1, 1, 2, 2],
      classNames: ["a", "b", "c"], featureNames: ["w", "x", "y", "z"], targetName: "t")
    return TrainingSet(dataset, rows: Array(0..<7))
  }

  private func expect(
    _ counts: [Int], _ shares: [Double]? = nil, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let even = [Double](repeating: 1 / Double(counts.count), count: counts.count)
    let statistic = GoodnessOfFit.chiSquare(counts, shares: shares ?? even)
    let range = GoodnessOfFit.chiSquareRange(degrees: counts.count - 1, Self.alarm)
    #expect(range.contains(statistic), comment, sourceLocation: sourceLocation)
  }

  /// All rows poisoned under many seeds: position, new features and new label.
  private func outcomes(
    _ attack: any Attack, _ base: TrainingSet, seeds: UInt32 = 6000, count: Int? = nil
  ) throws -> [[(position: Int, features: [Double], label: Int)]] {
    (0..<seeds).map { seed in
      let patch = attack.patch(base, count: count ?? base.count, key: .standard, seed: seed)
      let features = patch.features
      return patch.rows.enumerated().map { index, position in
        (
          position, features.map { row($0, index) } ?? [],
          patch.labels?[index] ?? base.labels[position]
        )
      }
    }
  }

  @Test func shufflesTakeEveryRowEquallyOften() throws {
    let base = try small()
    let clean = (0..<4).map { column(base.features, $0) }
    var donors = [[Int]](repeating: Array(repeating: 0, count: 7), count: 4)
    var pairs = [[Int]](repeating: Array(repeating: 0, count: 49), count: 3)
    var orders = [Int](repeating: 0, count: 42)
    for outcome in try outcomes(MarginalShuffle(), base) {
      let donor = { (position: Int) -> [Int] in
        let new = outcome.first { $0.position == position }?.features ?? []
        return new.indices.map { j in clean[j].firstIndex(of: new[j]) ?? -1 }
      }
      let (first, second) = (donor(0), donor(1))
      for j in 0..<4 { donors[j][first[j]] += 1 }
      for j in 0..<3 { pairs[j][first[j] * 7 + first[j + 1]] += 1 }
      // Two rows never take the same: 7·6 ordered pairs.
      #expect(first[0] != second[0])
      orders[first[0] * 6 + (second[0] - first[0] + 6) % 7] += 1
    }
    for j in 0..<4 { expect(donors[j], nil, "feature \(j)") }
    for j in 0..<3 { expect(pairs[j], nil, "features \(j) and \(j + 1) are unrelated") }
    expect(orders)
  }

  @Test func swapsTakeEveryRowOfTheOtherClassesEquallyOften() throws {
    let base = try small()
    var donors = [[Int]](repeating: Array(repeating: 0, count: 7), count: 7)
    var pairs = [[Int]](repeating: Array(repeating: 0, count: 4), count: 4)
    for outcome in try outcomes(ClassSwap(), base) {
      var chosen = [Int](repeating: 0, count: 7)
      for (position, new, _) in outcome {
        let donor = try #require((0..<7).first { row(base.features, $0) == new })
        donors[position][donor] += 1
        chosen[position] = donor
      }
      pairs[chosen[0] - 3][chosen[1] - 3] += 1
    }
    for (position, counts) in donors.enumerated() {
      let others = (0..<7).filter { base.labels[$0] != base.labels[position] }
      #expect(counts.reduce(0, +) == others.reduce(0) { $0 + counts[$1] })
      expect(others.map { counts[$0] }, nil, "row \(position)")
    }
    expect(pairs.flatMap(\.self), nil, "rows 0 and 1 are unrelated")
  }

  @Test(arguments: ["sentinel", "sentinel:value=missing", "unit-error", "unit-error:kind=decimal"])
  func oneFeatureIsEveryOneEquallyOften(_ text: String) throws {
    let base = try small()
    let attack = try AttackCatalog.attack(text, for: Sample.iris.dataset())
    var columns = [[Int]](repeating: Array(repeating: 0, count: 4), count: 7)
    var neighbors = [Int](repeating: 0, count: 16)
    for outcome in try outcomes(attack, base) {
      var chosen = [Int](repeating: 0, count: 7)
      for (position, new, _) in outcome {
        let old = row(base.features, position)
        let changed = old.indices.filter { old[$0] != new[$0] }
        try #require(changed.count == 1)
        columns[position][changed[0]] += 1
        chosen[position] = changed[0]
      }
      neighbors[chosen[2] * 4 + chosen[5]] += 1
    }
    for (position, counts) in columns.enumerated() { expect(counts, nil, "row \(position)") }
    expect(neighbors)
  }

  @Test func decimalPointsMoveToEitherSide() throws {
    let base = try small()
    let attack = try UnitError(kind: .decimal, columns: .all)
    var patterns = [Int](repeating: 0, count: 16)
    for outcome in try outcomes(attack, base, seeds: 3000) {
      for (position, new, _) in outcome {
        let old = row(base.features, position)
        patterns[(0..<4).reduce(0) { $0 * 2 + (abs(new[$1]) > abs(old[$1]) ? 1 : 0) }] += 1
      }
    }
    expect(patterns)
  }

  @Test func anyTwoFeaturesAreExchanged() throws {
    let base = try small()
    var pairs: [[Int]: Int] = [:]
    for outcome in try outcomes(try UnitError(kind: .swap), base, seeds: 3000) {
      for (position, new, _) in outcome {
        let old = row(base.features, position)
        pairs[old.indices.filter { old[$0] != new[$0] }, default: 0] += 1
      }
    }
    #expect(pairs.count == 6 && pairs.keys.allSatisfy { $0.count == 2 })
    expect(pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value))
  }

  @Test func everyRowIsCopiedEquallyOften() throws {
    let base = try small()
    for (label, rows) in [(nil, Array(0..<7)), (0, [0, 1, 2])] as [(Int?, [Int])] {
      let attack = try Duplicates(copies: 2, of: label)
      var counts = [Int](repeating: 0, count: 7)
      for outcome in try outcomes(attack, base, count: 1) {
        counts[try #require((0..<7).first { row(base.features, $0) == outcome[0].features })] += 1
      }
      #expect(counts.reduce(0, +) == rows.reduce(0) { $0 + counts[$1] })
      expect(rows.map { counts[$0] })
    }
  }

  @Test func rowsOfAClassAreDeletedEquallyOften() throws {
    let base = try small()
    var counts = [Int](repeating: 0, count: 7)
    for outcome in try outcomes(Deletion(.ofClass(0)), base, count: 1) {
      counts[outcome[0].position] += 1
    }
    #expect(counts[3...].allSatisfy { $0 == 0 })
    expect(Array(counts[..<3]))
  }

  /// Digits have ten classes: whatever the class was, the label is each of the ten equally often.
  @Test func randomLabelsAreUniformOverAllClasses() throws {
    let dataset = EmbeddedDataset.digits.load()
    let base = TrainingSet(dataset, rows: Array(0..<dataset.sampleCount))
    var counts = [[Int]](repeating: Array(repeating: 0, count: 10), count: 10)
    for seed in 0..<UInt32(20) {
      let patch = UniformNoise(label: .random).patch(
        base, count: 900, key: .standard, seed: seed)
      for (row, label) in zip(patch.rows, try #require(patch.labels)) {
        counts[base.labels[row]][label] += 1
      }
    }
    for (label, others) in counts.enumerated() { expect(others, nil, "class \(label)") }
  }

  /// Labels go where T sends them, whether their row was taken early or late.
  @Test func noiseMatricesSendLabelsByTheirRates() throws {
    let noise = try NoiseMatrix(rates: [[0.2, 0.5, 0.3], [0.04, 0.9, 0.06], [0.3, 0.1, 0.6]])
    var counts = [[[Int]]](
      repeating: Array(repeating: [0, 0, 0], count: 3), count: 2)
    for seed in 0..<UInt32(500) {
      let base = try Sample.iris.training(seed: seed % 10)
      let patch = noise.patch(base, count: base.count, key: .standard, seed: seed)
      for (index, row) in patch.rows.enumerated() {
        counts[index < base.count / 2 ? 0 : 1][base.labels[row]][patch.labels?[index] ?? -1] += 1
      }
    }
    for half in counts {
      #expect((0..<3).allSatisfy { half[$0][$0] == 0 })
      expect([half[0][1], half[0][2]], [0.625, 0.375])
      expect([half[1][0], half[1][2]], [0.4, 0.6])
      expect([half[2][0], half[2][1]], [0.75, 0.25])
    }
  }

  /// The next row is one of those left with probability w/Σw, w = 1 − T_yy.
  ///
  /// The probability that rows i, j and k are the first three, in this order, is the product of
  /// three such shares; all 7·6·5 triples are compared.
  @Test func noiseMatricesTakeRowsByTheirRates() throws {
    let base = try small()
    let noise = try NoiseMatrix(rates: [[0.5, 0.5, 0], [0.1, 0.8, 0.1], [0.25, 0.65, 0.1]])
    let weights = base.labels.map { [0.5, 0.2, 0.9][$0] }
    let total = weights.reduce(0, +)
    var counts = [Int](repeating: 0, count: 343)
    for outcome in try outcomes(noise, base, seeds: 60_000, count: 3) {
      counts[outcome.reduce(0) { $0 * 7 + $1.position }] += 1
    }
    var (cells, shares): ([Int], [Double]) = ([], [])
    for i in 0..<7 {
      for j in 0..<7 where j != i {
        for k in 0..<7 where k != i && k != j {
          cells.append(counts[(i * 7 + j) * 7 + k])
          shares.append(
            weights[i] / total * weights[j] / (total - weights[i])
              * weights[k] / (total - weights[i] - weights[j]))
        }
      }
    }
    #expect(cells.reduce(0, +) == 60_000)
    expect(cells, shares)
  }
}

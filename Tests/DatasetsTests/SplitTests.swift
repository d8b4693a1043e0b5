import Datasets
import LinAlg
import Testing

struct SplitTests {
  private static func classCounts(_ rows: [Int], of labels: [Int], classCount: Int) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: classCount)) { $0[labels[$1]] += 1 }
  }

  private static func isAscending(_ rows: [Int]) -> Bool {
    zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }
  }

  @Test(arguments: EmbeddedDataset.allCases, [0.1, 0.25, 0.3, 0.5, 0.9])
  func sharesOutEveryRowOnce(_ embedded: EmbeddedDataset, _ share: Double) throws {
    let set = embedded.load()
    let n = set.sampleCount
    let m = Int((share * Double(n)).rounded(.up))
    var counts: Set<[Int]> = []
    for seed in 0..<UInt32(20) {
      let split = try Split.stratified(set, validationShare: share, seed: seed)
      #expect(Self.isAscending(split.train) && Self.isAscending(split.validation))
      #expect((split.train + split.validation).sorted() == Array(0..<n))
      #expect(split.validation.count == m)
      let taken = Self.classCounts(split.validation, of: set.labels, classCount: set.classCount)
      // Largest remainders round a quota up or down, never further.
      for (count, size) in zip(taken, set.classCounts) {
        #expect(count >= m * size / n && count <= (m * size + n - 1) / n)
      }
      counts.insert(taken)
    }
    #expect(counts.count == 1, "The classes give the same numbers for every seed")
  }

  @Test func followsItsAddressAlone() throws {
    let set = EmbeddedDataset.iris.load()
    let split = try Split.stratified(set, validationShare: 0.3, seed: 7)
    #expect(try Split.stratified(set, validationShare: 0.3, seed: 7) == split)
    #expect(try Split.stratified(set, validationShare: 0.3, seed: 8) != split)
    #expect(try Split.stratified(set, validationShare: 0.3, key: RandomKey(1), seed: 7) != split)
    let wider = try Split.stratified(set, validationShare: 0.5, seed: 7)
    #expect(Set(split.validation).isSubset(of: wider.validation))
  }

  @Test(arguments: [
    // n, share, m: scikit-learn takes the ceiling of the product, here without its rounding.
    (150, 0.3, 45), (100, 0.07, 7), (100, 0.29, 29), (101, 0.5, 51), (10, 0.01, 1),
    (178, 0.3, 54), (1000, 0.001, 1), (1000, 0.0011, 2),
  ])
  func roundsTheSizeUp(_ n: Int, _ share: Double, _ m: Int) throws {
    let split = try Split.stratified(
      labels: (0..<n).map { $0 % 2 }, classCount: 2, validationShare: share, seed: 0)
    #expect(split.validation.count == m)
  }

  @Test(arguments: [
    // Class sizes, m of n rows, and what each class gives.
    ([5, 5, 5], 4, [2, 1, 1]),
    ([1, 9], 5, [0, 5]),
    ([1, 1, 8], 6, [0, 0, 6]),
    ([2, 2, 6], 7, [1, 1, 5]),
    ([3, 0, 3], 3, [2, 0, 1]),
    ([6, 3, 1], 5, [3, 2, 0]),
  ])
  func allocatesByLargestRemainder(_ sizes: [Int], _ m: Int, _ expected: [Int]) throws {
    let labels = sizes.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    let split = try Split.stratified(
      labels: labels, classCount: sizes.count,
      validationShare: Double(m) / Double(labels.count), seed: 3)
    #expect(
      Self.classCounts(split.validation, of: labels, classCount: sizes.count) == expected)
  }

  @Test(arguments: [0, 1, -0.1, 1.5, .nan, .infinity])
  func refusesSharesThatAreNoFractions(_ share: Double) {
    let error = #expect(throws: DatasetsError.self) {
      try Split.stratified(labels: [0, 1], classCount: 2, validationShare: share, seed: 0)
    }
    guard case .validationShareOutOfRange = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.isUsage == true)
  }

  @Test(arguments: [
    ([0, 0, 0, 1, 1], 0.8, 4, 3), ([0, 1], 0.5, 1, 0), ([], 0.5, 0, 0),
  ])
  func refusesToTakeTheLastTrainingRow(
    _ labels: [Int], _ share: Double, _ m: Int, _ limit: Int
  ) {
    #expect(
      throws: DatasetsError.validationTooLarge(
        share: share, validationCount: m, limit: limit, sampleCount: labels.count)
    ) {
      try Split.stratified(labels: labels, classCount: 2, validationShare: share, seed: 0)
    }
  }

  /// Every row of a class is chosen equally often.
  ///
  /// With S draws of v rows out of c, Σ(count − Sp)² / (Sp(1 − p)) · (c − 1)/c with p = v/c is
  /// nearly χ² of k = c − 1 degrees of freedom. Laurent and Massart (Annals of Statistics 28, 2000,
  /// lemma 1): it exceeds k + 2√(kt) + 2t, or falls below k − 2√(kt), with probability at most e⁻ᵗ
  /// each. t = 15 makes a false alarm of one of the six bounds less likely than 2·10⁻⁶; the seeds
  /// are fixed, so a test that passes once passes always.
  @Test func choosesEveryRowEquallyOften() throws {
    let set = EmbeddedDataset.wine.load()
    let seedCount = 2000
    var chosen = [Int](repeating: 0, count: set.sampleCount)
    var taken = [Int](repeating: 0, count: set.classCount)
    for seed in 0..<UInt32(seedCount) {
      let split = try Split.stratified(set, validationShare: 0.3, seed: seed)
      for row in split.validation { chosen[row] += 1 }
      taken = Self.classCounts(split.validation, of: set.labels, classCount: set.classCount)
    }
    for (c, size) in set.classCounts.enumerated() {
      let (p, k, t) = (Double(taken[c]) / Double(size), Double(size - 1), 15.0)
      let expected = Double(seedCount) * p
      let squares = chosen.indices.filter { set.labels[$0] == c }
        .reduce(0.0) { $0 + (Double(chosen[$1]) - expected) * (Double(chosen[$1]) - expected) }
      let statistic = squares / (expected * (1 - p)) * k / Double(size)
      #expect(statistic <= k + 2 * (k * t).squareRoot() + 2 * t, "class \(c)")
      #expect(statistic >= k - 2 * (k * t).squareRoot(), "class \(c)")
    }
  }

  /// Trusted rows come out of the training rows; those for validation stay the same.
  @Test(arguments: [0.05, 0.1, 0.5, 0.9])
  func trustedRowsLeaveValidationAlone(_ share: Double) throws {
    let dataset = EmbeddedDataset.iris.load()
    for seed in UInt32(0)..<10 {
      let plain = try Split.stratified(dataset, validationShare: 0.2, seed: seed)
      let split = try Split.stratified(
        dataset, validationShare: 0.2, trustedShare: share, seed: seed)
      #expect(plain.trusted.isEmpty)
      #expect(split.validation == plain.validation)
      #expect((split.train + split.trusted).sorted() == plain.train)
      #expect(split.trusted.count == Int((share * 120).rounded(.up)))
      for c in 0..<3 {
        let count = split.trusted.count { dataset.labels[$0] == c }
        #expect(abs(count - split.trusted.count / 3) <= 1)
        #expect(split.train.contains { dataset.labels[$0] == c })
      }
    }
  }

  @Test func refusesTrustedSharesThatLeaveNothing() {
    let dataset = EmbeddedDataset.iris.load()
    #expect(throws: DatasetsError.trustedShareOutOfRange(1)) {
      try Split.stratified(dataset, validationShare: 0.2, trustedShare: 1, seed: 0)
    }
    #expect(
      throws: DatasetsError.trustedTooLarge(
        share: 0.99, trustedCount: 119, limit: 117, trainingCount: 120)
    ) {
      try Split.stratified(dataset, validationShare: 0.2, trustedShare: 0.99, seed: 0)
    }
  }
}

import Datasets
import LinAlg
import Testing
import Validation

/// How often tables are accused in which nothing is wrong.
struct FalseSuspicionTests {
  private typealias Table = SuspectedTable

  /// Mean and variance of the number of runs are those over all orders of some labels.
  @Test(arguments: [[0, 0, 0, 1, 1], [0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 1, 2], [0, 1, 2, 3]])
  func momentsOfRunsAreThoseOfAllOrders(labels: [Int]) {
    let classes = (labels.max() ?? 0) + 1
    let counts = labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
    var runs: [Double] = []
    func extend(_ taken: [Int]) {
      guard taken.count < labels.count else {
        let order = taken.map { labels[$0] }
        return runs.append(Double(RowOrder(order, classCounts: counts).runCount))
      }
      for place in labels.indices where !taken.contains(place) { extend(taken + [place]) }
    }
    extend([])
    let mean = runs.reduce(0, +) / Double(runs.count)
    let variance = runs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs.count)
    let order = RowOrder(labels, classCounts: counts)
    #expect(abs(order.expectedRunCount - mean) < 1e-9 && abs(order.variance - variance) < 1e-9)
  }

  /// At most one of 1,000 has classes that seem to depend on the place: of 20,000, 20, and by chance 34.
  @Test(arguments: [
    (40, [0.5]), (60, [0.8]), (200, [0.9]), (90, [0.5, 0.8]), (300, [0.1, 0.2, 0.3]),
  ])
  func tablesInRandomOrderAreNotAccused(rows: Int, borders: [Double]) {
    var accused = 0
    for seed in 0..<20_000 {
      var stream = RandomStream(purpose: RandomPurpose(9_974), seed: UInt32(seed))
      var labels = (0..<rows).map { row in
        borders.count { Double(row) >= $0 * Double(rows) }
      }
      stream.shuffle(&labels, prefix: rows)
      let counts = labels.reduce(into: [Int](repeating: 0, count: borders.count + 1)) {
        $0[$1] += 1
      }
      if RowOrder(labels, classCounts: counts).isTelling { accused += 1 }
    }
    // P(more than 34 of 20,000) is below 0.002 at a rate of 1 in 1,000.
    #expect(accused <= 34)
  }

  /// Clean tables: numbers that tell the classes in part, whole numbers of few values, a category.
  @Test(arguments: [24, 60, 200]) func cleanTablesAreNotAccused(rows: Int) throws {
    var accused: [[Suspicion]] = []
    for seed in 0..<1_000 {
      var stream = RandomStream(purpose: RandomPurpose(9_975), seed: UInt32(seed))
      let labels = Table.labels(rows, classes: 2, seed: UInt32(seed))
      let dataset = try Table.dataset(
        [
          ("x", labels.map { stream.normal() + 2 * Double($0) }),
          ("noise", labels.map { _ in stream.normal() }),
          ("count", labels.map { _ in Double(stream.integer(below: 100)) }),
          ("category", labels.map { _ in Double(stream.integer(below: 4)) }),
        ], labels: labels)
      let found = Suspicions(of: dataset).all
      if !found.isEmpty { accused.append(found) }
    }
    #expect(accused.count <= 1, "\(accused)")
  }

  /// 10,000 columns of 40 rows tell the classes in part by chance; none tells all of them.
  @Test func wideTablesAreNotAccused() throws {
    let labels = Table.labels(40, classes: 2, seed: 20)
    var stream = RandomStream(purpose: RandomPurpose(9_976), seed: 0)
    let columns = (0..<10_000).map { j in
      (name: "gene \(j)", values: labels.map { _ in stream.normal() })
    }
    #expect(Suspicions(of: try Table.dataset(columns, labels: labels)).all.isEmpty)
  }

  /// Rows with a twin among the training rows, counted in splits.
  @Test func twinsAreThoseOfSplits() throws {
    // Groups of 2, 3, and 7 equal rows in classes of 40 and 20.
    let labels = (0..<60).map { $0 < 40 ? 0 : 1 }
    var x = (0..<60).map(Double.init)
    for row in [3, 9] { x[row] = 0 }
    for row in 10..<17 { x[row] = 10 }
    x[41] = x[40]
    let dataset = try Table.dataset([("x", x)], labels: labels)
    var splitter = try StratifiedSplitter(
      labels: labels, classCount: 2, validationShare: 0.3, trustedShare: 0.2)
    let twins = SplitTwins(
      [[0, 3, 9], Array(10..<17), [40, 41]], labels: labels, classCounts: [40, 20],
      validation: splitter.validationCounts, trusted: splitter.trustedCounts)
    var seen = 0
    let seeds = 4_000
    for seed in 0..<seeds {
      splitter.draw(seed: UInt32(seed))
      let trained = Set(splitter.split.train.map { x[$0] })
      seen += splitter.split.validation.count { trained.contains(x[$0]) }
    }
    // A deviation of about 1.5 rows a split.
    #expect(abs(Double(seen) / Double(seeds) - twins.expectedCount) < 5 * 1.5 / 63)
    #expect(twins.rowCount == 12)
    let found = Suspicions(of: dataset, judging: .shares(validation: 0.3, trusted: 0.2)).all
    #expect(found.map(\.kind).contains(.twins))
    let rows = LabeledRows(dataset, rows: [0, 5, 41])
    let other = Suspicions(of: dataset, judging: .rows(rows)).all.first { $0.kind == .twins }
    #expect(other?.finding.contains("of 3 validation rows 3 are equal") == true)
  }
}

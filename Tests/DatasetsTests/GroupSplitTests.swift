import Datasets
import LinAlg
import Testing

/// Splits that keep groups on one side.
struct GroupSplitTests {
  /// Rows of classes in groups.
  struct Structure: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let labels: [Int]
    let groups: [Int]

    init(_ name: String, _ rows: [(label: Int, group: Int)]) {
      (testDescription, labels, groups) = (name, rows.map(\.label), rows.map(\.group))
    }

    var dataset: Dataset {
      get throws {
        try Dataset(
          name: testDescription,
          features: Matrix(
            rows: labels.count, columns: 1, elements: labels.indices.map(Double.init)),
          labels: labels, classNames: (0...(labels.max() ?? 0)).map { "class \($0)" },
          featureNames: ["x"], targetName: "y"
        ).grouped(by: RowGroups(column: "person", rows: groups.map { "p\($0)" }))
      }
    }
  }

  /// Groups of 1 to 9 rows of one class each, 24 a class.
  private static let pure = Structure(
    "one class a group",
    (0..<72).flatMap { group in
      (0...group * 5 % 9).map { _ in (label: group % 3, group: group) }
    })

  /// Groups of all classes in unlike shares.
  private static let mixed = Structure(
    "mixed", (0..<400).map { row in (label: row * 7 % 11 % 3, group: row * 13 % 17) })

  /// Two in five rows are in one group.
  private static let giant = Structure(
    "one giant group",
    (0..<300).map { row in (label: row % 2, group: row < 120 ? 0 : 1 + row % 30) })

  private static let singles = Structure(
    "groups of one row", (0..<90).map { row in (label: row % 7 % 3, group: row) })

  /// Two groups of each class, and of all classes: there is hardly a choice.
  private static let few = Structure(
    "two groups a class", (0..<60).map { row in (label: row % 3, group: row % 3 + 3 * (row % 2)) })

  private static let pair = Structure(
    "two groups", (0..<40).map { row in (label: row / 2 % 2, group: row % 2) })

  /// A class of few rows in three groups beside large ones of another.
  private static let rare = Structure(
    "a rare class",
    (0..<210).map { row in (label: row < 12 ? 1 : 0, group: row < 12 ? row % 3 : 3 + row % 20) })

  private static let all = [pure, mixed, giant, singles, few, pair, rare]

  private static func counts(_ rows: [Int], _ structure: Structure) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: 3)) { $0[structure.labels[$1]] += 1 }
  }

  @Test(arguments: all, [0.1, 0.2, 0.5])
  func noGroupIsOnBothSides(_ structure: Structure, _ share: Double) throws {
    let dataset = try structure.dataset
    var sizes: Set<[[Int]]> = []
    var splits: Set<[Int]> = []
    for seed in 0..<UInt32(200) {
      let split = try Split.stratified(dataset, validationShare: share, seed: seed)
      let sides = [split.train, split.validation].map { Set($0.map { structure.groups[$0] }) }
      #expect(sides[0].isDisjoint(with: sides[1]), "seed \(seed)")
      let rows = split.train + split.validation + split.trusted + split.setAside
      #expect(rows.sorted() == Array(structure.labels.indices))
      sizes.insert([split.train, split.validation].map { Self.counts($0, structure) })
      splits.insert(split.validation)
    }
    #expect(sizes.count == 1, "Every seed has the same numbers of rows")
    for c in Set(structure.labels) { #expect(sizes.first?.allSatisfy { $0[c] > 0 } == true) }
    #expect(splits.count > 1)
  }

  /// Trusted rows are those of groups that neither train nor are judged on.
  @Test(arguments: [pure, mixed, giant, singles])
  func trustedGroupsAreWhole(_ structure: Structure) throws {
    let dataset = try structure.dataset
    var sizes: Set<[[Int]]> = []
    for seed in 0..<UInt32(100) {
      let split = try Split.stratified(
        dataset, validationShare: 0.2, trustedShare: 0.2, seed: seed)
      let sides = [split.train, split.validation, split.trusted]
      let groups = sides.map { Set($0.map { structure.groups[$0] }) }
      #expect(groups[0].isDisjoint(with: groups[1]) && groups[0].isDisjoint(with: groups[2]))
      #expect(groups[1].isDisjoint(with: groups[2]))
      sizes.insert(sides.map { Self.counts($0, structure) })
    }
    #expect(sizes.count == 1 && sizes.first?[2].contains { $0 > 0 } == true)
  }

  /// Of groups of one class a group is taken where that brings the number nearer to the share asked for.
  ///
  /// A group
  /// of s rows that was not taken would have brought no nearer, so at most s/2 rows lack; one that was taken did,
  /// so at most half of it is too much.
  @Test(arguments: [0.2, 0.3, 0.5])
  func sharesAreAsNearAsGroupsAllow(_ share: Double) throws {
    let (structure, dataset) = (Self.pure, try Self.pure.dataset)
    let split = try Split.stratified(dataset, validationShare: share, seed: 3)
    let rows = try Split.stratified(
      labels: structure.labels, classCount: 3, validationShare: share, seed: 3)
    let largest = 9.0
    for (found, asked) in zip(
      Self.counts(split.validation, structure), Self.counts(rows.validation, structure))
    {
      #expect(abs(Double(found - asked)) <= largest / 2)
    }
    // What trials came to, at worst, is what is used: a group a class and side can be left over.
    #expect(split.setAside.count <= 3 * 2 * 9)
  }

  /// A group that nearly all rows are in trains, so that those are not lost.
  @Test func giantGroupsTrain() throws {
    let dataset = try Self.giant.dataset
    for seed in 0..<UInt32(50) {
      let split = try Split.stratified(dataset, validationShare: 0.2, seed: seed)
      #expect(split.train.contains(0) || split.setAside.contains(0))
      #expect(split.setAside.count <= 24, "\(split.setAside.count)")
    }
  }

  /// Groups of one row are dealt out as rows are: the numbers of the classes, and every set of so many alike.
  @Test func groupsOfOneRowAreRows() throws {
    let structure = Structure("six", (0..<6).map { (label: $0 % 2, group: $0) })
    let dataset = try structure.dataset
    var splitter = try StratifiedSplitter(dataset, validationShare: 1.0 / 3)
    var found: [[Int]: Int] = [:]
    let count = 9_000
    for seed in 0..<UInt32(count) {
      splitter.draw(seed: seed)
      #expect(splitter.split.setAside.isEmpty)
      found[splitter.split.validation, default: 0] += 1
    }
    // One of three rows of each class: nine pairs of probability 1/9. The number of a pair has the variance
    // n·(1/9)·(8/9) = 889, a deviation of 30; five of them are exceeded with probability 5e-7 each.
    #expect(found.count == 9)
    for (rows, number) in found { #expect(abs(number - count / 9) < 150, "\(rows): \(number)") }
    for structure in [Self.singles] {
      let dataset = try structure.dataset
      let split = try Split.stratified(dataset, validationShare: 0.3, seed: 0)
      let rows = try Split.stratified(
        labels: structure.labels, classCount: 3, validationShare: 0.3, seed: 0)
      #expect(Self.counts(split.validation, structure) == Self.counts(rows.validation, structure))
      #expect(split.train.count == rows.train.count)
    }
  }

  /// A seed's split depends on its key and itself, not on the seeds before.
  @Test func followsItsAddressAlone() throws {
    let dataset = try Self.mixed.dataset
    var splitter = try StratifiedSplitter(dataset, validationShare: 0.3)
    var forward: [Split] = []
    for seed in 0..<UInt32(30) {
      splitter.draw(seed: seed)
      forward.append(splitter.split)
    }
    for seed in (0..<UInt32(30)).reversed() {
      splitter.draw(seed: seed)
      #expect(splitter.split == forward[Int(seed)])
    }
    splitter.draw(key: RandomKey(1), seed: 7)
    #expect(splitter.split != forward[7])
  }

  /// Each group is judged on under some seed.
  @Test func everyOrdinaryGroupTakesTurns() throws {
    let (structure, dataset) = (Self.pure, try Self.pure.dataset)
    var judged: Set<Int> = []
    for seed in 0..<UInt32(300) {
      let split = try Split.stratified(dataset, validationShare: 0.2, seed: seed)
      judged.formUnion(split.validation.map { structure.groups[$0] })
    }
    #expect(judged.count == Set(structure.groups).count)
  }

  @Test func classesOfOneGroupAreRefused() throws {
    let structure = Structure("classes", (0..<30).map { (label: $0 % 3, group: $0 % 3) })
    let error = #expect(throws: DatasetsError.self) {
      try Split.stratified(try structure.dataset, validationShare: 0.2, seed: 0)
    }
    #expect("\(try #require(error))".contains("stands in one group of \"person\" only"))
    // Classes 0 and 1 share group 0, 1 and 2 group 1, 2 and 0 group 2: whichever group is judged on lacks a class.
    let triangle = Structure(
      "triangle", (0..<60).map { row in (label: (row % 3 + row / 3 % 2) % 3, group: row % 3) })
    let refused = #expect(throws: DatasetsError.self) {
      try Split.stratified(try triangle.dataset, validationShare: 0.2, seed: 0)
    }
    #expect("\(try #require(refused))".contains("stands in 2 groups"))
    let trusted = #expect(throws: DatasetsError.self) {
      try Split.stratified(
        try Self.pair.dataset, validationShare: 0.2, trustedShare: 0.2, seed: 0)
    }
    #expect(trusted == .groupsWithoutTrusted(share: 0.2, column: "person"))
  }
}

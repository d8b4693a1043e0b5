import Datasets
import LinAlg
import Testing
import Validation

/// What is suspected, and what is not.
struct SuspicionTests {
  private typealias Table = SuspectedTable

  private static let usual = Judging.shares(validation: 0.2, trusted: 0)

  private static func kinds(_ dataset: Dataset, _ judging: Judging = usual) -> [Suspicion.Kind] {
    Suspicions(of: dataset, judging: judging).all.map(\.kind)
  }

  /// Only of the digits is something said, which is so: some pixels at the border are never or hardly ever set.
  @Test(arguments: EmbeddedDataset.allCases)
  func builtInSetsAreNotAccused(set: EmbeddedDataset) throws {
    let expected: [Suspicion.Kind] = set == .digits ? [.constant, .nearlyConstant] : []
    #expect(Self.kinds(set.load()) == expected)
  }

  /// What columns of a file have become is looked at as those columns: only they can be left out.
  @Test func encodedColumnsAreNamedAsInTheFile() throws {
    var options = TableOptions(target: ColumnReference("y"))
    options.encoding = EncodingOptions()
    // Two rows of `rare` differ, every hundredth row lacks `x`, and each row is there twice.
    let rows = (0..<200).map { row in
      let x = row % 100 == 7 ? "" : "\(row % 100 * 37 % 41).5"
      let rare = row % 100 == 3 ? "odd" : "usual"
      return "\(x),\(["red", "green", "blue"][row % 3]),\(rare),\(row % 100 % 2)\n"
    }
    let text = "x,colour,rare,y\n" + rows.joined()
    let dataset = try CSVReader.read(bytes: Array(text.utf8), name: "file", options: options)
    #expect(dataset.featureNames.contains("colour=red"))
    let found = Suspicions(of: dataset, judging: Self.usual).all
    #expect(Set(found.flatMap(\.leaveOut)).isSubset(of: ["x", "colour", "rare"]))
    #expect(found.contains { $0.kind == .nearlyConstant && $0.columns == ["rare"] })
  }

  // MARK: - Row numbers

  @Test func orderedIdentifierIsNamed() throws {
    let labels = (0..<90).map { $0 / 30 }
    let dataset = try Table.dataset(
      [
        ("Id", (1...90).map(Double.init)), ("version", Array(repeating: 1, count: 90)),
        ("price", Table.noise(90, seed: 1)),
      ], labels: labels)
    let found = Suspicions(of: dataset, judging: Self.usual).all
    #expect(found.map(\.kind) == [.rowNumber, .constant])
    #expect(found[0].columns == ["Id"] && found[0].leaveOut == ["Id"])
    #expect(found[0].finding.contains("3 runs of one class where 61 are to be expected"))
  }

  @Test(arguments: [1, 7, 2]) func shuffledIdentifierIsNamed(step: Int) throws {
    // Every second number at the sparsest, from wherever.
    let ids = (0..<50).map { Double(1_000 + ($0 * 17 % 50) * (step == 2 ? 2 : 1)) }
    let dataset = try Table.dataset(
      [("id", ids), ("x", Table.noise(50, seed: UInt32(step)))],
      labels: Table.labels(50, classes: 2, seed: 4))
    let found = Suspicions(of: dataset, judging: Self.usual).all
    #expect(found.map(\.kind) == [.rowNumber])
    #expect(found.first?.finding.contains("runs") == false)
  }

  @Test func otherWholeNumbersAreNotNamed() throws {
    var stream = RandomStream(purpose: RandomPurpose(9_973), seed: 0)
    let apart = (0..<60).map { Double(($0 * 7 % 60) * 3) }
    var repeated = (0..<60).map { Double($0 * 7 % 60) }
    repeated[3] = repeated[40]
    let dataset = try Table.dataset(
      [
        ("age", (0..<60).map { _ in Double(stream.integer(below: 80)) }), ("sparse", apart),
        ("repeated", repeated), ("half", (0..<60).map { Double($0 * 7 % 60) + 0.5 }),
      ], labels: Table.labels(60, classes: 2, seed: 5))
    #expect(Self.kinds(dataset).isEmpty)
  }

  // MARK: - Order

  @Test func sortedTimesAreNamedWhereClassesAreInBlocks() throws {
    let times = (0..<80).map { 1_700_000_000 + Double($0) * 61.25 }
    let (x, blocks) = (Table.noise(80, seed: 6), (0..<80).map { $0 / 20 % 2 })
    let found = Suspicions(
      of: try Table.dataset([("time", times), ("x", x)], labels: blocks), judging: Self.usual
    ).all
    #expect(found.map(\.kind) == [.order] && found[0].columns == ["time"])
    // Without the time, or with labels in any order, the order of rows does no harm.
    #expect(try Self.kinds(Table.dataset([("x", x)], labels: blocks)).isEmpty)
    let mixed = Table.labels(80, classes: 2, seed: 7)
    #expect(try Self.kinds(Table.dataset([("time", times), ("x", x)], labels: mixed)).isEmpty)
  }

  // MARK: - Columns that tell

  @Test(arguments: [0, 2]) func targetInOtherWordsIsNamed(errors: Int) throws {
    let labels = Table.labels(400, classes: 2, seed: 8)
    var code = labels.map { Double($0) * 3 + 1 }
    for row in 0..<errors { code[row] = 5 - code[row] }
    let dataset = try Table.dataset(
      [("x", Table.noise(400, seed: 9)), ("outcome_code", code)], labels: labels)
    let found = Suspicions(of: dataset, judging: Self.usual).all
    #expect(found.map(\.kind) == [.tellingColumn] && found[0].columns == ["outcome_code"])
    #expect(found[0].finding.contains(errors == 0 ? "in all rows" : "in 99.5 % of the rows"))
  }

  /// Three errors in 400 rows are too many; so are two where only 20 rows are not of the commonest class.
  @Test func columnsThatTellLessAreNotNamed() throws {
    let labels = Table.labels(400, classes: 2, seed: 10)
    var code = labels.map { Double($0) }
    for row in 0..<3 { code[row] = 1 - code[row] }
    #expect(try Self.kinds(Table.dataset([("code", code)], labels: labels), .unknown).isEmpty)
    let rare = (0..<400).map { $0 % 20 == 7 ? 1 : 0 }
    var mark = rare.map { Double($0) }
    (mark[7], mark[27]) = (0, 0)
    #expect(try Self.kinds(Table.dataset([("mark", mark)], labels: rare), .unknown).isEmpty)
  }

  /// A class may have two ranges: what is too low and too high.
  @Test func rulesOfSeveralRangesAreFound() throws {
    let values = Table.noise(300, seed: 11)
    let labels = values.map { abs($0) > 1 ? 1 : 0 }
    #expect(try Self.kinds(Table.dataset([("x", values)], labels: labels)) == [.tellingColumn])
    // More ranges than two a class are no rule.
    let waves = values.map { Int(($0 * 4).rounded(.down)) & 1 }
    #expect(try Self.kinds(Table.dataset([("x", values)], labels: waves)).isEmpty)
  }

  /// Of twelve rows and a few columns, chance makes such a rule.
  @Test func fewRowsAreNotEnough() throws {
    let labels = (0..<12).map { $0 % 3 }
    let dataset = try Table.dataset([("x", labels.map { Double($0) + 0.5 })], labels: labels)
    #expect(Self.kinds(dataset, .unknown).isEmpty)
  }

  // MARK: - Values

  @Test func valuesThatStandForNoneAreNamed() throws {
    var values = Table.noise(200, seed: 12)
    for row in [4, 90, 130, 131] { values[row] = -200 }
    let labels = Table.labels(200, classes: 2, seed: 13)
    let found = Suspicions(of: try Table.dataset([("NOx", values)], labels: labels)).all
    #expect(found.map(\.kind) == [.lostValues])
    #expect(found[0].finding.hasPrefix("-200 in NOx (4 rows) may stand for"))
  }

  @Test func nearlyConstantColumnsAreNamed() throws {
    var (few, more) = (Array(repeating: 0.0, count: 200), Array(repeating: 0.0, count: 200))
    for row in 0..<6 {
      if row < 5 { few[row * 30] = 1 }
      more[row * 30] = 1
    }
    let dataset = try Table.dataset(
      [("few", few), ("more", more)], labels: Table.labels(200, classes: 2, seed: 14))
    let found = Suspicions(of: dataset).all
    #expect(found.map(\.kind) == [.nearlyConstant] && found[0].columns == ["few"])
  }

  // MARK: - Classes and files

  @Test func spellingsOfOneClassAreNamed() throws {
    let labels = Table.labels(60, classes: 4, seed: 15)
    let dataset = try Table.dataset(
      [("x", Table.noise(60, seed: 16))], labels: labels,
      classNames: [" setosa", "Yes", "setosa\u{A0}", "yes"])
    let found = Suspicions(of: dataset).all
    #expect(found.map(\.kind) == [.classNames])
    #expect(found[0].finding.contains("\" setosa\" and \"setosa\u{A0}\"; \"Yes\" and \"yes\""))
  }

  @Test func smallClassesAreNamed() throws {
    let labels = (0..<100).map { $0 < 4 ? 1 : $0 < 12 ? 2 : 0 }
    let dataset = try Table.dataset([("x", Table.noise(100, seed: 17))], labels: labels)
    let found = Suspicions(of: dataset, judging: Self.usual).all
    #expect(found.map(\.kind) == [.smallClasses])
    #expect(found[0].finding.contains("2 classes have"))
    #expect(found[0].finding.contains("\"class 1\" 1"))
    #expect(Self.kinds(dataset, .unknown).isEmpty)
    let rows = LabeledRows(dataset, rows: Array(0..<20))
    #expect(!Self.kinds(dataset, .rows(rows)).contains(.smallClasses))
  }

  @Test func poisonedFilesAreKnownByTheirColumns() throws {
    let labels = Table.labels(60, classes: 2, seed: 18)
    let dataset = try Table.dataset(
      [("x", Table.noise(60, seed: 19)), ("new_row", (1...60).map(Double.init))], labels: labels)
    let columns = ["x", "y", "new_poisoned", "new_row", "new_was"]
    let found = Suspicions(of: dataset, columnNames: columns).all
    #expect(found.map(\.kind) == [.markedPoison])
    #expect(found[0].columns == Array(columns[2...]) && found[0].leaveOut == ["new_row"])
    let others = ["x", "poisoned", "was", "new_row"]
    #expect(Suspicions(of: dataset, columnNames: others).all.map(\.kind) == [.rowNumber])
  }

  /// A file may have texts and gaps where a data set has numbers.
  @Test func cellsOfAFileAreLookedAtToo() throws {
    let lines = (0..<60).map { row in
      let label = ["no", "yes", "maybe"][row * 7 % 3]
      let words = ["no": ["denied", "refused"], "yes": ["paid"], "maybe": [""]][label] ?? []
      return
        "\(row + 1),\(words.isEmpty ? "" : words[row % words.count]),\(row % 5 == 0 ? "NA" : "\(row * 13 % 11)"),\(label)\n"
    }
    let table = try CSVTable(
      bytes: Array(("No,letter,x,answer\n" + lines.joined()).utf8), file: "letters.csv")
    let found = Suspicions(of: table, target: 3, judging: Self.usual).all
    #expect(found.map(\.kind) == [.rowNumber, .tellingColumn])
    #expect(found.map(\.columns) == [["No"], ["letter"]])
    #expect(Suspicions(of: table, target: nil).all.map(\.kind) == [.rowNumber])
  }
}

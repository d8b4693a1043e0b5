import Datasets
import Documents
import LinAlg
import Testing

/// What a file shows of how it is written, what it leaves open, and what is said of that.
@Suite struct DialectRecognitionTests {
  private func set(_ text: String, _ options: TableOptions = TableOptions()) throws -> Dataset {
    try DataFile(path: "t.csv", Array(text.utf8)).dataset(options: options)
  }

  private func remark(_ text: String, _ options: TableOptions = TableOptions()) throws -> String? {
    try DataFile(path: "t.csv", Array(text.utf8)).remark(options: options)
  }

  private func question(_ text: String) -> DialectQuestion.Subject? {
    do {
      _ = try set(text)
      return nil
    } catch {
      guard case .dialect(let question)? = error as? DatasetsError else { return nil }
      return question.subject
    }
  }

  private func options(
    header: Bool? = nil, _ texts: KeyValuePairs<DialectKey, String> = [:]
  ) -> TableOptions {
    var options = TableOptions(hasHeader: header)
    for (key, text) in texts {
      let isTaken = options.dialect.set(key, to: text)
      #expect(isTaken)
    }
    return options
  }

  @Test(arguments: [
    "a,b,y\n1,2,u\n3,4,v\n", "a,y\r\n1.5,u\r\n2,v\r\n\r\n", "\u{FEFF}a,y\n1,u\n2,v\n\n\n\n",
    "x;1,y\n1,u;v\n2,w\n",
  ])
  func saysNothingOfPlainFiles(_ text: String) throws {
    #expect(try remark(text) == nil)
    let plain = try CSVReader.read(bytes: Array(text.utf8), name: "t")
    #expect(try set(text).digest == plain.digest)
  }

  @Test func saysAllInOneLine() throws {
    let text = "sep=;\n;a;b;y\n0;1,5;1.234.567;u\n1;-2,5;2.000;v\n"
    #expect(
      try remark(text)
        == "t.csv: fields parted by semicolons; decimal commas; points between thousands; "
        + "column 0 has no name and counts rows, left out")
    let set = try self.set(text)
    #expect(set.featureNames == ["a", "b"])
    #expect(set.features[0, 1] == 1_234_567 && set.features[1, 0] == -2.5)
  }

  // MARK: - Separators

  @Test func partsByWhatMakesNumbers() throws {
    // Commas part the rows of numbers as well as semicolons do.
    let set = try self.set("1,5;2,25;u\n3,5;4,25;v\n5,5;6,25;u\n")
    #expect(set.featureCount == 2 && set.features[0, 1] == 2.25)
  }

  @Test func asksWhereTwoSeparatorsFit() throws {
    let text = "a;b,c\nu;v,w\nx;y,z\n"
    #expect(question(text) == .separator([UInt8(ascii: ","), UInt8(ascii: ";")]))
    let table = try DataFile(path: "t.csv", Array(text.utf8))
      .table(options: options([.separator: ";"])).table
    #expect(table.names == ["a", "b,c"])
  }

  @Test func blanksInTextsPartNothing() throws {
    let set = try self.set("first day,b c,kind of\n1,2,no use\n3,4,some use\n")
    #expect(set.featureNames == ["first day", "b c"] && set.classNames == ["no use", "some use"])
  }

  @Test func rowsOfCommasThatDoNotFitAreFaultsOfThem() {
    #expect(
      throws: DatasetsError.raggedRow(
        at: FileLocation(file: "t.csv", line: 5), found: 2, expected: 3)
    ) { try set("a,b,y\n1,2,u\n3,4,v\n5,6,u\n7,8\n9,1,v\n") }
  }

  // MARK: - Numbers

  @Test func asksWhatACommaIs() throws {
    let text = "price;y\n1,234;u\n5,678;v\n"
    #expect(question(text) == .mark(UInt8(ascii: ","), example: "1,234"))
    #expect(try set(text, options([.thousands: ","])).features[0, 0] == 1234)
    #expect(try set(text, options([.decimal: ","])).features[0, 0] == 1.234)
  }

  @Test(arguments: [
    ("a;y\n1,234;u\n1,5;v\n", 1.234), ("a;y\n1,234;u\n1,234,567;v\n", 1234),
    ("a;b;y\n1,234;0.5;u\n5,678;0.7;v\n", 1234), ("a;y\n0,234;u\n5,678;v\n", 0.234),
    ("a;y\n1.234;u\n5.678;v\n", 1.234), ("a;y\n1'234.5;u\n5.6;v\n", 1234.5),
    ("a;y\n1 234;u\n5;v\n", 1234), ("a;y\n1\u{A0}234,5;u\n5;v\n", 1234.5),
    ("a,y\n\"1,234.5\",u\n5,v\n", 1234.5), ("a,y\n\"1,5\",u\n\"2,5\",v\n", 1.5),
    ("a;y\n1,5e3;u\n2;v\n", 1500), ("a;y\n-1.234.567,5;u\n2;v\n", -1_234_567.5),
  ])
  func oneNumberDecidesForAll(_ text: String, _ first: Double) throws {
    #expect(try set(text).features[0, 0] == first)
  }

  @Test func asksWhichOfTwoMarksIsMeant() {
    #expect(question("a;b;y\n0.66;1,5;u\n0.5;2,5;v\n") == .mixedMarks(point: "0.66", comma: "1,5"))
  }

  /// What the beginning does not show is not read in another way than it shows.
  @Test func laterRowsDoNotChangeMarks() {
    let rows = (0..<12_000).map { "\($0).5;\($0 % 2)\n" }.joined()
    #expect(throws: DatasetsError.self) { try set("a;y\n" + rows + "1,5;0\n") }
    #expect(throws: DatasetsError.self) { try set("a;y\n" + rows + "1,234;0\n") }
  }

  @Test func groupsHaveThreeDigits() {
    for text in ["12,34", "1,2345", "1,,234", ",234", "1,234,", "1,234,56", "1.5,000", "1234,567"] {
      #expect(throws: DatasetsError.self, "\(text)") {
        try set("a;y\n\(text);u\n1;v\n", options([.thousands: ","]))
      }
    }
  }

  // MARK: - Headers

  @Test(arguments: [
    ("1.5,2,u\n3,4,v\n5,6,u\n", 3), ("2,2,u\n3,4,v\n", 2), ("-1.179,-1.148,n\n1,2,y\n3,4,n\n", 3),
  ])
  func findsThatThereIsNone(_ text: String, _ count: Int) throws {
    let set = try self.set(text)
    #expect(set.sampleCount == count && set.featureNames == ["column_0", "column_1"])
    #expect(try remark(text)?.contains("first line is data") == true)
  }

  @Test func asksWhereNamesMayBeNumbers() throws {
    let text = "0,1,y\n3,4,u\n5,6,v\n"
    #expect(question(text) == .header(example: "0"))
    #expect(try set(text, options(header: true)).featureNames == ["0", "1"])
    #expect(try set(text, options(header: false)).sampleCount == 3)
    #expect(question("1.5,2,kind\n3,4,u\n5,6,v\n") == nil)
    // A name over numbers settles it.
    #expect(try set("0,1,y\n3,4,5\n5,6,7\n").featureNames == ["0", "1"])
  }

  @Test func asksWhereTextsRecur() {
    #expect(question("p,x\np,x\ne,x\n") == .header(example: "p"))
  }

  @Test func yearsAreNames() throws {
    let set = try self.set("1960,1961,1962,land\n1.5,2,3,u\n4,5,6,v\n")
    #expect(set.featureNames == ["1960", "1961", "1962"])
  }

  @Test func asksAboutAFirstRowOfAnotherLength() throws {
    let rows = "1.5,2,u\n3,4,v\n5,6,u\n7,8,v\n9,0,u\n"
    #expect(question("5,2,a,b\n" + rows) == .unevenHeader(found: 4, expected: 3))
    // Numbers name no columns beside row names, nor do values that recur name rows.
    #expect(question("5,2\n" + rows) == .unevenHeader(found: 2, expected: 3))
    #expect(
      question("a,b\n1,2,u\n1,4,v\n5,6,u\n7,8,v\n9,0,u\n")
        == .unevenHeader(found: 2, expected: 3))
    #expect(try self.set("5,2,a,b\n" + rows, options([.skip: "1"])).sampleCount == 5)
  }

  // MARK: - Lines that are no rows

  /// Names are above numbers, so the line above them is no header of its own.
  @Test func leavesOutComments() throws {
    let set = try self.set("# made\n# by hand\na,y\n1,u\n# here, too\n2,v\n# end\n")
    #expect(set.sampleCount == 2 && set.featureNames == ["a"])
  }

  @Test func asksWhetherNamesAreAComment() throws {
    let open = "# by hand,y\n1.5,u\n3,v\n"
    #expect(question(open) == .comment(mark: Array("#".utf8), example: "# by hand,y"))
    let text = "# a,b,y\n1.5,2,u\n3,4,v\n"
    #expect(try set(text).featureNames == ["a", "b"])
    #expect(try set(text, options([.comment: "none"])).featureNames == ["# a", "b"])
    #expect(try set(text, options([.comment: "#"])).featureNames == ["column_0", "column_1"])
  }

  @Test func leavesOutWhatStandsAboveTheTable() throws {
    let text = "Report of May\n\na;b;y\n1;2;u\n3;4;v\n"
    let set = try self.set(text)
    #expect(set.featureNames == ["a", "b"])
    #expect(try remark(text)?.contains("2 lines before the first row left out") == true)
    let error = #expect(throws: DatasetsError.self) {
      try self.set("Report of May\n\na;b;y\n1;x;u\n3;4;v\n")
    }
    #expect(error?.description.hasPrefix("t.csv:4:2") == true)
  }

  // MARK: - Columns

  @Test func leavesOutColumnsWithoutNames() throws {
    #expect(try set(",a,y\n0,1,u\n1,2,v\n").featureNames == ["a"])
    #expect(try set("\"\",a,y\nMazda,1,u\nFiat,2,v\n").featureNames == ["a"])
    #expect(try set("a,b,\n1,u,\n2,v,\n", TableOptions(target: .init("b"))).featureNames == ["a"])
    // As R writes tables.
    #expect(try set("a b y\nr1 1 2 u\nr2 3 4 v\n").featureNames == ["a", "b"])
    // Numbers that count nothing may be values.
    #expect(
      throws: DatasetsError.emptyColumnName(
        at: FileLocation(file: "t.csv", line: 1, column: 1), index: 0)
    ) { try set(",a,y\n7,1,u\n7,2,v\n") }
  }

  @Test func numbersNamesThatRecur() throws {
    #expect(
      try set("a,a,a.1,a,y\n1,2,3,4,u\n2,3,4,5,v\n").featureNames == ["a", "a.2", "a.1", "a.3"])
    #expect(try remark("a,a,y\n1,2,u\n2,3,v\n")?.contains("read as \"a.1\"") == true)
    #expect(throws: DatasetsError.self) {
      try set("a,a,y\n1,2,u\n2,3,v\n", TableOptions(ignoredColumns: [.init("a")]))
    }
  }

  @Test func blanksAroundAllFieldsAreNoPartOfThem() throws {
    let text = "a, b, y\n1, 2, u\n3, 4, \"v\"\n"
    let set = try self.set(text)
    #expect(set.featureNames == ["a", "b"] && set.classNames == ["u", "v"])
    // A few of them are.
    #expect(try self.set("a,y\n1, u\n3,u\n").classNames == [" u", "u"])
  }

  @Test func takesQuotationMarksOfOneStroke() throws {
    let set = try self.set("'a','y'\n'1','u, v'\n'2','it''s'\n")
    #expect(set.featureNames == ["a"] && set.classNames == ["it's", "u, v"])
    #expect(try self.set("a,y\n1,it's\n2,o'er\n").classNames == ["it's", "o'er"])
  }

  // MARK: - Encodings

  @Test func namesWhatIsNoText() {
    for bytes: [UInt8] in [[0, 0, 0, 0], [0x61, 0x2C, 0, 0x0A], [0xFF, 0xFE, 0, 0xD8, 0x61, 0]] {
      let error = #expect(throws: DatasetsError.self) {
        try DataFile(path: "t.csv", bytes).dataset()
      }
      #expect(error?.description.contains("byte") == true)
    }
  }

  @Test func readsLatin1WhereItIsNamed() throws {
    let bytes = Array("a,y\n1,".utf8) + [0xE9] + Array("\n2,v\n".utf8)
    #expect(throws: DatasetsError.self) { try DataFile(path: "t.csv", bytes).dataset() }
    let set = try DataFile(path: "t.csv", bytes).dataset(options: options([.encoding: "latin-1"]))
    #expect(set.classNames == ["v", "é"])
  }
}

import Datasets
import LinAlg
import Testing

/// Files whose columns need not be numbers.
struct EncodedReaderTests {
  /// 40 rows: a boolean, categories, numbers with gaps, and texts that are all different.
  private static let mixed =
    "who,member,region,age,zip,y\n"
    + (0..<40).map { row in
      let age = row % 9 == 4 ? (row % 2 == 0 ? "NA" : "") : "\(20 + row)"
      return "n\(row),\(row % 3 == 0 ? "TRUE" : "false"),\(["north", "east", "?"][row % 3]),\(age),"
        + "\(row % 2 == 0 ? "z1" : "7"),\(row % 2 == 0 ? "u" : "v")\n"
    }.joined()

  @Test func kindsShowInTheFile() throws {
    let set = try readEncoded(Self.mixed)
    #expect(
      set.featureNames == [
        "member", "region=east", "region=north", "region=(missing)", "age", "zip=7", "zip=z1",
      ])
    #expect(Array(set.features.elements[0..<7].prefix(6)) == [1, 0, 1, 0, 20, 0])
    #expect(Array(set.features.elements[7 * 2..<7 * 3]) == [0, 0, 0, 1, 22, 0, 1])
    #expect(set.features[4, 4].isNaN && set.features[13, 4].isNaN)
    #expect(set.encoding?.gapColumns == [4] && set.sourceRows == nil)
    let remark = try #require(set.remark)
    #expect(remark.columnsLeftOut == ["who"] && remark.rowCount == 40)
    #expect(
      remark.columns.map(\.outcome) == [
        .leftOut(.texts(40)), .boolean, .categories(2), .number, .categories(2),
      ])
  }

  /// A file of numbers is read as if nothing could be encoded: the same digest, no encoding.
  @Test func numbersStayAsTheyAre() throws {
    let text = "a,b,y\n1,2,u\n3,\"4\",v\n"
    var plain = TableOptions(target: ColumnReference("y"))
    let strict = try CSVReader.read(bytes: Array(text.utf8), name: "t", options: plain)
    plain.encoding = EncodingOptions()
    let set = try CSVReader.read(bytes: Array(text.utf8), name: "t", options: plain)
    #expect(set.digest == strict.digest && set.encoding == nil && set.remark == nil)
  }

  /// What a column is left out for gives the data set of the file without it.
  @Test func columnsLeftOutLeaveNoTrace() throws {
    let rows = (0..<9).map { "n\($0),\($0),\($0 % 2 == 0 ? "u" : "v")\n" }.joined()
    let set = try readEncoded("who,a,y\n" + rows)
    var options = TableOptions(
      target: ColumnReference("y"), ignoredColumns: [ColumnReference("who")])
    options.encoding = EncodingOptions()
    let without = try CSVReader.read(
      bytes: Array(("who,a,y\n" + rows).utf8), name: "t", options: options)
    #expect(set.digest == without.digest && set.encoding == nil)
    #expect(set.remark?.columnsLeftOut == ["who"])
  }

  /// In chunks of any length, on all cores, or by the scanner.
  @Test(arguments: [1, 64, 1 << 20])
  func chunksReadTheSame(_ byteCount: Int) throws {
    let choices = said((.encode, "who=hash:5,zip=ordinal"), (.missing, "indicator"))
    let set = try readEncoded(Self.mixed, choices, chunkByteCount: byteCount)
    let scanned = try readEncoded(Self.mixed, choices, chunkByteCount: nil)
    #expect(set.digest == scanned.digest && set.encoding == scanned.encoding)
    #expect(set.remark == scanned.remark)
  }

  @Test func rowsWithGapsAreDropped() throws {
    let set = try readEncoded(Self.mixed, said((.missing, "drop")))
    // Rows 4, 13, 22 and 31 have no age, every third from 2 on no region.
    let kept = (0..<40).filter { $0 % 9 != 4 && $0 % 3 != 2 }
    #expect(set.sourceRows == kept && set.sampleCount == kept.count)
    #expect(set.remark?.droppedRowCount == 40 - kept.count)
    #expect(!set.featureNames.contains("region=(missing)"))
    #expect(set.features.elements.allSatisfy { $0.isFinite })
    let one = try readEncoded(Self.mixed, said((.missing, "median,age=drop")))
    #expect(one.sourceRows == (0..<40).filter { $0 % 9 != 4 })
    #expect(one.featureNames.contains("region=(missing)"))
    #expect(throws: DatasetsError.self) { try readEncoded(Self.mixed, said((.missing, "error"))) }
  }

  @Test func labelsWithoutATextAreFaults() throws {
    let text = "a,y\n1,u\n2,\n3,v\n4,\n5,NA\n"
    #expect {
      try readEncoded(text)
    } throws: { error in
      guard case .faults(let faults) = error as? DatasetsError else { return false }
      return faults.groups.map(\.count) == [2] && faults.target == "y"
    }
    let set = try readEncoded(text, said((.missing, "y=drop")))
    // NA is a class, as it is in files of numbers.
    #expect(set.classNames == ["NA", "u", "v"] && set.sourceRows == [0, 2, 4])
  }

  /// A few words among many numbers are faults, which name them.
  @Test func fewWordsAmongNumbersAreFaults() throws {
    let rows = (0..<60).map { "\($0 == 7 ? "abc" : $0 == 30 ? "12x" : "\($0)"),\($0 % 2)\n" }
    let text = "a,y\n" + rows.joined()
    #expect {
      try readEncoded(text)
    } throws: { error in
      guard case .faults(let faults) = error as? DatasetsError else { return false }
      return faults.groups.map(\.words) == [["abc", "12x"]] && faults.groups[0].kind == .text
    }
    let gaps = try readEncoded(text, said((.missingText, "abc,12x")))
    #expect(gaps.featureNames == ["a"] && gaps.features[7, 0].isNaN && gaps.features[30, 0].isNaN)
    let categories = try readEncoded(text, said((.encode, "a=onehot")))
    #expect(categories.featureCount == 60 && categories.featureNames.contains("a=abc"))
  }

  @Test func namesThatCollideAreToldApart() throws {
    let rows = (0..<12).map {
      "\($0 % 2 == 0 ? "male" : "female x"),\($0),\($0),\($0 % 2 == 0 ? "u" : "v")\n"
    }.joined()
    let set = try readEncoded(
      "sex,sex=male,y=1,sex=female x\n" + rows, target: "sex=female x")
    #expect(set.featureNames == ["sex=female x.1", "sex=male.1", "sex=male", "y=1"])
  }

  /// Commas, quotation marks, line breaks, and blanks at the ends belong to a text.
  @Test func textsAreKeptToTheByte() throws {
    let texts = ["a,b", "say \"x\"", "two\nlines", " blank ", "e\u{301}", "\u{E9}"]
    let rows = (0..<48).map { row in
      CSVWriter.quoted(texts[row % 6]) + ",\(row % 2 == 0 ? "u" : "v")\n"
    }.joined()
    let set = try readEncoded("t,y\n" + rows)
    #expect(
      Set(set.featureNames.map { Array($0.utf8) }) == Set(texts.map { Array("t=\($0)".utf8) }))
    for row in 0..<12 {
      let feature = try #require(
        set.featureNames.firstIndex { $0.utf8.elementsEqual("t=\(texts[row % 6])".utf8) })
      #expect(set.features[row, feature] == 1)
    }
  }

  /// Texts beyond any that could have columns are counted and left out, or hashed.
  @Test func manyTextsAreCounted() throws {
    let rows = (0..<20_000).map { "x\($0 % 9_000),\($0),\($0 % 2)\n" }.joined()
    let set = try readEncoded("t,a,y\n" + rows)
    #expect(set.featureCount == 33 && set.featureNames[31] == "t#31")
    #expect(set.remark?.columns.first?.outcome == .hash(texts: 9_000, columns: 32))
    #expect(throws: DatasetsError.self) {
      let many = (0..<20_000).map { "x\($0),\($0),\($0 % 2)\n" }.joined()
      return try readEncoded("t,a,y\n" + many, said((.encode, "t=onehot")))
    }
  }

  /// FNV-1a of 64 bits, by the test vectors of its authors: "a" gives …ec8c, "foobar" …67e8.
  @Test func hashesAreThoseOfFNV() throws {
    let set = try readEncoded("t,y\na,u\nfoobar,v\n,u\n", said((.encode, "t=hash:32")))
    #expect(set.features[0, 0x8C % 32] == 1 && set.features[1, 0xE8 % 32] == 1)
    #expect(set.featureNames[32] == "t=(missing)" && set.features[2, 32] == 1)
    #expect(set.features.elements.reduce(0, +) == 3)
  }

  @Test(arguments: [
    ("a,y\nx1,u\nx2,v\n", EncodingOptions(), "no column is left that is worth reading"),
    ("a,y\n,u\n1,v\n", said((.missing, "drop"), (.missing, "a=drop")), "every row has the label"),
    ("a,b,y\n,1,u\n1,,v\n", said((.missing, "drop")), "no row is left of 2"),
    ("a,y\n1,u\n2,v\n", said((.encode, "b=onehot")), "there is no one column \"b\""),
    ("a,y\n1,u\n2,v\n", said((.encode, "y=onehot")), "\"y\" is the target"),
    ("a,y\n1,u\n2,v\n", said((.missing, "y=median")), "\"y\" is the target"),
    ("a,y\n1,u\n2,v\n", said((.encode, "a=onehot,0=ordinal")), "two things are said"),
    (
      "a,y\n2025-13-01,u\n2025-01-01,v\n", said((.encode, "a=date")),
      "\"2025-13-01\" cannot be in column \"a\", which holds dates"
    ),
  ])
  func refusesWhatCannotBe(_ text: String, _ options: EncodingOptions, _ reason: String) {
    do {
      _ = try readEncoded(text, options)
      Issue.record("read")
    } catch {
      #expect("\(error)".contains(reason), "\(error)")
    }
  }

  /// A file with the same columns is read as another one was, in any order of columns.
  @Test func otherFilesAreReadAlike() throws {
    let set = try readEncoded(Self.mixed)
    var options = EncodingOptions()
    options.encoding = set.encoding
    let other = try readEncoded(
      "region,age,member,zip,who,y\nnowhere,,False,z1,x,u\neast,3,true,7,z,v\n", options)
    #expect(other.featureNames == set.featureNames)
    #expect(Array(other.features.elements.prefix(4)) == [0, 0, 0, 0])
    #expect(other.features[0, 4].isNaN && other.features[0, 6] == 1)
    #expect(Array(other.features.elements[7...]) == [1, 1, 0, 0, 3, 1, 0])
    #expect(throws: DatasetsError.self) {
      try readEncoded("region,age,zip,y\neast,1,z1,u\neast,1,7,v\n", options)
    }
  }

  /// Nominal attributes have their texts in the order of the header, and `?` is a gap.
  @Test func nominalAttributesKeepTheirOrder() throws {
    let text = """
      @RELATION r
      @ATTRIBUTE size {small, 'very large', mid}
      @ATTRIBUTE mass NUMERIC
      @ATTRIBUTE class {u,v}
      @DATA
      mid,1,u
      small,?,v
      ?,3,u
      'very large',4,v

      """
    var options = TableOptions(target: ColumnReference("class"))
    options.encoding = EncodingOptions()
    let set = try DataFile(path: "x.arff", Array(text.utf8)).dataset(options: options)
    #expect(
      set.featureNames == [
        "size=small", "size=very large", "size=mid", "size=(missing)", "mass",
      ])
    #expect(set.features[1, 4].isNaN && set.features[2, 3] == 1 && set.features[3, 1] == 1)
  }
}

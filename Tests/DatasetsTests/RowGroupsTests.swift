import Datasets
import LinAlg
import Testing

/// Groups of rows, as files have them and data sets keep them.
struct RowGroupsTests {
  private static let text = """
    a,person,y
    1, Ann ,up
    2,Bob,down
    3,Ann,up
    4,7,down
    5,\tBob,up

    """

  private static func read(
    _ text: String, group: String = "person", target: String = "y",
    encoding: EncodingOptions? = EncodingOptions(), file: String = "f.csv"
  ) throws -> Dataset {
    var options = TableOptions(target: ColumnReference(target))
    options.group = ColumnReference(group)
    options.encoding = encoding
    return try DataFile(path: file, Array(text.utf8)).dataset(options: options)
  }

  /// Texts, numbers and what surrounds them: names are compared without blanks around them.
  @Test(arguments: [nil, EncodingOptions()])
  func columnsBecomeGroups(encoding: EncodingOptions?) throws {
    for group in ["person", "1", "-2"] {
      let dataset = try Self.read(Self.text, group: group, encoding: encoding)
      #expect(dataset.featureNames == ["a"] && dataset.features.elements == [1, 2, 3, 4, 5])
      #expect(dataset.groups?.column == "person")
      #expect(dataset.groups?.names == ["Ann", "Bob", "7"])
      #expect(dataset.groups?.indices == [0, 1, 0, 2, 1])
    }
  }

  /// Quoted fields and comments are read one by one, in parallel what is plain: both give the same.
  @Test func quotedNamesAreNames() throws {
    let quoted = Self.text.replacing("2,Bob", with: "2,\"Bob\"")
    #expect(try Self.read(quoted).groups == Self.read(Self.text).groups)
  }

  @Test func theDigestHasTheGroups() throws {
    let plain = try Self.read(Self.text)
    let rows = try Dataset(
      name: "f", features: plain.features, labels: plain.labels, classNames: plain.classNames,
      featureNames: plain.featureNames, targetName: plain.targetName)
    #expect(rows.digest != plain.digest)
    #expect(rows.grouped(by: plain.groups).digest == plain.digest)
    let renamed = Self.text.replacing("Ann", with: "Anne")
    #expect(try Self.read(renamed).digest != plain.digest)
    let moved = Self.text.replacing("4,7", with: "4,Ann")
    #expect(try Self.read(moved).digest != plain.digest)
    #expect(plain.digest(ofRows: Array(0..<5)) == plain.digest)
    #expect(plain.digest(ofRows: [0, 1]) != rows.digest(ofRows: [0, 1]))
  }

  /// A gap is named with its line; of a row that is left out it does no harm.
  @Test func gapsAreFaults() throws {
    let gap = Self.text.replacing("4,7", with: "4,")
    let one = #expect(throws: DatasetsError.self) { try Self.read(gap) }
    #expect("\(try #require(one))".hasPrefix("f.csv:5:2: the row has no group; column \"person\""))
    let two = gap.replacing("2,Bob", with: "2,NA")
    let several = #expect(throws: DatasetsError.self) { try Self.read(two) }
    let both = "\(try #require(several))"
    #expect(both.contains("\"person\": no value in 2 of 5 rows: 3:2, 5:2"), "\(both)")
    var dropping = EncodingOptions()
    dropping.gaps = .drop
    let dropped = try Self.read(gap.replacing("4,,", with: ",,"), encoding: dropping)
    #expect(dropped.sampleCount == 4 && dropped.groups?.indices == [0, 1, 0, 1])
  }

  @Test func oneColumnIsOneThing() throws {
    let both = #expect(throws: DatasetsError.self) { try Self.read(Self.text, group: "y") }
    #expect("\(try #require(both))".contains("is to be both the target and the groups"))
    #expect(both?.isUsage == true)
    #expect(throws: DatasetsError.self) { try Self.read(Self.text, group: "persona") }
    #expect(throws: DatasetsError.self) {
      try Self.read("1 1:2\n2 1:3\n", group: "1", file: "f.libsvm")
    }
  }

  @Test func partsKeepTheirGroups() throws {
    let rows = (0..<60).map { "\($0),p\($0 % 7),\($0 % 2)" }.joined(separator: "\n")
    let dataset = try Self.read("a,person,y\n\(rows)\n")
    let sample = try dataset.sample(of: 20)
    for row in 0..<20 {
      let name = "p\(Int(sample.features[row, 0]) % 7)"
      #expect(sample.groups.map { $0.names[$0.indices[row]] } == name)
    }
  }
}

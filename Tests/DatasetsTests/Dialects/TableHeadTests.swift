import Datasets
import Documents
import LinAlg
import Testing

/// Heads that say more of their columns than names, and those that only look so.
@Suite struct TableHeadTests {
  private func set(_ text: String, _ options: TableOptions = TableOptions()) throws -> Dataset {
    var options = options
    options.encoding = options.encoding ?? EncodingOptions()
    return try DataFile(path: "t.tab", Array(text.utf8)).dataset(options: options)
  }

  private func remark(_ text: String, _ options: TableOptions = TableOptions()) throws -> String? {
    try DataFile(path: "t.tab", Array(text.utf8)).remark(options: options)
  }

  // MARK: - Orange

  private static let orange = """
    width\tkind\tname\tseen\tage
    c\tround flat\\ one d\td\tstring\tcontinuous
    \tclass\t\t\tm
    1.5\tround\tx\tfirst\t1
    ?\tflat one\ty\tsecond\t2
    2.5\tround\tx\tthird\t3
    3\td\ty\tfourth\t4
    4.25\tround\tx\tfifth\t5

    """

  @Test func readsThreeLines() throws {
    let set = try set(Self.orange)
    #expect(set.targetName == "kind" && set.classNames == ["d", "flat one", "round"])
    #expect(set.featureNames == ["width", "name=x", "name=y"])
    #expect(set.sampleCount == 5 && set.features[0, 0] == 1.5 && set.features[1, 0].isNaN)
    #expect(
      try remark(Self.orange)
        == "t.tab: fields parted by tabs; names, types and roles in three lines, as Orange writes them; "
        + "\"kind\" has the classes; left out: \"seen\" (text), \"age\" (meta)")
    #expect(try self.set(Self.orange.replacing("\n", with: "\r\n")).digest == set.digest)
    #expect(try self.set(Self.orange.replacing("\t", with: ",")).digest == set.digest)
  }

  @Test func optionsComeFirst() throws {
    var options = TableOptions(target: ColumnReference("name"))
    options.encoding = EncodingOptions()
    let isTaken = options.encoding?.set(.encode, to: "age=number") == true
    let set = try set(Self.orange, options)
    #expect(isTaken && set.targetName == "name" && set.featureNames.last == "age")
    var plain = TableOptions(hasHeader: false, target: .last)
    let isSkipped = plain.dialect.set(.skip, to: "3")
    #expect(isSkipped)
    let rows = try self.set(Self.orange, plain)
    #expect(rows.sampleCount == 5 && rows.targetName == "column_4")
  }

  @Test func readsPrefixes() throws {
    let text = "C#width,cD#kind,mS#name,i#id\n1,a,x,1\n2,b,y,2\n3,a,z,3\n"
    let set = try set(text)
    #expect(set.featureNames == ["width"] && set.targetName == "kind" && set.sampleCount == 3)
    #expect(
      try remark(text)
        == "t.tab: types and roles before the names, as Orange writes them; \"kind\" has the classes; "
        + "left out: \"name\" (meta), \"id\" (ignore)")
  }

  /// What is not certain is read as any other file.
  @Test(arguments: [
    // A text in a column of numbers, an unknown role, an unknown type, texts of no list.
    "a\tb\nc\td\n\tclass\nx\tu\ny\tv\n", "a\tb\nc\td\n\tfoo\n1\tu\n2\tv\n",
    "a\tb\nc\tx\n\tclass\n1\tu\n2\tv\n", "a\tb\nc\tu v\n\tclass\n1\tu\n2\tw\n",
    // Only one name has a mark, and an unknown letter.
    "C#,y\n1,u\n2,v\n", "C#x,y\n1,u\n2,v\n", "C#x,B#y\n1,u\n2,v\n",
  ])
  func othersAreNone(_ text: String) throws {
    let remark = try? remark(text)
    #expect(remark?.contains("Orange") != true, "\(remark ?? "")")
  }

  /// Several columns of classes leave the choice to whoever reads.
  @Test func twoTargetsAreNone() throws {
    let text = "a,b,y\nc,d,d\n,class,class\n1,u,v\n2,v,u\n"
    #expect(try remark(text)?.contains("classes") == false)
    let file = try DataFile(path: "t.csv", Array(text.utf8))
    #expect(file.needsTarget(options: TableOptions()))
    #expect(!(try DataFile(path: "t.tab", Array(Self.orange.utf8))).needsTarget(options: .init()))
  }

  // MARK: - Counts

  private static let counts = "4,2,yes,no\n1.5,2,0\n-3,4,1\n5,6e1,1\n7,8,0\n"

  @Test func readsCountsAndClassNames() throws {
    let set = try set(Self.counts)
    #expect(set.featureNames == ["column_0", "column_1"] && set.targetName == "class")
    #expect(set.classNames == ["no", "yes"] && set.labels == [1, 0, 0, 1])
    #expect(set.features.elements == [1.5, 2, -3, 4, 5, 60, 7, 8])
    #expect(
      try remark(Self.counts)
        == "t.tab: the first line has counts and class names, as scikit-learn writes it; the last "
        + "column is called class, and its numbers from 0 up stand for \"yes\", \"no\"")
    let windows = "\u{FEFF}" + Self.counts.replacing("\n", with: "\r\n") + "\r\n"
    #expect(try self.set(windows).digest == set.digest)
  }

  /// With two names more than columns are left, the line is as long as the rows.
  @Test func readsThemWhereTheyCouldBeNames() throws {
    let set = try set("2,4,u,v,w\n1.5,2,3,4,2\n5,6,7,8,0\n")
    #expect(set.featureNames.first == "column_0" && set.classNames == ["u", "w"])
  }

  @Test(arguments: [
    // One row fewer or more than counted, another number of fields, a place without a name, a text for one.
    "5,2,yes,no\n1,2,0\n3,4,1\n5,6,1\n7,8,0\n", "3,2,yes,no\n1,2,0\n3,4,1\n5,6,1\n7,8,0\n",
    "2,2,yes,no\n1,2,0\n3,4,5,1\n", "2,2,yes,no\n1,2,0\n3,4,2\n", "2,2,yes,no\n1,2,0\n3,4,a\n",
    "2,2,yes,yes\n1,2,0\n3,4,1\n", "2,2,3,4\n1,2,0\n3,4,1\n",
  ])
  func countsMustAgree(_ text: String) {
    let remark = try? remark(text)
    #expect(remark?.contains("scikit-learn") != true)
  }

  @Test func skippingTheLineReadsPlaces() throws {
    var options = TableOptions(hasHeader: false)
    let isTaken = options.dialect.set(.skip, to: "1")
    let set = try set(Self.counts, options)
    #expect(isTaken && set.classNames == ["0", "1"] && set.targetName == "column_2")
  }

  // MARK: - Comments

  @Test(arguments: [
    "# made by a program\n# width,height,y\n1.5,2,u\n3,4,v\n", "#width,height,y\n1.5,2,u\n3,4,v\n",
    "% width height y\n1.5 2 u\n3 4 v\n", "#width\theight\ty\r\n1.5\t2\tu\r\n3\t4\tv\r\n",
    // Whole numbers alone could be names; those in the comment settle it.
    "# width,height,y\n1,2,u\n3,4,v\n",
  ])
  func takesNamesFromTheLastComment(_ text: String) throws {
    let set = try set(text)
    #expect(set.featureNames == ["width", "height"] && set.targetName == "y")
    #expect(set.sampleCount == 2 && set.features[1, 1] == 4)
    #expect(try remark(text)?.contains("the last of them has the names of the columns") == true)
  }

  @Test(arguments: [
    // A sentence, a name twice, numbers, names above names, and texts above texts.
    "# made by hand, see README\n1.5,u\n2,v\n", "# a,a,y\n1.5,2,u\n3,4,v\n",
    "# 1,b,y\n1.5,2,u\n3,4,v\n", "# a,b\nx,y\nu,v\nw,z\n",
  ])
  func otherCommentsAreOpen(_ text: String) {
    #expect(throws: DatasetsError.self) { try remark(text) }
  }

  @Test func namesBelowACommentComeFirst() throws {
    let set = try set("# p,q,r\na,b,y\n1.5,2,u\n3,4,v\n")
    #expect(set.featureNames == ["a", "b"] && set.targetName == "y")
  }
}

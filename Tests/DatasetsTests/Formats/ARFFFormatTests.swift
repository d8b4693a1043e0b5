import Datasets
import LinAlg
import Testing

@Suite("ARFF") struct ARFFFormatTests {
  private static let file = """
    % a comment
    @RELATION 'probe'

    @attribute 'petal length' numeric
    @ATTRIBUTE width REAL
    @ATTRIBUTE class {no,'not yet'}
    @DATA
    1.5, 2,no
    % between
    3,4.5,'not yet'

    """

  @Test func readsNamesAndRows() throws {
    let set = try DataFile(path: "x", Array(Self.file.utf8)).dataset()
    #expect(set.featureNames == ["petal length", "width"] && set.targetName == "class")
    #expect(set.classNames == ["no", "not yet"] && set.features[1, 1] == 4.5)
    let other = Self.file.replacing("'not yet'", with: "\"not yet\"").replacing("\n", with: "\r\n")
    #expect(try DataFile(path: "x", Array(other.utf8)).dataset().digest == set.digest)
  }

  @Test func keepsLinesInErrors() {
    let text = Self.file.replacing("4.5", with: "?")
    #expect(refusal(Array(text.utf8), "x.arff").hasPrefix("x.arff:10:2"))
  }

  @Test(arguments: [
    ("@RELATION x\n@DATA\n1,2\n", "x:2: no attribute"),
    ("@RELATION x\n@ATTRIBUTE a REAL\n", "x:2: the file ends"),
    ("@RELATION x\n@ATTRIBUTE\n@DATA\n", "x:2: the attribute has no name"),
    ("@RELATION x\nfoo\n@DATA\n", "x:2: \"foo\" begins no line"),
    ("@RELATION x\n@ATTRIBUTE a REAL\n@DATA\n{0 1}\n", "x:4: the row lists"),
  ])
  func refusesOthers(_ text: String, _ start: String) {
    let message = refusal(Array(text.utf8), "x")
    #expect(message.hasPrefix(start), "\(message)")
  }
}

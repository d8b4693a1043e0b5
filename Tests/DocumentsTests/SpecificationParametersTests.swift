import Documents
import Testing

struct SpecificationParametersTests {
  private func parameters(
    _ text: String, classes: [String] = [], features: [String] = []
  ) throws -> SpecificationParameters {
    try SpecificationParameters(
      Specification(text), of: .attack,
      accepted: [Parameter("a", "anything", default: "2"), Parameter("b", "", default: "")],
      classNames: classes, featureNames: features)
  }

  @Test func unknownAndRepeatedParametersAreRefused() {
    #expect(throws: SpecificationError(.attack, "x", .unknownParameter("c", accepted: ["a", "b"])))
    {
      try parameters("x:a=1,c=2")
    }
    #expect(
      throws: SpecificationError(
        .attack, "x", .invalidParameter("a", value: "2", accepted: "given once"))
    ) { try parameters("x:a=1,a=2") }
  }

  @Test func numbersAreChecked() throws {
    #expect(try parameters("x:a=1e3").number("a") == 1_000)
    #expect(try parameters("x").number("a") == 2)
    for text in ["x:a=0", "x:a=-1", "x:a=nan", "x:a=inf", "x:a", "x:a=1 "] {
      #expect(throws: SpecificationError.self) { try parameters(text).number("a") }
    }
    #expect(try parameters("x:a=7").count("a") == 7)
    let error = #expect(throws: SpecificationError.self) {
      try parameters("x:a=0").count("a", in: 1...Int.max)
    }
    #expect(
      error
        == SpecificationError(
          .attack, "x",
          .invalidParameter("a", value: "0", accepted: "a whole number from 1 up")))
  }

  @Test func onlyWhatDiffersFromItsDefaultIsChanged() throws {
    #expect(try parameters("x:a=2.0,b=3").changed == ["b": "3"])
    #expect(try parameters("x:a=2.5").changed == ["a": "2.5"])
  }

  /// Two names that look alike are two; one that is written another way is still found.
  @Test func namesAreComparedByTheirScalars() throws {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    let both = [composed, decomposed]
    #expect(try parameters("x:a=\(composed)", classes: both).classIndex("a")?.index == 0)
    let second = try parameters("x:a=\(decomposed)", classes: both).classIndex("a")
    #expect(second?.index == 1)
    #expect(second?.text.unicodeScalars.elementsEqual(decomposed.unicodeScalars) ?? false)
    #expect(try parameters("x:a=\(decomposed)", classes: [composed]).classIndex("a")?.index == 0)
  }

  @Test(arguments: ["a,b", "a+b", "a,\u{301}b"])
  func namesWithMarksAreWrittenAsIndices(_ name: String) throws {
    let found = try parameters("x:a=1", classes: ["other", name]).classIndex("a")
    #expect(found?.index == 1 && found?.text == "1")
  }

  /// Where all classes are numbers, another number is a mistake and no index.
  @Test func numbersAreNamesWhereAllNamesAreNumbers() throws {
    for classes in [["2", "4"], ["0.5", "1.5"]] {
      let error = #expect(throws: SpecificationError.self) {
        try parameters("x:a=1", classes: classes).classIndex("a")
      }
      #expect("\(try #require(error))".contains(classes.joined(separator: ", ")))
    }
    #expect(try parameters("x:a=4", classes: ["2", "4"]).classIndex("a")?.index == 1)
    #expect(try parameters("x:a=0", classes: ["1", "0"]).classIndex("a")?.index == 1)
    #expect(try parameters("x:a=1", classes: ["no", "yes"]).classIndex("a")?.text == "yes")
    #expect(try parameters("x:a=1", classes: ["none", "10"]).classIndex("a")?.text == "10")
    #expect(try parameters("x:a=+1", classes: ["-1", "+1"]).classIndex("a")?.text == "1")
    #expect(throws: SpecificationError.self) {
      try parameters("x:a=0", features: ["7", "8"]).columns("a")
    }
    // Written by an index, this is how it is read.
    #expect(try parameters("x:a=0", classes: ["a,b", "1"]).classIndex("a")?.index == 0)
  }

  /// Whatever the names are, the text for a class means that class again.
  @Test(arguments: [
    ["a", "p, q"], ["0", "p, q"], ["p+q", "1", "p, \"q\""], ["\"a\"", "a"],
    ["\"a,b\"", "a,b", "0", "1"],
    ["\"", "\",", "x"], ["a=b", "a;b,c", "1"],
  ])
  func namesCanBeReadAgain(_ names: [String]) throws {
    for (index, name) in names.enumerated() {
      let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
      let text = name.contains(",") || name.contains("+") ? quoted : name
      let found = try #require(try parameters("x:a=\(text)", classes: names).classIndex("a"))
      #expect(found.index == index, "\(name)")
      let again = Specification.texts(in: "x:b=1,a=\(found.text),y")
      #expect(again.count == 2 && again[1] == "y")
      let read = try parameters(again[0], classes: names).classIndex("a")
      #expect(read?.index == index && read?.text == found.text, "\(name)")
      let listed = try parameters("x:a=\(text)", features: names).columns("a")
      #expect(listed?.map(\.index) == [index], "\(name)")
    }
  }

  @Test func featuresAreListedByPluses() throws {
    let names = ["u", "v", "u+v"]
    #expect(try parameters("x:a=u+v", features: names).columns("a")?.map(\.index) == [2])
    #expect(try parameters("x:a=v+0", features: names).columns("a")?.map(\.text) == ["v", "u"])
    let quoted = try parameters("x:a=v+\"u+v\"", features: names).columns("a")
    #expect(quoted?.map(\.index) == [1, 2] && quoted?.map(\.text) == ["v", "2"])
    #expect(throws: SpecificationError.self) {
      try parameters("x:a=u+0", features: names).columns("a")
    }
    #expect(throws: SpecificationError.self) {
      try parameters("x:a=u+w", features: names).columns("a")
    }
  }
}

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

  @Test func featuresAreListedByPluses() throws {
    let names = ["u", "v", "u+v"]
    #expect(try parameters("x:a=u+v", features: names).columns("a")?.map(\.index) == [2])
    #expect(try parameters("x:a=v+0", features: names).columns("a")?.map(\.text) == ["v", "u"])
    #expect(throws: SpecificationError.self) {
      try parameters("x:a=u+0", features: names).columns("a")
    }
    #expect(throws: SpecificationError.self) {
      try parameters("x:a=u+w", features: names).columns("a")
    }
  }
}

import Datasets
import Documents
import Testing

struct DatasetsErrorTests {
  private static let place = FileLocation(file: "flowers.csv", line: 12, column: 3)

  @Test func saysWhatWhereAndWhatInstead() {
    #expect(
      DatasetsError.notANumber(at: Self.place, text: "abc", column: "petal width").description
        == "flowers.csv:12:3: \"abc\" is not a number; "
        + "column \"petal width\" must hold plain decimal numbers such as 1.5")
    #expect(
      DatasetsError.unknownColumn(
        file: "flowers.csv", reference: "specise", suggestion: "species", columns: ["a", "species"]
      ).description
        == "flowers.csv: there is no column \"specise\"; did you mean \"species\"? "
        + "The columns are \"a\", \"species\", also 0 to 1, or -1 to -2 from the last")
    #expect(
      DatasetsError.raggedRow(
        at: FileLocation(file: "f.csv", line: 2), found: 1, expected: 3
      ).description == "f.csv:2: the row has 1 field; every row must have 3, as the first")
    #expect(
      DatasetsError.validationTooLarge(
        share: 0.9, validationCount: 14, limit: 12, sampleCount: 15
      ).description
        == "A validation share of 0.9 takes 14 of 15 rows; "
        + "at most 12 can be taken if every class is to keep a training row")
  }

  @Test func staysOnOneLine() {
    let text = "a\nb\tc\0" + String(repeating: "x", count: 100)
    let description = DatasetsError.notANumber(at: Self.place, text: text, column: "p").description
    #expect(description.contains(#""a\nb\tc\0xxx"#))
    let isOneLine = !description.contains { $0.isNewline }
    #expect(isOneLine)
    #expect(description.count < 200)
  }

  @Test func tellsWhoIsAtFault() {
    let unreadable = DatasetsError.unreadableFile(path: "f", reason: "r")
    #expect(unreadable.isInputOutput && !unreadable.isUsage)
    let column = DatasetsError.unknownColumn(
      file: "f", reference: "x", suggestion: nil, columns: ["a"])
    #expect(column.isUsage && !column.isInputOutput)
    #expect(!DatasetsError.emptyFile(file: "f").isUsage)
    #expect(!DatasetsError.noFeatureColumn(file: "f", columns: ["y"]).isUsage)
    #expect(DatasetsError.noFeatureColumn(file: "f", columns: ["a", "y"]).isUsage)
    #expect(!DatasetsError.emptyFile(file: "f").isInputOutput)
  }
}

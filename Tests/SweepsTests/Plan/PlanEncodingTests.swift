import Datasets
import Documents
import Sweeps
import Testing

/// What plans say of how columns become numbers.
struct PlanEncodingTests {
  private func encoding(_ text: String) throws -> EncodingOptions {
    let file = try PlanFile("data: a.csv\ntarget: y\n" + text, file: "p.yaml")
    return file.plan.data[0].encoding
  }

  /// As a mapping, as a list, or as the option has it.
  @Test(arguments: [
    "encode: {zip: 'hash:8', \"a,b\": onehot}\nmissing: {age: drop}",
    "encode: [zip=hash:8, '\"a,b\"=onehot']\nmissing: [age=drop]",
    "encode: 'zip=hash:8,\"a,b\"=onehot'\nmissing: age=drop",
  ])
  func formsAreAlike(_ text: String) throws {
    let encoding = try encoding(text)
    #expect(encoding.encodings.map(\.column.text) == ["zip", "a,b"])
    #expect(encoding.encodings.map(\.choice) == [.hash(8), .onehot])
    #expect(encoding.gapsOfColumns.map(\.choice) == [.drop] && encoding.gaps == nil)
  }

  @Test func oneFileSaysItForItself() throws {
    let file = try PlanFile(
      """
      data:
        - {file: a.csv, missing: error}
        - b.csv
      target: y
      missing: [drop, age=median]
      missing_text: [none, abc]
      """, file: "p.yaml")
    #expect(file.plan.data.map(\.encoding.gaps) == [.error, .drop])
    #expect(file.plan.data.map(\.encoding.gapsOfColumns.count) == [0, 1])
    #expect(file.plan.data.allSatisfy { $0.encoding.missingTexts == ["abc"] })
  }

  @Test(arguments: ["encode: {zip: hashed}", "encode: zip", "missing: [mean]", "missing: {age: 3}"])
  func othersAreRefused(_ text: String) {
    #expect(throws: DocumentError.self) { try encoding(text) }
  }
}

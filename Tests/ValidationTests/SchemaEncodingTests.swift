import Datasets
import Documents
import Testing
import Validation

/// What schemas say of how columns become numbers.
struct SchemaEncodingTests {
  private func schema(_ text: String) throws -> Schema {
    try SchemaFile(text + "columns: {zip: {type: text}}\n", file: "s.yaml").schema
  }

  @Test func keysAreThoseOfPlans() throws {
    let encoding = try schema("encode: {zip: 'hash:8'}\nmissing: [drop, zip=error]\n").encoding
    #expect(encoding.text(.encode) == "zip=hash:8")
    #expect(encoding.text(.missing) == "drop,zip=error")
    #expect(try schema("").encoding.isEmpty)
  }

  @Test func othersAreRefused() {
    #expect(throws: DocumentError.self) { try schema("encode: zip\n") }
    #expect(throws: DocumentError.self) { try schema("missing: mean\n") }
  }
}

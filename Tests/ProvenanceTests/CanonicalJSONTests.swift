import Provenance
import Testing

struct CanonicalJSONTests {
  @Test(arguments: [
    "{}", "[]", "0", "-12", "\"\"", "{\"a\":1,\"b\":[\"x\",2,{\"c\":\"\"}]}",
    "{\"A\":1,\"a\":2,\"é\":3,\"🌸\":4}", "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u{7F}ü\"",
  ])
  func readsItsOwnForm(text: String) {
    #expect(CanonicalJSON(Array(text.utf8))?.bytes == Array(text.utf8))
  }

  @Test(arguments: [
    "", " {}", "{} ", "{\"b\":1,\"a\":2}", "{\"a\": 1}", "{\"a\":1,\"a\":1}", "{\"a\":1,}", "[1,]",
    "01", "-0", "+1", "1.5", "1e3", "true", "null", "\"\\u0041\"", "\"\\/\"", "\"\\u001F\"", "\"a",
    "\"\n\"", "{\"a\"}", "[", "[[[[[[[[[[1]]]]]]]]]]", "99999999999999999999", "{1:2}", "[1 2]",
    "\"\\x\"", "\"\\u00\"",
  ])
  func refusesEveryOther(text: String) {
    #expect(CanonicalJSON(Array(text.utf8)) == nil)
  }

  @Test func refusesWhatIsNotUTF8() {
    #expect(CanonicalJSON([0x22, 0xFF, 0x22]) == nil)
  }
}

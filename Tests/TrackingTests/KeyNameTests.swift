import Testing
import Tracking

/// The keys that MLflow takes.
struct KeyNameTests {
  @Test(arguments: [
    ("p=0.1", "p_0.1"), ("/a//b/", "a/b"), ("../x", "x"), ("", "_"), ("..", "_"), ("a/./b", "a/b"),
    ("Größe 花", "Größe 花"), ("x@y(z)%", "x_y_z__"), ("accuracy/p10", "accuracy/p10"),
    ("e\u{301}", "e_"), ("½ ٣", "½ ٣"),
  ])
  func sanitized(text: String, key: String) {
    #expect(text.sanitizedKey == key)
    #expect(KeyName.isAccepted(text.sanitizedKey))
    #expect(KeyName.isAccepted(text) == (text == key))
  }

  @Test func longKeysAreCut() {
    for text in [
      String(repeating: "é", count: 300), String(repeating: "a", count: 249) + "/b",
      String(repeating: "a", count: 248) + "/..b", "👩‍👩‍👧" + String(repeating: "k", count: 300),
    ] {
      let key = text.sanitizedKey
      #expect(KeyName.isAccepted(key) && key.unicodeScalars.count >= 248, "\(key)")
    }
  }

  @Test func textsAreCutAsPythonCounts() {
    #expect("ab👩‍👧".cut(at: 3).unicodeScalars.map(\.value) == [97, 98, 0x1F469])
    #expect("abc".cut(at: 3) == "abc" && "".cut(at: 3) == "")
  }
}

import Documents
import Testing

struct ExcerptTests {
  @Test(arguments: [
    ("setosa", "setosa"), (" setosa", "\" setosa\""), ("setosa\t", "\"setosa\\t\""),
    ("two\nlines", "two\\nlines"), ("", "\"\""), ("say \"no\"", "say \"no\""), ("größer", "größer"),
  ])
  func tablesShowTextOnOneLine(_ text: String, _ shown: String) {
    #expect(text.shownInTable == shown)
  }
}

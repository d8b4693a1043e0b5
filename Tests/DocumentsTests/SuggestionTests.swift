import Documents
import Testing

struct SuggestionTests {
  private static let names = ["sepal length (cm)", "petal length (cm)", "species", "id"]

  @Test(arguments: [
    ("specise", "species"), ("Species", "species"), ("SPECIE", "species"), ("pecies", "species"),
    ("petal lenght(cm)", "petal length (cm)"), ("sepal length cm", "sepal length (cm)"),
    ("ids", "id"),
  ])
  func findsTheName(_ text: String, _ expected: String) {
    #expect(Suggestion.nearest(to: text, among: Self.names) == expected)
  }

  @Test(arguments: ["flower", "", "xy", "target"])
  func findsNothingFar(_ text: String) {
    #expect(Suggestion.nearest(to: text, among: Self.names) == nil)
  }

  @Test func countsAnExchangeOfNeighboursAsOneEdit() {
    // Distance 1 and 2; without exchanges both would be 2.
    #expect(Suggestion.nearest(to: "abcd", among: ["abxx", "abdc"]) == "abdc")
    // Optimal string alignment edits no part twice: "ca" to "abc" costs 3.
    #expect(Suggestion.nearest(to: "ca", among: ["abc"]) == nil)
  }

  @Test func prefersTheEarlierOfEqualNames() {
    #expect(Suggestion.nearest(to: "abcd", among: ["abcx", "abcy"]) == "abcx")
    #expect(Suggestion.nearest(to: "abcd", among: []) == nil)
  }

  @Test func growsTolerantWithLength() {
    #expect(Suggestion.nearest(to: "abcdefghi", among: ["abcdefxyz"]) == "abcdefxyz")
    #expect(Suggestion.nearest(to: "abcdefgh", among: ["abcdexyz"]) == nil)
  }
}

/// A regular expression that texts match as a whole.
///
/// The syntax is that of Swift's `Regex`, which has that of Perl; characters are Unicode scalars.
package struct TextPattern: Sendable, Equatable {
  /// The expression.
  package let text: String

  /// Takes an expression; nil where it is none.
  package init?(_ text: String) {
    guard (try? Regex(text)) != nil else { return nil }
    self.text = text
  }

  /// Whether each of some texts matches.
  ///
  /// - Complexity: That of `Regex`, once for each different text: expressions such as `(a+)+b` may take very
  ///   long.
  package func matches(_ texts: some Sequence<String>) -> [Bool] {
    guard
      let expression = try? Regex(text).matchingSemantics(.unicodeScalar)
        .wordBoundaryKind(.simple)
    else {
      preconditionFailure("\(text) was a regular expression")
    }
    var known: [String: Bool] = [:]
    return texts.map { text in
      if let answer = known[text] { return answer }
      let answer = (try? expression.wholeMatch(in: text)) ?? nil
      known[text] = answer != nil
      return answer != nil
    }
  }
}

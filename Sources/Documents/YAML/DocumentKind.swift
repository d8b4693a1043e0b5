/// What a YAML file is, in the words of messages.
package struct DocumentKind: Sendable {
  /// Its noun, such as `plan`; one more letter makes it several.
  let noun: String

  /// What helps whoever left it empty.
  let advice: String

  /// Names a kind of file.
  package init(_ noun: String, whereEmpty advice: String) {
    (self.noun, self.advice) = (noun, advice)
  }
}

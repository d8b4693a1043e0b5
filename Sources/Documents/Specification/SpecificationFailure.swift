/// What reading parameters can come to, in the words of whoever reads them.
package protocol SpecificationFailure: Error {
  /// `subject` has no parameter of this name.
  static func unknownParameter(of subject: String, name: String, accepted: [String]) -> Self

  /// A parameter of `subject` has a value it cannot have.
  static func invalidParameter(
    of subject: String, name: String, value: String, accepted: String
  ) -> Self
}

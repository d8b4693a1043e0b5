import Documents

/// The parameters of an attack as they were written.
typealias AttackParameters = SpecificationParameters<PoisoningError>

extension PoisoningError: SpecificationFailure {
  package static func unknownParameter(
    of subject: String, name: String, accepted: [String]
  ) -> PoisoningError {
    .unknownParameter(attack: subject, name: name, accepted: accepted)
  }

  package static func invalidParameter(
    of subject: String, name: String, value: String, accepted: String
  ) -> PoisoningError {
    .invalidParameter(attack: subject, name: name, value: value, accepted: accepted)
  }
}

package import Documents

/// The parameters of a model as they were written.
package typealias ModelParameters = SpecificationParameters<ModelsError>

extension ModelsError: SpecificationFailure {
  package static func unknownParameter(
    of subject: String, name: String, accepted: [String]
  ) -> ModelsError {
    .unknownParameter(model: subject, name: name, accepted: accepted)
  }

  package static func invalidParameter(
    of subject: String, name: String, value: String, accepted: String
  ) -> ModelsError {
    .invalidParameter(model: subject, name: name, value: value, accepted: accepted)
  }
}

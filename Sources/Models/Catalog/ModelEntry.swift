package import Documents

/// One model of the catalogue: what it is called, what it takes, and how it is made.
///
/// An engine for many small problems is `BatchWorkspace`'s to choose, by the type of the learner, and a
/// graph comes from the fitted model, where its type conforms to `GraphModel`. Neither is needed.
package struct ModelEntry: Sendable {
  /// The name users call the model by.
  package let name: String

  /// What it takes, by scikit-learn's names; a default is written as it is printed.
  package let parameters: [Parameter]

  /// scikit-learn's class for the same model.
  package let estimator: Estimator

  let make: @Sendable (SpecificationParameters) throws(SpecificationError) -> any Learner

  /// Describes a model.
  package init(
    _ name: String, parameters: [Parameter], estimator: Estimator,
    make: @escaping @Sendable (SpecificationParameters) throws(SpecificationError) -> any Learner
  ) {
    (self.name, self.parameters, self.estimator, self.make) = (name, parameters, estimator, make)
  }

  /// The names of its parameters, in the order of the alphabet.
  package var parameterNames: [String] { parameters.map(\.name).sorted() }
}

/// The class of another library that is the same model, as records name it.
public struct Estimator: Sendable, Equatable {
  /// The name of the class, such as `SVC`.
  public let name: String

  /// The arguments that make it this model, apart from the model's own parameters.
  public let arguments: [String: String]

  /// Names a class.
  package init(_ name: String, _ arguments: [String: String] = [:]) {
    (self.name, self.arguments) = (name, arguments)
  }
}

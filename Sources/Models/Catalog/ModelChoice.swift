public import Documents

/// A model with its parameters, under the name it has in tables.
public struct ModelChoice: Sendable {
  /// The name of the model in the catalogue, such as `rbf-svm`.
  public let model: String

  /// The model ready to learn.
  public let learner: any Learner

  /// The model as it can be asked for: `rbf-svm:C=10,gamma=0.5`.
  ///
  /// Only parameters that differ from their defaults, by name.
  public let name: String

  /// scikit-learn's class with what it takes for the same model, the parameters apart.
  public let estimator: Estimator

  /// The model with all its parameters, in the order of the catalogue.
  package let specification: Specification

  /// The model that a text such as `rbf-svm:C=10,gamma=0.5` asks for.
  ///
  /// A parameter that is not named has its value in `defaults`, if it is there.
  /// - Throws: `SpecificationError` for an unknown model or parameter, or a value it cannot have.
  public init(_ text: String, defaults: [String: String] = [:]) throws(SpecificationError) {
    try self.init(Specification(text), defaults: defaults)
  }

  /// The model that a specification asks for.
  package init(
    _ specification: Specification, defaults: [String: String] = [:]
  ) throws(SpecificationError) {
    let entry = try ModelCatalog.entry(named: specification.name)
    try self.init(entry, specification.parameters, defaults: defaults)
  }

  /// A model of an entry, which need not be in the catalogue.
  package init(
    _ entry: ModelEntry, _ given: [Specification.Pair] = [], defaults: [String: String] = [:]
  ) throws(SpecificationError) {
    let others = entry.parameters.compactMap { parameter in
      given.contains { $0.name == parameter.name }
        ? nil
        : defaults[parameter.name].map { Specification.Pair(name: parameter.name, value: $0) }
    }
    let parameters = try SpecificationParameters(
      Specification(entry.name, given + others), of: .model,
      accepted: entry.parameters.sorted { $0.name < $1.name })
    learner = try entry.make(parameters)
    model = entry.name
    estimator = entry.estimator
    let values = entry.parameters.map { parameter in
      let text = parameters.text(parameter.name) ?? parameter.standard
      return Specification.Pair(
        name: parameter.name, value: Double(text)?.plainDescription ?? text)
    }
    let listed = zip(entry.parameters, values).filter { $0.0.isListed }
    specification = Specification(entry.name, listed.map(\.1))
    let changed = listed.filter { !$0.isStandard($1.value) }.map(\.1)
    name = Specification(entry.name, changed.sorted { $0.name < $1.name }).description
  }
}

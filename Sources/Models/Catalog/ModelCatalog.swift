package import Documents

/// The models by the names users call them.
public enum ModelCatalog {
  /// All models, in the order they are listed.
  package static let entries: [ModelEntry] = [
    SoftmaxRegression.entry, SupportVectorClassifier.linear, SupportVectorClassifier.rbf,
    NearestNeighbors.entry,
  ]

  /// The names of all models, in the order they are listed.
  public static var names: [String] { entries.map(\.name) }

  /// All models with their parameters left as they are.
  public static let standard: [ModelChoice] = entries.compactMap { try? ModelChoice($0) }

  /// The model of a name.
  package static func entry(named name: String) throws(SpecificationError) -> ModelEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw SpecificationError(.model, name, .unknown(accepted: names))
    }
    return entry
  }
}

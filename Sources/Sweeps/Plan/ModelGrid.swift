import Documents
import Models

/// A model of a plan with lists of parameters: every combination is a model of its own.
struct ModelGrid {
  static let accepted =
    "models, of \(ModelCatalog.names.joined(separator: ", ")); "
    + "with parameters as \"rbf-svm: {C: [1, 10]}\""

  /// An item of the list, which names a model or is a mapping of one to parameters.
  let node: DocumentNode

  /// The models, the parameters that come last in the alphabet varying fastest.
  func choices() throws(DocumentError) -> [ModelChoice] {
    if let text = node.text {
      return [try node.specified(try ModelChoice(text))]
    }
    guard let pairs = node.pairs, pairs.count == 1, let name = pairs[0].key.text else {
      throw node.refusal(of: "models", accepted: Self.accepted)
    }
    let entry = try pairs[0].key.specified(try ModelCatalog.entry(named: name))
    if pairs[0].value.isNothing { return try choices(entry, [:]) }
    guard let parameters = pairs[0].value.pairs else {
      throw pairs[0].value.refusal(
        of: "parameters", accepted: "a mapping such as {\(entry.parameterNames[0]): 1}")
    }
    var lists: [String: [DocumentNode]] = [:]
    for (key, value) in parameters {
      let name = key.text ?? key.found
      guard entry.parameterNames.contains(name) else {
        throw key.unknown(
          "parameter", of: "the model \(entry.name)", among: entry.parameterNames)
      }
      lists[name] = try value.items(of: name, accepted: "a value or a list of values")
    }
    return try choices(entry, lists)
  }

  /// That there are more cells than a study can have.
  static func excess(at place: FileLocation) -> DocumentError {
    DocumentError(
      at: place,
      "the grid has more than \(StudyPlan.maximumCellCount) cells, conditions × models; "
        + "use fewer levels, attacks or parameters")
  }

  private func choices(
    _ entry: ModelEntry, _ lists: [String: [DocumentNode]]
  ) throws(DocumentError) -> [ModelChoice] {
    var sets: [[Specification.Pair]] = [[]]
    for name in entry.parameterNames {
      guard let values = lists[name] else { continue }
      guard sets.count * values.count <= StudyPlan.maximumCellCount else {
        throw Self.excess(at: node.location)
      }
      var pairs: [Specification.Pair] = []
      for value in values {
        let text = try value.value(of: name, accepted: "a value or a list of values") { $0.text }
        pairs.append(Specification.Pair(name: name, value: text))
        // A value is judged alone, where its place is known; values do not depend on each other.
        _ = try value.specified(try ModelChoice(entry, pairs.suffix(1)))
      }
      sets = sets.flatMap { set in pairs.map { set + [$0] } }
    }
    return try sets.map { set throws(DocumentError) in
      try node.specified(try ModelChoice(entry, set))
    }
  }
}

extension DocumentNode {
  /// What is made of a specification that stands here.
  fileprivate func specified<Value>(
    _ value: @autoclosure () throws(SpecificationError) -> Value
  ) throws(DocumentError) -> Value {
    try converting(try value()) { (error: SpecificationError) in
      self.error("\(error)".continued)
    }
  }
}

import Datasets
import Models

/// A model of a plan with lists of parameters: every combination is a model of its own.
struct ModelGrid {
  static let accepted =
    "models, of \(ModelKind.allCases.map(\.rawValue).joined(separator: ", ")); "
    + "with parameters as \"rbf-svm: {C: [1, 10]}\""

  private let node: PlanNode

  /// The model that an item of the list names, or of which it is a mapping to parameters.
  init(_ node: PlanNode) {
    self.node = node
  }

  /// The models, the parameters that come last in the alphabet varying fastest.
  func choices() throws(PlanError) -> [ModelChoice] {
    if let text = node.text {
      do {
        return [try ModelChoice(text)]
      } catch {
        throw .refused(at: node.location, reason: "\(error)")
      }
    }
    guard let pairs = node.pairs, pairs.count == 1, let name = pairs[0].key.text else {
      throw node.refusal(of: "models", accepted: Self.accepted)
    }
    let kind: ModelKind
    do {
      kind = try ModelKind(named: name)
    } catch {
      throw .refused(at: pairs[0].key.location, reason: "\(error)")
    }
    if pairs[0].value.isNothing { return try Self.choices(kind, [:], at: node) }
    guard let parameters = pairs[0].value.pairs else {
      throw pairs[0].value.refusal(
        of: "parameters", accepted: "a mapping such as {\(kind.parameterNames[0]): 1}")
    }
    var lists: [String: [PlanNode]] = [:]
    for (key, value) in parameters {
      let name = key.text ?? key.found
      guard kind.parameterNames.contains(name) else {
        throw .unknownKey(
          at: key.location, key: name, owner: kind.rawValue, accepted: kind.parameterNames)
      }
      lists[name] = try value.items(of: name, accepted: "a value or a list of values")
    }
    return try Self.choices(kind, lists, at: node)
  }

  private static func choices(
    _ kind: ModelKind, _ lists: [String: [PlanNode]], at node: PlanNode
  ) throws(PlanError) -> [ModelChoice] {
    var sets = [(parameters: Hyperparameters(), place: node)]
    for name in kind.parameterNames {
      guard let values = lists[name] else { continue }
      guard sets.count * values.count <= StudyPlan.maximumCellCount else {
        throw .tooManyCells(at: node.location, limit: StudyPlan.maximumCellCount)
      }
      var longer: [(parameters: Hyperparameters, place: PlanNode)] = []
      for (base, _) in sets {
        for value in values {
          guard let text = value.text else {
            throw value.refusal(of: name, accepted: "a value or a list of values")
          }
          var parameters = base
          do {
            try parameters.set(name, to: text, for: kind)
            _ = try ModelChoice(kind, checking: parameters)
          } catch {
            throw .refused(at: value.location, reason: "\(error)")
          }
          longer.append((parameters, value))
        }
      }
      sets = longer
    }
    var choices: [ModelChoice] = []
    for (parameters, place) in sets {
      do {
        choices.append(try ModelChoice(kind, checking: parameters))
      } catch {
        throw .refused(at: place.location, reason: "\(error)")
      }
    }
    return choices
  }
}

import Datasets
public import Models

extension ModelChoice {
  /// The model that a text such as `rbf-svm:C=10,gamma=0.5` asks for.
  ///
  /// Parameters that are not named are those of `defaults`.
  /// - Throws: `ModelChoiceError` for an unknown model or parameter, or a value it cannot have.
  public init(
    _ text: String, defaults: Hyperparameters = Hyperparameters()
  ) throws(ModelChoiceError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let kind = try ModelKind(named: String(parts[0]))
    var parameters = defaults
    var seen: Set<String> = []
    for pair in parts.count > 1 ? parts[1].split(separator: ",") : [] {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, value) = (String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
      try parameters.set(name, to: value, for: kind)
      guard seen.insert(name).inserted else {
        throw .invalidParameter(model: kind, name: name, value: value, accepted: "given once")
      }
    }
    try self.init(kind, checking: parameters)
  }

  /// Chooses a model, naming it in the error.
  init(
    _ kind: ModelKind, checking parameters: Hyperparameters
  ) throws(ModelChoiceError) {
    do throws(ModelsError) {
      try self.init(kind, parameters)
    } catch {
      switch error {
      case .invalidParameter(let name, let value, let accepted):
        throw .invalidParameter(model: kind, name: name, value: value, accepted: accepted)
      }
    }
  }

  /// The texts of models, attacks or defences in a list separated by commas, where `key=value`
  /// continues one: `softmax,rbf-svm:C=10,gamma=0.5,knn` are three.
  public static func texts(in list: String) -> [String] {
    var texts: [String] = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let isContinued = part.prefix { $0 != ":" }.contains("=") && !texts.isEmpty
      let text = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      if isContinued { texts[texts.count - 1] += "," + text } else { texts.append(text) }
    }
    return texts
  }
}

extension ModelKind {
  /// The model of this name.
  init(named text: String) throws(ModelChoiceError) {
    guard let kind = ModelKind(rawValue: text) else { throw .unknownModel(text) }
    self = kind
  }

  /// The names of the parameters it takes, in order.
  var parameterNames: [String] {
    description(of: Hyperparameters()).map(\.name).sorted()
  }
}

extension Hyperparameters {
  /// Sets a parameter by scikit-learn's name from its text.
  mutating func set(
    _ name: String, to text: String, for kind: ModelKind
  ) throws(ModelChoiceError) {
    guard kind.parameterNames.contains(name) else {
      throw .unknownParameter(model: kind, name: name)
    }
    let refusal = { (accepted: String) in
      ModelChoiceError.invalidParameter(model: kind, name: name, value: text, accepted: accepted)
    }
    switch name {
    case "n_neighbors":
      guard let count = Int(text) else { throw refusal("a whole number from 1 up") }
      neighborCount = count
    case "gamma":
      switch text {
      case "scale": gamma = .scale
      case "auto": gamma = .auto
      default:
        guard let value = Double(text) else {
          throw refusal("scale, auto or a positive number")
        }
        gamma = .value(value)
      }
    default:
      guard let value = Double(text) else { throw refusal("a positive number") }
      if name == "C" { c = value } else { tolerance = value }
    }
  }
}

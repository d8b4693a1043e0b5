public import Datasets
public import Documents

/// The attacks by the names users call them.
public enum AttackCatalog {
  /// All attacks, in the order they are listed: blind, on labels, targeted.
  public static let entries: [AttackEntry] = blind + labels + targeted

  private static let blind: [AttackEntry] = [
    UniformNoise.entry, GaussianNoise.entry, OutOfRange.entry, MarginalShuffle.entry,
    ClassSwap.entry, Sentinel.entry, UnitError.entry, Duplicates.entry, Deletion.entry,
  ]

  private static let labels: [AttackEntry] = [
    LabelFlip.entry, PairFlip.entry, NoiseMatrix.entry, Relabel.entry, MarginFlip.near,
    MarginFlip.far, ClusterFlip.entry, Alfa.entry, GreedyFlip.entry, ReverseNeighbors.entry,
  ]

  private static let targeted: [AttackEntry] = [
    FeatureCollision.entry, Backdoor.entry, Subpopulation.entry,
  ]

  /// The names of all attacks, in the order they are listed.
  public static var names: [String] { entries.map(\.name) }

  /// The attack that a text such as `out-of-range:kappa=100` asks for.
  ///
  /// Every attack takes `flow`: replace, add or delete, where that makes sense.
  /// - Throws: `SpecificationError` for an unknown attack or parameter, or a value it cannot have.
  public static func attack(
    _ text: String, for dataset: Dataset
  ) throws(SpecificationError) -> any Attack {
    let specification = Specification(text)
    guard let entry = entries.first(where: { $0.name == specification.name }) else {
      throw SpecificationError(.attack, specification.name, .unknown(accepted: names))
    }
    let flows = entry.flows.map(\.rawValue)
    let parameters = try SpecificationParameters(
      specification, of: .attack,
      accepted: entry.parameters + [
        Parameter("flow", flows.joined(separator: ", "), default: flows[0])
      ],
      classNames: dataset.classNames, featureNames: dataset.featureNames)
    let attack = try entry.make(parameters)
    let flow: Flow = try parameters.choice("flow")
    guard entry.flows.contains(flow) else {
      throw parameters.invalid("flow", accepted: flows.joined(separator: " or "))
    }
    return flow == attack.flow ? attack : FlowedAttack(base: attack, flow: flow)
  }
}

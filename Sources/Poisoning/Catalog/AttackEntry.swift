public import Documents

/// One attack of the catalogue: what it is, what it takes, and how it is made.
public struct AttackEntry: Sendable, Encodable {
  /// The name users call the attack by.
  public let name: String

  /// What it does to a row, in one line.
  public let summary: String

  /// What it takes, apart from the flow.
  public internal(set) var parameters: [Parameter] = []

  /// What the attacker wants, knows and may change, with the parameters left as they are.
  public let threat: ThreatModel

  /// The ways its rows can reach the training set, the usual one first.
  public internal(set) var flows = Flow.allCases

  /// Whether it cannot be asked for by its name alone.
  public internal(set) var needsParameters = false

  let make: @Sendable (SpecificationParameters) throws(SpecificationError) -> any Attack

  private enum CodingKeys: CodingKey {
    case name, summary, parameters, threat, flows, needsParameters
  }
}

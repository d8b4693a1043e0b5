import Documents
public import Poisoning

/// An attack of the catalogue for machines.
public struct AttackRecord: Encodable, Sendable {
  let name: String
  let summary: String
  let threat: ThreatModel
  let parameters: [Parameter]
  let flows: [String]
  /// Whether it can be asked for by its name alone.
  let needsParameters: Bool

  /// The record of an entry.
  public init(_ entry: AttackEntry) {
    name = entry.name
    summary = entry.summary
    threat = entry.threat
    parameters = entry.parameters
    flows = entry.flows.map(\.rawValue)
    needsParameters = entry.needsParameters
  }
}

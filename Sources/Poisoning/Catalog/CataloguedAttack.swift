import Documents

/// An attack that is an entry of the catalogue, which says what it is called and what it may do.
protocol CataloguedAttack: Attack {
  static var entry: AttackEntry { get }
}

extension CataloguedAttack {
  /// The name of the entry.
  public var name: String { Self.entry.name }

  /// The threat of the entry.
  public var threat: ThreatModel { Self.entry.threat }

  /// Those of some values that differ from the defaults of the entry.
  func changed(_ values: [String: String]) -> [String: String] {
    Self.entry.parameters.changed(values)
  }

  static func invalid(_ parameter: String, _ value: String, accepted: String) -> SpecificationError
  {
    SpecificationError(
      .attack, entry.name, .invalidParameter(parameter, value: value, accepted: accepted))
  }
}

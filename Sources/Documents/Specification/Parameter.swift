/// A parameter of an attack, a defence or a model, as a catalogue describes it.
public struct Parameter: Sendable, Equatable, Encodable {
  /// The name it is given by.
  public let name: String

  /// The values it can have, in words.
  public let accepted: String

  /// What it is when it is not given, in words.
  public let standard: String

  /// Whether results depend on it: names and lists of parameters leave out what they do not depend on.
  package let isListed: Bool

  private enum CodingKeys: CodingKey { case name, accepted, standard }

  /// Puts a parameter together.
  package init(
    _ name: String, _ accepted: String, default standard: String, isListed: Bool = true
  ) {
    (self.name, self.accepted, self.standard) = (name, accepted, standard)
    self.isListed = isListed
  }

  /// Whether a value is the one it has when it is not given, such as `1.0` where that is `1`.
  package func isStandard(_ value: String) -> Bool {
    value == standard || Double(value).map { $0 == Double(standard) } ?? false
  }
}

extension [Parameter] {
  /// Those of some values, by the names of parameters, that differ from the defaults.
  package func changed(_ values: [String: String]) -> [String: String] {
    values.filter { name, value in !contains { $0.name == name && $0.isStandard(value) } }
  }
}

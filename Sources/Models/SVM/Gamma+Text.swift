package import Documents

extension Gamma {
  /// What can be written for it, in words.
  package static let accepted = "scale, auto or a positive number"
}

extension Gamma: CustomStringConvertible {
  /// `scale`, `auto` or the number.
  public var description: String {
    switch self {
    case .scale: "scale"
    case .auto: "auto"
    case .value(let gamma): gamma.plainDescription
    }
  }
}

extension SpecificationParameters {
  /// The width of an RBF kernel; `scale` when it was not given.
  package func gamma(_ name: String) throws(SpecificationError) -> Gamma {
    switch text(name) {
    case nil, "scale": .scale
    case "auto": .auto
    default: .value(try number(name, accepted: Gamma.accepted))
    }
  }
}

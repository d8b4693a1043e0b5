/// A model parameter that cannot be used.
public enum ModelsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The parameter has this value, and this is what would be accepted.
  case invalidParameter(name: String, value: String, accepted: String)

  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .invalidParameter(let name, let value, let accepted):
      "\(name) cannot be \(value); it must be \(accepted)"
    }
  }
}

/// Checks that a parameter is a positive finite number.
func validatePositive(_ value: Double, _ name: String) throws(ModelsError) {
  guard value > 0, value.isFinite else {
    throw .invalidParameter(name: name, value: "\(value)", accepted: "a positive number")
  }
}

/// Checks that a parameter is a whole number of at least 1.
func validateCount(_ value: Int, _ name: String) throws(ModelsError) {
  guard value >= 1 else {
    throw .invalidParameter(name: name, value: "\(value)", accepted: "a whole number from 1 up")
  }
}

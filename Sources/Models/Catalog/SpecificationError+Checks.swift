import Documents

extension SpecificationError {
  init(_ name: String, of model: String, value: String, accepted: String) {
    self.init(.model, model, .invalidParameter(name, value: value, accepted: accepted))
  }

  /// Checks that a parameter is a positive finite number.
  static func checkPositive(
    _ value: Double, _ name: String, of model: String
  ) throws(SpecificationError) {
    guard value > 0, value.isFinite else {
      throw Self(name, of: model, value: "\(value)", accepted: "a positive number")
    }
  }

  /// Checks that a parameter is a whole number of at least 1.
  static func checkCount(
    _ value: Int, _ name: String, of model: String
  ) throws(SpecificationError) {
    guard value >= 1 else {
      throw Self(name, of: model, value: "\(value)", accepted: "a whole number from 1 up")
    }
  }
}

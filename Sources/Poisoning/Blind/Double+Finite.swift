extension Double {
  /// The nearest finite number: what overflowed stops at the largest.
  var clampedToFinite: Double {
    Swift.min(Swift.max(self, -Double.greatestFiniteMagnitude), .greatestFiniteMagnitude)
  }
}

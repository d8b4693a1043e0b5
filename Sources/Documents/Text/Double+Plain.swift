extension Double {
  /// The number as people write it: whole numbers without a point.
  package var plainDescription: String {
    description.hasSuffix(".0") ? String(description.dropLast(2)) : description
  }
}

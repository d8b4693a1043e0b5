extension DefenseCatalog {
  /// The defences of the family, in the order they are listed.
  static let validation: [DefenseEntry] = []
}

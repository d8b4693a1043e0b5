public import LinAlg

extension RandomPurpose {
  /// The order in which the rows of a class are taken for validation.
  public static let split = RandomPurpose(1)

  /// The rows drawn by a generator.
  public static let generator = RandomPurpose(2)
}

public import LinAlg

extension RandomPurpose {
  /// The order in which the rows of a class are taken for validation.
  public static let split = RandomPurpose(1)

  /// The rows drawn by a generator.
  public static let generator = RandomPurpose(2)

  /// The rows drawn by a generator to judge models on.
  public static let generatorValidation = RandomPurpose(67)

  /// The order in which the training rows of a split are taken as a set grows.
  public static let growth = RandomPurpose(68)
}

extension StudyEngine {
  /// The version of the results: it grows when the same study and seed give other bits.
  public static let version = 1
}

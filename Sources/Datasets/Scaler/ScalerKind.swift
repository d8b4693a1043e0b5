/// How features are shifted and scaled before a model sees them.
public enum ScalerKind: String, CaseIterable, Sendable, Codable {
  /// Not at all.
  case none

  /// By mean and standard deviation.
  case standard

  /// By median and median absolute deviation.
  case robust
}

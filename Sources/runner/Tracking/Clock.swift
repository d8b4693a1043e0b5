import Foundation

/// The time of day.
enum Clock {
  /// Milliseconds since 1970, as MLflow counts.
  static var milliseconds: Int { Int((Date().timeIntervalSince1970 * 1000).rounded()) }
}

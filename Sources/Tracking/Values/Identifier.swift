import Foundation

/// New names that nothing else has.
enum Identifier {
  /// For a run, a data set or an input: 32 hexadecimal digits.
  static func unique() -> String {
    UUID().uuidString.filter { $0 != "-" }.lowercased()
  }

  /// For a logged model: `m-` and 32 hexadecimal digits.
  static func model() -> String { "m-" + unique() }

  /// For an experiment of a file store: 18 digits, the first of them not 0.
  static func experiment() -> String {
    String(Int.random(in: 100_000_000_000_000_000..<1_000_000_000_000_000_000))
  }
}

/// The time now, in milliseconds since 1970.
func currentMilliseconds() -> Int { Int(Date().timeIntervalSince1970 * 1000) }

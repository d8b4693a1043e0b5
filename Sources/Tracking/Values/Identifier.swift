import Foundation

/// Names that nothing else has, or nothing else than what they follow from.
enum Identifier {
  /// The 64-bit FNV-1a hash in 16 hexadecimal digits; nobody here tries to make two alike.
  ///
  /// Source: Fowler, Noll, Vo, Eastlake, The FNV Non-Cryptographic Hash Algorithm, section 5.
  static func hash(
    _ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325
  ) -> String {
    let hash = bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return String(format: "%016llx", hash)
  }

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

/// The time now, in milliseconds since 1970, as MLflow counts.
package func currentMilliseconds() -> Int { Int(Date().timeIntervalSince1970 * 1000) }

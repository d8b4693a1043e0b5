/// The hash of a text that chooses its column: the same on every machine, whatever else there is.
///
/// Source: Fowler, Noll, Vo, "FNV hash" (1991), FNV-1a with 64 bits.
enum TextHash {
  /// The hash of the bytes of a text.
  static func hash(_ text: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash
  }

  /// The column that a text chooses, of `count`.
  static func bucket(_ text: Span<UInt8>, of count: Int) -> Int {
    Int(hash(text) % UInt64(count))
  }
}

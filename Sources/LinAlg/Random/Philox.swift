/// The counter-based generator Philox4x32-10: a keyed bijection from counters to random words.
///
/// Ten rounds of multiply, split and exchange; the key grows by the Weyl constants between rounds.
/// Being a pure function of counter and key, a draw depends on its address alone, never on the
/// order or thread in which it is made.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public enum Philox {
  /// A counter or a block of output: four 32-bit words, the lowest first.
  public typealias Block = (UInt32, UInt32, UInt32, UInt32)

  /// Four random words for `counter` under `key`.
  public static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
    var (c0, c1, c2, c3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let p0 = UInt64(c0) &* 0xD251_1F53
      let p1 = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: p0)
      )
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return (c0, c1, c2, c3)
  }
}

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

  /// The blocks of two counters that follow each other: `counter`, and 1 more in the lowest word.
  ///
  /// The steps of one block wait for each other; two blocks share the wait.
  @inline(__always)
  static func twoBlocks(counter: Block, key: (UInt32, UInt32)) -> (Block, Block) {
    var (a0, a1, a2, a3) = counter
    var (b0, b1, b2, b3) = (counter.0 &+ 1, counter.1, counter.2, counter.3)
    var (k0, k1) = key
    for _ in 0..<10 {
      let (p0, p1) = (UInt64(a0) &* 0xD251_1F53, UInt64(a2) &* 0xCD9E_8D57)
      let (q0, q1) = (UInt64(b0) &* 0xD251_1F53, UInt64(b2) &* 0xCD9E_8D57)
      a0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ a1 ^ k0
      b0 = UInt32(truncatingIfNeeded: q1 >> 32) ^ b1 ^ k0
      a2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ a3 ^ k1
      b2 = UInt32(truncatingIfNeeded: q0 >> 32) ^ b3 ^ k1
      (a1, a3) = (UInt32(truncatingIfNeeded: p1), UInt32(truncatingIfNeeded: p0))
      (b1, b3) = (UInt32(truncatingIfNeeded: q1), UInt32(truncatingIfNeeded: q0))
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return ((a0, a1, a2, a3), (b0, b1, b2, b3))
  }
}

/// The key under which a whole plan draws; two keys give unrelated numbers everywhere.
public struct RandomKey: Sendable, Hashable {
  /// The 64 key bits of Philox.
  public let bits: UInt64

  /// Makes a key from its bits.
  public init(_ bits: UInt64) {
    self.bits = bits
  }

  /// The key used unless a plan names another: the ASCII bytes of "hemlock".
  public static let standard = RandomKey(0x0068_656D_6C6F_636B)
}

/// An endless sequence of random numbers at the address (key, purpose, seed, row).
///
/// Draw t is word `t mod 4` of the Philox block with counter (t / 4, row, seed, purpose), so two
/// streams share numbers only when their addresses are equal, and any draw can be made alone.
public struct RandomStream: Sendable {
  private let key: (UInt32, UInt32)
  private let purpose: UInt32
  private let seed: UInt32
  private let row: UInt32
  private var blockIndex: UInt32 = 0
  private var words = InlineArray<8, UInt32>(repeating: 0)
  private var wordsUsed = 0
  private var wordCount = 0
  private var isOfSystem = false

  /// Opens the stream at an address, before its first draw.
  ///
  /// - Precondition: `row` fits 32 bits.
  public init(key: RandomKey = .standard, purpose: RandomPurpose, seed: UInt32, row: Int = 0) {
    self.key = (
      UInt32(truncatingIfNeeded: key.bits), UInt32(truncatingIfNeeded: key.bits >> 32)
    )
    self.purpose = purpose.code
    self.seed = seed
    self.row = UInt32(row)
  }

  /// A stream of the system's generator, which has no address and cannot be opened again.
  ///
  /// It is for noise that has to stay secret; nothing else may be drawn so.
  package static var ofSystem: RandomStream {
    var stream = RandomStream(purpose: RandomPurpose(0), seed: 0)
    // Past its first block it makes two at a time; its index stays odd.
    (stream.isOfSystem, stream.blockIndex) = (true, 1)
    return stream
  }

  /// The next 32 random bits.
  ///
  /// - Precondition: Fewer than 2³⁴ words were drawn before.
  @inline(__always)
  public mutating func nextWord() -> UInt32 {
    if wordsUsed == wordCount { refill() }
    wordsUsed += 1
    return words[wordsUsed - 1]
  }

  /// Makes words: one block at first, since many streams need no more, then two at a time.
  @inline(__always)
  private mutating func refill() {
    if blockIndex == 0 {
      (words[0], words[1], words[2], words[3]) = Philox.block(
        counter: (0, row, seed, purpose), key: key)
      (blockIndex, wordCount, wordsUsed) = (1, 4, 0)
    } else {
      makeTwoBlocks()
    }
  }

  private mutating func makeTwoBlocks() {
    guard !isOfSystem else {
      var generator = SystemRandomNumberGenerator()
      for index in 0..<8 { words[index] = generator.next() }
      (wordCount, wordsUsed) = (8, 0)
      return
    }
    let (first, second) = Philox.twoBlocks(counter: (blockIndex, row, seed, purpose), key: key)
    (words[0], words[1], words[2], words[3]) = first
    (words[4], words[5], words[6], words[7]) = second
    blockIndex &+= 2
    (wordCount, wordsUsed) = (8, 0)
  }

  /// Makes the first two blocks at a time, where more than one will be needed.
  mutating func expectMany() {
    if blockIndex == 0 { makeTwoBlocks() }
  }
}

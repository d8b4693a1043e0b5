import LinAlg
import Testing

@Suite struct PhiloxTests {
  struct KnownAnswer: Sendable {
    let counter: [UInt32]
    let key: [UInt32]
    let words: [UInt32]
  }

  /// Source: Random123, `tests/kat_vectors`, the lines of philox4x32 with 10 rounds.
  static let knownAnswers = [
    KnownAnswer(
      counter: [0, 0, 0, 0], key: [0, 0],
      words: [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
    KnownAnswer(
      counter: Array(repeating: .max, count: 4), key: [.max, .max],
      words: [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
    KnownAnswer(
      counter: [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344],
      key: [0xA409_3822, 0x299F_31D0],
      words: [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]),
  ]

  @Test(arguments: knownAnswers) func publishedVectors(_ answer: KnownAnswer) {
    let (c, k) = (answer.counter, answer.key)
    let block = Philox.block(counter: (c[0], c[1], c[2], c[3]), key: (k[0], k[1]))
    #expect([block.0, block.1, block.2, block.3] == answer.words)
  }
}

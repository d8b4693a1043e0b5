import LinAlg
import TestSupport
import Testing

@Suite struct RandomStreamTests {
  private static func words(
    _ count: Int, key: UInt64 = 1, purpose: UInt32 = 2, seed: UInt32 = 3, row: Int = 4
  ) -> [UInt32] {
    var stream = RandomStream(
      key: RandomKey(key), purpose: RandomPurpose(purpose), seed: seed, row: row)
    return (0..<count).map { _ in stream.nextWord() }
  }

  @Test func sameAddressSameWords() {
    #expect(Self.words(100) == Self.words(100))
  }

  @Test func copiesContinueAlike() {
    var stream = RandomStream(purpose: .testing, seed: 1)
    for _ in 0..<5 { _ = stream.nextWord() }
    var copy = stream
    let continued = (0..<20).map { _ in stream.nextWord() }
    #expect(continued == (0..<20).map { _ in copy.nextWord() })
  }

  /// Every bit of the address matters, and no word of 16 stays: by chance one in 2²⁸ cases does.
  @Test func eachComponentOfTheAddressChangesEveryWord() {
    var others: [[UInt32]] = []
    for bit in 0..<64 { others.append(Self.words(16, key: 1 ^ 1 << bit)) }
    for bit in 0..<32 {
      others.append(Self.words(16, purpose: 2 ^ 1 << bit))
      others.append(Self.words(16, seed: 3 ^ 1 << bit))
      others.append(Self.words(16, row: 4 ^ 1 << bit))
    }
    let original = Self.words(16)
    for (index, other) in others.enumerated() {
      #expect(zip(original, other).allSatisfy { $0 != $1 }, "address \(index)")
    }
  }

  @Test(arguments: 0..<6 as Range<UInt32>) func drawsAreWordsOfBlocks(block: UInt32) {
    let words = Self.words(24, key: 0x1122_3344_5566_7788, purpose: 7, seed: 8, row: 9)
    let expected = Philox.block(
      counter: (block, 9, 8, 7), key: (0x5566_7788, 0x1122_3344))
    let start = 4 * Int(block)
    #expect(
      Array(words[start..<start + 4]) == [expected.0, expected.1, expected.2, expected.3])
  }

  @Test func largestAddress() {
    let words = Self.words(4, key: .max, purpose: .max, seed: .max, row: Int(UInt32.max))
    let expected = Philox.block(counter: (0, .max, .max, .max), key: (.max, .max))
    #expect(words == [expected.0, expected.1, expected.2, expected.3])
  }

  @Test func standardKeySpellsTheName() {
    let name = "hemlock".utf8.reduce(0) { $0 << 8 | UInt64($1) }
    #expect(RandomKey.standard.bits == name)
    var (standard, named) = (
      RandomStream(purpose: .testing, seed: 1),
      RandomStream(key: RandomKey(name), purpose: .testing, seed: 1)
    )
    #expect(standard.nextWord() == named.nextWord())
  }
}

@Suite struct RandomStreamTrapTests {
  @Test func negativeRow() async {
    await #expect(processExitsWith: .failure) {
      _ = RandomStream(purpose: RandomPurpose(1), seed: 1, row: -1)
    }
  }

  @Test func integerBelowZero() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(purpose: RandomPurpose(1), seed: 1)
      _ = stream.integer(below: 0)
    }
  }

  @Test func integerBelowTooMuch() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(purpose: RandomPurpose(1), seed: 1)
      _ = stream.integer(below: 1 << 32)
    }
  }

  @Test func uniformOfReversedInterval() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(purpose: RandomPurpose(1), seed: 1)
      _ = stream.uniform(from: 1, to: 0)
    }
  }

  @Test func uniformOfInfiniteInterval() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(purpose: RandomPurpose(1), seed: 1)
      _ = stream.uniform(from: 0, to: .infinity)
    }
  }

  @Test func permutationOfNegativeCount() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(purpose: RandomPurpose(1), seed: 1)
      _ = stream.permutation(of: -1)
    }
  }
}

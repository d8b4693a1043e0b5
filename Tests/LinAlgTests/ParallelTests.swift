import LinAlg
import Synchronization
import TestSupport
import Testing

@Suite struct ParallelTests {
  static let counts = [0, 1, 2, 5, 1000]
  static let threads = [1, 2, 7]

  @Test(arguments: counts, threads) func mapEqualsSequentialMap(count: Int, threads: Int) {
    let parallel = Parallel.map(count, threads: threads) { index in
      var stream = RandomStream(purpose: .testing, seed: 1, row: index)
      return stream.normal()
    }
    let sequential = (0..<count).map { index in
      var stream = RandomStream(purpose: .testing, seed: 1, row: index)
      return stream.normal()
    }
    #expect(parallel == sequential)
  }

  /// Results that own memory are initialised, not assigned.
  @Test(arguments: threads) func mapReturnsOwners(threads: Int) {
    let rows = Parallel.map(100, threads: threads) { Array(repeating: "\($0)", count: $0 % 4) }
    #expect(rows == (0..<100).map { Array(repeating: "\($0)", count: $0 % 4) })
  }

  @Test(arguments: counts, threads) func visitsEachIndexOnce(count: Int, threads: Int) {
    let visits = (0..<count).map { _ in Counter() }
    let calls = Counter()
    Parallel.forEach(count, threads: threads) { index in
      visits[index].raise()
      calls.raise()
    }
    #expect(calls.value == count)
    #expect(visits.allSatisfy { $0.value == 1 })
  }

  /// A number that several threads may raise.
  ///
  /// Not a `Mutex` around them: the thread sanitizer does not see it lock when it has to wait.
  private final class Counter: Sendable {
    private let count = Atomic(0)

    func raise() { count.wrappingAdd(1, ordering: .relaxed) }

    var value: Int { count.load(ordering: .relaxed) }
  }

  /// One thread means the caller's, in index order.
  @Test func oneThreadKeepsTheOrder() {
    let order = Mutex([Int]())
    Parallel.forEach(50, threads: 1) { index in order.withLock { $0.append(index) } }
    #expect(order.withLock { $0 } == Array(0..<50))
  }

  @Test func nestedLoopsFinish() {
    let total = Atomic(0)
    Parallel.forEach(4, threads: 2) { _ in
      Parallel.forEach(5, threads: 2) { _ in total.wrappingAdd(1, ordering: .relaxed) }
    }
    #expect(total.load(ordering: .relaxed) == 20)
  }

  @Test func coresAreCounted() {
    #expect(Parallel.coreCount >= 1)
  }
}

@Suite struct ParallelTrapTests {
  @Test func noThreads() async {
    await #expect(processExitsWith: .failure) { Parallel.forEach(0, threads: 0) { _ in } }
  }

  @Test func negativeCount() async {
    await #expect(processExitsWith: .failure) { Parallel.forEach(-1, threads: 1) { _ in } }
  }

  @Test func mapWithoutThreads() async {
    await #expect(processExitsWith: .failure) { _ = Parallel.map(3, threads: 0) { $0 } }
  }
}

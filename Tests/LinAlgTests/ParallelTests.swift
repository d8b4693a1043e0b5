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
    let visits = Mutex([Int](repeating: 0, count: count))
    let calls = Atomic(0)
    Parallel.forEach(count, threads: threads) { index in
      visits.withLock { $0[index] += 1 }
      calls.wrappingAdd(1, ordering: .relaxed)
    }
    #expect(calls.load(ordering: .relaxed) == count)
    #expect(visits.withLock { $0.allSatisfy { $0 == 1 } })
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

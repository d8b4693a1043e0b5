import Benchmark
import LinAlg

/// The entry that the plugin of the benchmark package looks for.
let benchmarks: @Sendable () -> Void = {
  if let missing = Processor.missingInstructionSet {
    preconditionFailure("Compiled for \(missing); build with HEMLOCK_MARCH=native")
  }
  BLAS.useOneThread()
  do {
    registerLanes()
    registerRandom()
    try registerRows()
    try registerFits()
    try registerBlocks()
  } catch {
    preconditionFailure("The data of a benchmark cannot be made: \(error)")
  }
}

/// Registers a benchmark of one call of `body`, whose result is consumed.
///
/// A factor above one times so many calls together, for what is too short for the clock, and reports
/// one of them.
func measure(
  _ name: String, _ factor: BenchmarkScalingFactor = .one, _ body: @escaping () -> some Any
) {
  measure(name, factor, in: ()) { _ in body() }
}

/// The same for a body that works in storage of its own.
///
/// Not in a variable that the body captures: each access to an element would be checked.
func measure<Storage>(
  _ name: String, _ factor: BenchmarkScalingFactor = .one, in storage: Storage,
  _ body: @escaping (inout Storage) -> some Any
) {
  Benchmark(
    name,
    configuration: .init(
      metrics: [.wallClock], timeUnits: factor == .one ? .microseconds : .nanoseconds,
      scalingFactor: factor, maxDuration: .seconds(1))
  ) { benchmark in
    var storage = storage
    for _ in benchmark.scaledIterations { blackHole(body(&storage)) }
  }
}

/// Standard normal numbers, the same in every run.
func normals(_ count: Int) -> [Double] {
  var stream = RandomStream(purpose: .benchmark, seed: 1)
  return (0..<count).map { _ in stream.normal() }
}

extension RandomPurpose {
  /// Made-up data, unrelated to what studies draw.
  static let benchmark = RandomPurpose(0xFFFF_FFFE)
}

import ArgumentParser
import LinAlg

/// How to run and what to print.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The (first) seed, from 0 to 4294967295. (default: 0)", valueName: "seed"),
    transform: number("a whole number from 0 to 4294967295"))
  var seed: UInt32 = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of threads; results do not depend on it. (default: all cores)", valueName: "count"),
    transform: number("a whole number from 1 to 4096"))
  var threads: Int?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func threadCount() throws(Failure) -> Int {
    let count = threads ?? Parallel.coreCount
    guard (1...4096).contains(count) else {
      throw .usage("--threads cannot be \(count); accepted: 1 to 4096")
    }
    return count
  }
}

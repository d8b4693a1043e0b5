import ArgumentParser
import Sweeps

/// How many seeds a sweep runs.
struct ExtentOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds; with --until-ci the least number. (default: 1000)", valueName: "count"),
    transform: number("a whole number from 1 up"))
  var seeds: Int?

  @Option(
    name: .customLong("until-ci"), parsing: .unconditional,
    help: ArgumentHelp(
      "Run until the 95 % interval of every cell's mean accuracy and of every paired drop is "
        + "within ± this half-width, such as 0.001 for 0.1 points. (default: not)",
      valueName: "half-width"),
    transform: number("a half-width between 0 and 1, such as 0.001 for 0.1 points"))
  var untilCI: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Where --until-ci ends in any case. (default: 1000000)", valueName: "count"),
    transform: number("a whole number from 1 up"))
  var maxSeeds: Int?

  /// The extent asked for, where options come before what a plan says.
  func extent(firstSeed: UInt32, plan: SweepExtent? = nil) throws(Failure) -> SweepExtent {
    var (seeds, untilCI, maxSeeds) = (seeds, untilCI, maxSeeds)
    switch plan {
    case .seeds(let count): seeds = seeds ?? count
    case .until(let rule):
      seeds = seeds ?? rule.minimumSeedCount
      untilCI = untilCI ?? rule.halfWidth
      maxSeeds = maxSeeds ?? max(rule.maximumSeedCount, seeds ?? 1)
    case nil: break
    }
    do {
      return try SweepExtent(
        seeds: seeds, untilHalfWidth: untilCI, maximum: maxSeeds, firstSeed: firstSeed)
    } catch {
      let option = "--" + error.key.rawValue.map { $0 == "_" ? "-" : String($0) }.joined()
      throw .usage("\(option) cannot be \(error.value); accepted: \(error.accepted)")
    }
  }

  /// The options that were given, as typed.
  var given: [String] {
    var texts: [String] = []
    if let seeds { texts.append("--seeds \(seeds)") }
    if let untilCI { texts.append("--until-ci \(untilCI)") }
    if let maxSeeds { texts.append("--max-seeds \(maxSeeds)") }
    return texts
  }
}

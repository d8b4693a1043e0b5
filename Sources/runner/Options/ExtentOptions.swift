import ArgumentParser
import Sweeps

/// How many seeds a study runs.
struct ExtentOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds, each another split and another poisoning; with --until-ci the least. "
        + "(default: 10000; of tournaments and sweeps 1000, of defences and curves 200)",
      valueName: "count"),
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

  var wish: SeedWish { SeedWish(count: seeds, untilHalfWidth: untilCI, maximum: maxSeeds) }

  /// The options that were given, as typed.
  var given: [String] {
    var texts: [String] = []
    if let seeds { texts.append("--seeds \(seeds)") }
    if let untilCI { texts.append("--until-ci \(untilCI)") }
    if let maxSeeds { texts.append("--max-seeds \(maxSeeds)") }
    return texts
  }
}

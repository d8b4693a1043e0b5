import ArgumentParser
import Documents
import LinAlg
import Reporting

/// The command-line program.
@main
struct Runner: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runner",
    abstract: "Measures what poisoned training data costs a classifier.",
    discussion: """
      Examples:
        runner experiment
        runner sweep --attacks uniform,flip --seeds 2000
        runner curves --preset iris-claims
        runner report curves-iris-claims.sqlite
        runner data flowers --output flowers.csv
        runner train --data flowers.csv --target species --poison 0.1
        runner attack --data iris --attack flip --poison 0.1 --output poisoned.csv
        runner track sweep.sqlite --tracking-uri http://localhost:5000
        runner inspect flowers.csv --target species
        runner validate flowers.csv --target species --infer schema.yaml
        runner provenance add flowers.csv --source lab
        runner attacks
        runner defenses

      Exit codes:
        0   done
        1   a check has found something
        64  wrong usage
        65  bad data
        70  a bug of the program
        74  reading or writing failed
        75  stopped before the end
        78  a bad plan, or a store of another one
      """,
    version: Program.version,
    subcommands: [
      Experiment.self, Sweep.self, Curves.self, Report.self, Replay.self, Track.self, Train.self,
      Poison.self, Attacks.self, DefenseList.self, Inspect.self, Validate.self, Provenance.self,
      DataFiles.self,
    ])

  static func main() {
    Console.prepare()
    if let missing = Processor.missingInstructionSet {
      Console.report(
        "this program was compiled for \(missing), which this processor lacks; "
          + "build it here with HEMLOCK_MARCH=native")
      ExitStatus.badMachine.leave()
    }
    BLAS.useOneThread()
    // A command that has more to say of it, or to tidy up, listens itself.
    _ = Interruption()
    do {
      try run(renamed(Array(CommandLine.arguments.dropFirst())))
    } catch {
      Console.report(error.message)
      error.code.leave()
    }
  }

  /// The arguments with `--rows` as `--sample`; to `curves` it is something else.
  private static func renamed(_ arguments: [String]) -> [String] {
    guard arguments.first != "curves" else { return arguments }
    return arguments.map {
      $0 == "--rows" || $0.hasPrefix("--rows=") ? "--sample" + $0.dropFirst(6) : $0
    }
  }

  private static func run(_ arguments: [String]) throws(Failure) {
    let word = arguments.first ?? ""
    let isCommand = commandNames.contains(word)
    guard word.isEmpty || word.hasPrefix("-") || isCommand || word == "help" else {
      throw .usage(
        "there is no command \"\(word)\""
          + Suggestion.ending(for: word, among: commandNames, noun: "commands"))
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      switch exitCode(for: error) {
      case .success:
        // A request for help or the version.
        try Console.show(fullMessage(for: error) + "\n")
      case .validationFailure:
        let help = isCommand ? "runner \(word) --help" : "runner --help"
        throw .usage("\(message(for: error).asSentence) See \(help)")
      default: throw Failure(error)
      }
    }
  }

  private static let commandNames = configuration.subcommands.compactMap {
    $0.configuration.commandName
  }
}

extension String {
  /// The text with a full stop, unless it has an end.
  fileprivate var asSentence: String {
    hasSuffix(".") || hasSuffix("?") || isEmpty ? self : self + "."
  }
}

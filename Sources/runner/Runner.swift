import ArgumentParser
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
        runner train --data flowers.csv --target species --model rbf-svm --poison 0.1
        runner attacks

      Exit codes: 0 done, 64 wrong usage, 65 bad data, 70 a bug of the program, 74 reading or
      writing failed, 75 stopped before the end.
      """,
    version: Program.version,
    subcommands: [Experiment.self, Train.self, Attacks.self])

  static func main() {
    if let missing = Processor.missingInstructionSet {
      Console.report(
        "this program was compiled for \(missing), which this processor lacks; "
          + "build it here with HEMLOCK_MARCH=native")
      ExitStatus.badMachine.leave()
    }
    BLAS.useOneThread()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Console.report(failure.message)
      failure.code.leave()
    } catch {
      exit(withError: error)
    }
  }
}

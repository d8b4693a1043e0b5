import ArgumentParser
import Datasets
import Defenses
import Documents

/// The defences of a command that runs one fit.
struct DefenseOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The defence, as NAME, NAME:key=value or a chain such as validate+lof+trim; see "
        + "`runner defenses`. (default: none)", valueName: "defense"))
  var defense: String?

  /// The defences asked for.
  ///
  /// - Throws: `Failure` for more than one chain; `SpecificationError`.
  func chosen(for dataset: Dataset) throws -> DefenseChain {
    guard let text = defense else { return .none }
    guard CommandLine.count(of: "--defense") < 2, Specification.texts(in: text).count == 1 else {
      throw Failure.usage(
        "--defense takes one chain of defences, joined by + such as lof+trim; several to compare "
          + "go to --defenses of runner experiment or runner sweep")
    }
    return try DefenseCatalog.chain(text, for: dataset)
  }
}

import ArgumentParser
import Datasets
import Documents
import Poisoning

/// The one attack of a command.
struct AttackOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The attack, as NAME or NAME:key=value; see `runner attacks`. (default: uniform)",
      valueName: "attack"))
  var attack: String?

  /// The attack asked for, as text.
  ///
  /// - Throws: `Failure` for more than one.
  func text() throws(Failure) -> String {
    let text = attack ?? "uniform"
    let isRepeated = CommandLine.count(of: "--attack") > 1
    // In a parameter a semicolon may belong to the name of a class.
    let isList =
      Specification.texts(in: text).count > 1 || text.contains(";") && !text.contains(":")
    guard !isRepeated, !isList else {
      throw .usage(
        "--attack takes one attack\(isRepeated ? "" : ", not \"\(text)\""); several go to "
          + "--attacks of runner experiment or runner sweep"
          + (!isRepeated && text.contains("=")
            ? "; a name with a comma goes between quotation marks, such as class=\"a, b\"" : ""))
    }
    return text
  }

  func chosen(for dataset: Dataset) throws -> any Attack {
    try AttackCatalog.attack(text(), for: dataset)
  }
}

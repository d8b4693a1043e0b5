import ArgumentParser
import Documents
import Poisoning
import Reporting

struct Attacks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attacks",
    abstract: "Lists the attacks, or describes one.",
    discussion: """
      An attack is asked for by its name, with parameters after a colon: \
      NAME:key=value,key=value. Each is listed with its threat model: what the attacker wants, \
      knows and changes, and what changed rows still respect.

      Examples:
        runner attacks
        runner attacks out-of-range
        runner train --attack out-of-range:kappa=100 --poison 0.05
      """)

  @Argument(help: ArgumentHelp("The attack to describe.", valueName: "name"))
  var name: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let entries = AttackCatalog.entries
    guard let name else {
      return try Console.show(entries, json: json, entries.lines)
    }
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw Failure.usage(
        "there is no attack \"\(name)\""
          + Suggestion.ending(for: name, among: AttackCatalog.names, noun: "attacks"))
    }
    try Console.show(entry, json: json, entry.lines)
  }
}

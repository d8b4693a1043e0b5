import ArgumentParser
import Defenses
import Documents
import Reporting

struct DefenseList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "defenses",
    abstract: "Lists the defences, or describes one.",
    discussion: """
      A defence is asked for by its name, with parameters after a colon: \
      NAME:key=value,key=value. Several are joined by +: those that judge rows come first, each \
      seeing what the ones before it have left, and at most one that trains comes last.

      Examples:
        runner defenses
        runner defenses lof
        runner train --attack flip --poison 0.2 --defense lof:n_neighbors=10+trim
        runner experiment --attacks flip --levels 0,0.3 --defenses lof,trim
      """)

  @Argument(help: ArgumentHelp("The defence to describe.", valueName: "name"))
  var name: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let entries = DefenseCatalog.entries
    guard let name else {
      return try Console.show(entries, json: json, entries.lines)
    }
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw Failure.usage(
        "there is no defence \"\(name)\""
          + Suggestion.ending(for: name, among: DefenseCatalog.names, noun: "defences"))
    }
    try Console.show(entry, json: json, entry.lines)
  }
}

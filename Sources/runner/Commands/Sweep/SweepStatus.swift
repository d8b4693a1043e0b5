import ArgumentParser
import Reporting

struct SweepStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says what a store holds; a sweep may be writing to it.",
    discussion: """
      Examples:
        runner sweep status sweep.sqlite
        runner sweep status sweep.sqlite --json
      """)

  @Argument(help: ArgumentHelp("The store of a sweep.", valueName: "store"))
  var store: String

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let status = try StoreStatus(store)
    try Console.show(status, json: json, status.lines)
  }
}

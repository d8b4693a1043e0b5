import ArgumentParser
import Poisoning
import Reporting

/// `runner attacks`.
struct Attacks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attacks",
    abstract: "Lists the attacks.",
    discussion: """
      Examples:
        runner attacks
        runner train --attack out-of-range:kappa=100 --poison 0.05
      """)

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let attacks = AttackCatalog.entries
    if json {
      try Console.show(JSONText.of(attacks.map { ["name": $0.name, "summary": $0.summary] }))
      return
    }
    var table = TextTable([("attack", .left), ("what it does to a poisoned row", .left)])
    for attack in attacks { table.append([attack.name, attack.summary]) }
    try Console.show(table.lines)
  }
}

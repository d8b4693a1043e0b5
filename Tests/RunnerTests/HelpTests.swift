import Foundation
import Testing

struct HelpTests {
  private static let commands = [
    "experiment", "curves", "report", "train", "attack", "attacks", "defenses", "inspect",
    "validate", "data",
  ]

  /// Every command and subcommand, as help lists them; the first is the program itself.
  private static let everyCommand: [[String]] = {
    var found: [[String]] = [[]]
    var next = 0
    while next < found.count {
      let path = found[next]
      let run = try? withTemporaryFolder { try RunnerProcess(path + ["--help"], in: $0) }
      let list = run?.output.split(separator: "SUBCOMMANDS:").dropFirst().first ?? ""
      found += list.matches(of: /\n  ([a-z][a-z-]*)\s/).map { path + [String($0.1)] }
      next += 1
    }
    return found
  }()

  private func output(_ arguments: [String]) throws -> String {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(arguments, in: folder)
      #expect(run.status == 0)
      #expect(run.errors.isEmpty)
      return run.output
    }
  }

  @Test func printsTheVersion() throws {
    let version = try output(["--version"])
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    #expect(try output(["train", "--version"]) == version)
  }

  @Test func listsEveryCommand() {
    #expect(Self.everyCommand.count > 25)
    #expect(Self.everyCommand.contains(["sweep", "export"]))
  }

  @Test(arguments: everyCommand)
  func showsExamplesThatStayWhole(command: [String]) throws {
    let help = try output(command + ["--help"])
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 80 && !$0.hasSuffix("\\") })
    let start = try #require(lines.firstIndex(of: "Examples:"))
    let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
    let prefix = (["  runner"] + command).joined(separator: " ") + " "
    #expect(examples.contains { "\($0) ".hasPrefix(prefix) })
    #expect(examples.allSatisfy { $0.hasPrefix("  runner ") })
  }

  @Test(arguments: [["--help"]] + commands.map { [$0, "--help"] })
  func showsExamplesThatWork(arguments: [String]) throws {
    for line in try output(arguments).split(separator: "\n")
    where line.hasPrefix("  runner ")
      // Those need a server, a store or a schema; other tests have them.
      && !line.contains("http") && !line.contains("runner track") && !line.contains("runner report")
      && !line.contains("--register")
      && !line.contains("--schema")
    {
      try withTemporaryFolder { folder in
        _ = try FlowerFile.plain.write(in: folder)
        let example = line.split(separator: " ").dropFirst().map(String.init)
        let fewSeeds =
          ["experiment", "sweep", "curves"].contains(example[0]) ? ["--seeds", "2"] : []
        let run = try RunnerProcess(example + fewSeeds, in: folder)
        #expect(run.status == 0, "\(line): \(run.errors)")
      }
    }
  }

  @Test(arguments: commands)
  func describesEveryOption(command: String) throws {
    let text = try output([command, "--help"])
    var descriptions: [String: String] = [:]
    var option: String?
    for line in text.split(separator: "\n") {
      if let match = line.firstMatch(of: /^  (?:-\w, )?(--[\w-]+)(?: <[^>]+>)?\s*(.*)$/) {
        option = String(match.1)
        descriptions[String(match.1)] = String(match.2)
      } else if line.hasPrefix("     "), let option {
        descriptions[option, default: ""] += " " + line.drop { $0 == " " }
      } else {
        option = nil
      }
    }
    let common = ["--help", "--json", "--version"]
    let reading = [
      "--comment", "--decimal", "--encode", "--encoding", "--group", "--header", "--ignore",
      "--missing",
      "--missing-text", "--quote", "--separator", "--skip", "--target", "--thousands",
      "--weights",
    ]
    let shared =
      common + reading + [
        "--C", "--attack", "--cache-mb", "--data", "--gamma", "--n-neighbors",
        "--sample", "--scaler", "--scaler-fit", "--seed", "--threads", "--tol",
        "--validation", "--tracking-uri", "--experiment-name", "--register", "--trusted",
      ]
    let expected =
      switch command {
      case "experiment":
        shared + [
          "--attacks", "--defenses", "--levels", "--max-seeds", "--models", "--no-comparison",
          "--results", "--seeds", "--until-ci",
        ]
      case "attack":
        common + reading + [
          "--attack", "--data", "--output", "--poison", "--prefix", "--provenance", "--sample",
          "--seed", "--validation",
        ]
      case "inspect":
        common + reading + [
          "--exit-zero", "--fdr", "--list", "--models", "--provenance", "--results", "--scaler",
          "--seed", "--threads", "--validation",
        ]
      case "validate":
        common + reading.filter { !["--group", "--weights"].contains($0) } + [
          "--alpha", "--infer", "--page", "--reference", "--schema", "--seed", "--threads",
          "--tolerate",
        ]
      case "curves":
        common + reading + [
          "--C", "--added", "--attacks", "--cache-mb", "--data", "--defense-price", "--defenses",
          "--gamma",
          "--generator", "--levels", "--models", "--n-neighbors",
          "--preset", "--row-price", "--rows", "--sample", "--scaler", "--scaler-fit", "--seed",
          "--max-seeds",
          "--seeds", "--until-ci",
          "--store", "--threads", "--tol", "--trusted", "--validation",
          "--validation-rows", "--verification-price",
        ]
      case "report":
        common + reading + [
          "--data", "--defense-price", "--experiment-name", "--output", "--row-price", "--sample",
          "--threads", "--tracking-uri",
          "--verification-price",
        ]
      case "data": common + ["--output"]
      case "train":
        shared + [
          "--defense", "--dump", "--export", "--model", "--poison", "--provenance", "--secret",
        ]
      default: common
      }
    #expect(descriptions.keys.sorted() == expected.sorted())
    for (option, description) in descriptions {
      #expect(description.hasSuffix(".") || description.hasSuffix(")"), "\(option): \(description)")
    }
    // What has a value has a default, says that there is none by what it is for, or is a list.
    for option in ["--C", "--n-neighbors", "--seed", "--threads", "--tol", "--validation"]
    where descriptions[option] != nil && (command != "attack" || option == "--seed") {
      #expect(descriptions[option]?.contains("(default: ") == true, "\(option)")
    }
  }

  @Test func listsTheAttacks() throws {
    let lines = try output(["attacks"]).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 120 })
    let attacks = try CatalogRecord.all()
    #expect(Set(attacks.map(\.name)).isSuperset(of: ["uniform", "flip", "relabel"]))
    #expect(Set(attacks.map(\.name)).count == attacks.count)
    for attack in attacks {
      let line = try #require(lines.first { $0.hasPrefix(attack.name + " ") })
      let changes = attack.threat.changes.contains(" and ") ? "both" : attack.threat.changes
      for fact in [attack.threat.goal, attack.threat.knowledge, changes] {
        #expect(line.contains(fact), "\(attack.name): \(fact)")
      }
    }
  }

  @Test func describesEveryAttack() throws {
    for attack in try CatalogRecord.all() {
      let text = try output(["attacks", attack.name])
      #expect(text.hasPrefix(attack.name + "\n" + attack.summary + "\n"))
      for parameter in attack.parameters {
        #expect(
          text.contains(parameter.name) && text.contains(parameter.accepted), "\(attack.name)")
      }
      let one = try decoded(
        Data(output(["attacks", attack.name, "--json"]).utf8), as: CatalogRecord.self)
      #expect(one.name == attack.name && one.flows == attack.flows)
    }
  }
}

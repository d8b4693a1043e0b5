import Foundation
import Testing

struct HelpTests {
  private static let commands = ["experiment", "train", "attacks"]

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

  @Test(arguments: [["--help"]] + commands.map { [$0, "--help"] })
  func showsExamplesThatStayWhole(arguments: [String]) throws {
    let lines = try output(arguments).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let start = try #require(lines.firstIndex(of: "Examples:"))
    let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(!examples.isEmpty)
    #expect(examples.allSatisfy { $0.hasPrefix("  runner ") })
    if let command = arguments.first, command != "--help" {
      #expect(examples.contains { $0.hasPrefix("  runner \(command)") } || command == "attacks")
    }
  }

  @Test(arguments: [["--help"]] + commands.map { [$0, "--help"] })
  func showsExamplesThatWork(arguments: [String]) throws {
    for line in try output(arguments).split(separator: "\n")
    where line.hasPrefix("  runner ")
      // Those need a server or a store; other tests have them.
      && !line.contains("http") && !line.contains("runner track") && !line.contains("--register")
    {
      try withTemporaryFolder { folder in
        _ = try FlowerFile.plain.write(in: folder)
        let example = line.split(separator: " ").dropFirst().map(String.init)
        let fewSeeds = ["experiment", "sweep"].contains(example[0]) ? ["--seeds", "2"] : []
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
    let shared =
      common + [
        "--C", "--attack", "--data", "--gamma", "--ignore", "--n-neighbors", "--no-header",
        "--scaler", "--scaler-fit", "--seed", "--target", "--threads", "--tol", "--validation",
        "--tracking-uri", "--experiment-name", "--register",
      ]
    let expected =
      switch command {
      case "experiment":
        shared + ["--levels", "--models", "--no-comparison", "--results", "--seeds"]
      case "train": shared + ["--dump", "--export", "--model", "--poison"]
      default: common
      }
    #expect(descriptions.keys.sorted() == expected.sorted())
    for (option, description) in descriptions {
      #expect(description.hasSuffix(".") || description.hasSuffix(")"), "\(option): \(description)")
    }
    // What has a value has a default, says that there is none by what it is for, or is a list.
    for option in ["--C", "--n-neighbors", "--seed", "--threads", "--tol", "--validation"]
    where descriptions[option] != nil {
      #expect(descriptions[option]?.contains("(default: ") == true, "\(option)")
    }
  }

  @Test func listsTheAttacks() throws {
    let text = try output(["attacks"])
    let json = try Data(output(["attacks", "--json"]).utf8)
    let attacks = try decoded(json, as: [[String: String]].self)
    let names = attacks.compactMap { $0["name"] }
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["uniform", "out-of-range", "deletion", "flip", "relabel"]))
    for attack in attacks {
      #expect(try text.contains(#require(attack["name"])))
      #expect(try text.contains(#require(attack["summary"])))
    }
  }
}

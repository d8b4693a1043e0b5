import Datasets
import Documents
import Foundation
import Sweeps
import Testing

/// A plan that must be refused, and what the message says.
struct RefusedPlan: Sendable, CustomTestStringConvertible {
  let text: String
  let mentions: [String]

  init(_ text: String, _ mentions: String...) {
    self.text = text
    self.mentions = mentions
  }

  var testDescription: String { String(text.debugDescription.prefix(60)) }
}

struct PlanErrorTests {
  private static let keys: [RefusedPlan] = [
    RefusedPlan("seeds: 5\nlevel: 0.1", "p.yaml:2:1: ", "no key \"level\"", "did you mean levels?"),
    RefusedPlan("until-ci: 0.1", "p.yaml:1:1: ", "did you mean until_ci?"),
    RefusedPlan("[seeds]: 5", "p.yaml:1:1: ", "accepted: data, target"),
    RefusedPlan("5: 5", "no key \"5\""),
    RefusedPlan("seeds: 5\nseed: 1\nseeds: 6", "p.yaml:1:1: ", "\"seeds\"", "more than once"),
    RefusedPlan("models:\n- knn: {n_neighbors: 1, n_neighbors: 2}", "p.yaml:2:9: ", "more than"),
    RefusedPlan(
      "models:\n  - knn: {neighbors: 1}", "p.yaml:2:11: ", "model knn has no parameter",
      "did you mean n_neighbors?"),
    RefusedPlan("models:\n  - softmax: {gamma: 1}", "p.yaml:2:15: ", "accepted: C, tol"),
  ]

  private static let syntax: [RefusedPlan] = [
    RefusedPlan("", "p.yaml: ", "empty"),
    RefusedPlan("# nothing\n\n", "p.yaml: ", "empty"),
    RefusedPlan("---\n", "p.yaml: ", "empty"),
    RefusedPlan("~", "p.yaml: ", "empty"),
    RefusedPlan("iris", "p.yaml:1:1: ", "\"iris\" is not a plan", "mapping"),
    RefusedPlan("- iris\n", "p.yaml:1:1: ", "a list is not a plan"),
    RefusedPlan("levels: [0, 0.1\nseeds: 5", "p.yaml:2:", "not YAML"),
    RefusedPlan("seeds: 5\n  seed: 1", "p.yaml:2:", "not YAML"),
    RefusedPlan("seeds: \"5", "p.yaml:", "not YAML"),
    RefusedPlan("\tseeds: 5", "p.yaml:1:", "not YAML"),
    RefusedPlan("seeds: 5\u{7}", "p.yaml:1", "not YAML"),
    RefusedPlan("seeds: 5\n---\nseeds: 6", "p.yaml:2:1: ", "second document"),
    RefusedPlan("levels: &a [0, 0.1]", "p.yaml:1:9: ", "anchors, aliases or tags"),
    RefusedPlan("levels: *a", "p.yaml:1:9: ", "anchors, aliases or tags"),
    RefusedPlan("seeds: !!int 5", "p.yaml:1:8: ", "anchors, aliases or tags"),
    RefusedPlan("? &a [x]\n: 1", "p.yaml:1:3: ", "anchors"),
    RefusedPlan("levels: [it 's, &a x, *a]", "p.yaml:1:17: ", "anchors"),
    RefusedPlan("levels: [- 's, &a x]", "anchors"),
    RefusedPlan("a: {b:&a c}", "anchors"),
    RefusedPlan("- - &a x", "p.yaml:1:5: ", "anchors"),
    RefusedPlan(String(repeating: "[", count: 3_000), "p.yaml:1:", "not YAML"),
  ]

  private static let data: [RefusedPlan] = [
    RefusedPlan("data: [iris, [wine]]", "p.yaml:1:14: ", "data cannot be a list", "iris, wine"),
    RefusedPlan("data:", "p.yaml:1:", "data cannot be empty"),
    RefusedPlan("data: ''", "p.yaml:1:7: ", "data cannot be \"\""),
    RefusedPlan("data: irsi", "p.yaml:1:7: ", "\"irsi\"", "did you mean iris?", "target"),
    RefusedPlan("data: a.csv", "p.yaml:1:7: ", "needs target"),
    RefusedPlan("target: species", "p.yaml:1:9: ", "target is for files", "iris"),
    RefusedPlan("sample: 3", "p.yaml:1:9: ", "whole number from 4 up"),
    RefusedPlan("data: [{file: a.csv.gz}]", "p.yaml:1:15: ", "needs target"),
    RefusedPlan("data: fashion-mnist\ntarget: 0", "p.yaml:2:9: ", "is built in"),
    RefusedPlan("data: wine\nignore: [0]", "p.yaml:2:9: ", "wine is built in"),
    RefusedPlan("data: a.csv\ntarget: y\nheader: maybe", "p.yaml:3:9: ", "true or false"),
    RefusedPlan("data: a.csv\ntarget: y\nheader: \"true\"", "p.yaml:3:9: ", "true or false"),
    RefusedPlan("data: {target: y}", "p.yaml:1:7: ", "needs file"),
    RefusedPlan("data: [{file: a.csv}]", "p.yaml:1:15: ", "needs target"),
    RefusedPlan("data: {file: a.csv, tarjet: y}", "p.yaml:1:21: ", "did you mean target?"),
    RefusedPlan("data: [iris, {file: wine, target: y}]", "p.yaml:1:35: ", "wine is built in"),
    RefusedPlan("data: {file: [a], target: y}", "p.yaml:1:14: ", "data cannot be a list"),
    RefusedPlan("data: a.csv\ntarget: y\nignore: [[a]]", "p.yaml:3:10: ", "column"),
  ]

  private static let grid: [RefusedPlan] = [
    RefusedPlan("attacks: []", "p.yaml:1:10: ", "attacks cannot be an empty list", "uniform"),
    RefusedPlan("attacks: {flip: 1}", "p.yaml:1:10: ", "a mapping"),
    RefusedPlan("attacks:\n  - uniform\n  -\n", "p.yaml:3:", "attacks cannot be empty"),
    RefusedPlan("levels: []", "p.yaml:1:9: ", "levels cannot be an empty list"),
    RefusedPlan("levels: [0, 1.5]", "p.yaml:1:13: ", "\"1.5\"", "from 0 to 1"),
    RefusedPlan("levels: [0, -0.1]", "p.yaml:1:13: ", "\"-0.1\""),
    RefusedPlan("levels: [0, 5%]", "\"5%\"", "0.05"),
    RefusedPlan("levels: [.nan]", "\".nan\""),
    RefusedPlan("levels: [nan]", "\"nan\""),
    RefusedPlan("levels: [.inf]", "\".inf\""),
    RefusedPlan("levels: ['0.1']", "\"0.1\""),
    RefusedPlan("levels: [0x1]", "\"0x1\""),
    RefusedPlan("levels: [0_1]", "\"0_1\""),
    RefusedPlan("models: []", "p.yaml:1:9: ", "models cannot be an empty list"),
    RefusedPlan("models: [softmx]", "p.yaml:1:10: ", "\"softmx\"", "did you mean softmax?"),
    RefusedPlan("models: [knn, [softmax]]", "p.yaml:1:15: ", "a list"),
    RefusedPlan("models: {knn: {}, softmax: {}}", "p.yaml:1:9: ", "a mapping", "C: [1, 10]"),
    RefusedPlan("models:\n  - knn: 3", "p.yaml:2:10: ", "\"3\"", "{n_neighbors: 1}"),
    RefusedPlan("models:\n  - svm: {C: 3}", "p.yaml:2:5: ", "\"svm\"", "models: softmax"),
    RefusedPlan("models:\n  - softmax: {C: []}", "p.yaml:2:18: ", "C cannot be an empty list"),
    RefusedPlan(
      "models:\n  - softmax: {C: [1, 0]}", "p.yaml:2:22: ", "cannot have C", "positive"),
    RefusedPlan("models:\n  - softmax: {C: ten}", "p.yaml:2:18: ", "\"ten\""),
    RefusedPlan("models:\n  - softmax: {C: {a: 1}}", "p.yaml:2:18: ", "C cannot be a mapping"),
    RefusedPlan("models:\n  - softmax: {C: ~}", "p.yaml:2:18: ", "C cannot be empty"),
    RefusedPlan("models:\n  - knn: {n_neighbors: 1.5}", "whole number"),
  ]

  private static let study: [RefusedPlan] = [
    RefusedPlan("validation: 0", "p.yaml:1:13: ", "between 0 and 1"),
    RefusedPlan("validation: 1.0", "between 0 and 1"),
    RefusedPlan("validation: some", "\"some\""),
    RefusedPlan("scaler: standrad", "p.yaml:1:9: ", "did you mean standard?"),
    RefusedPlan("scaler_fit: 1", "p.yaml:1:13: ", "poisoned, trusted, vouched"),
    RefusedPlan("seed: -1", "p.yaml:1:7: ", "4294967295"),
    RefusedPlan("seed: 4294967296", "p.yaml:1:7: ", "4294967295"),
    RefusedPlan("seed: 4294967295", "seeds cannot be 1000", "1 to 1"),
    RefusedPlan("seeds: 0", "p.yaml:1:8: ", "seeds cannot be 0", "1 to 4294967296"),
    RefusedPlan("seeds: -5", "p.yaml:1:8: ", "seeds cannot be -5"),
    RefusedPlan("seeds: 1e3", "p.yaml:1:8: ", "\"1e3\"", "whole number"),
    RefusedPlan("seeds: 99999999999999999999", "p.yaml:1:8: ", "whole number"),
    RefusedPlan("seed: 4294967290\nseeds: 7", "p.yaml:2:8: ", "1 to 6"),
    RefusedPlan("until_ci: 0", "p.yaml:1:11: ", "between 0 and 1"),
    RefusedPlan("until_ci: 1", "p.yaml:1:11: ", "between 0 and 1"),
    RefusedPlan("until_ci: small", "p.yaml:1:11: ", "\"small\""),
    RefusedPlan("max_seeds: 5", "p.yaml:1:12: ", "until_ci"),
    RefusedPlan("seeds: 10\nuntil_ci: 0.1\nmax_seeds: 5", "p.yaml:3:12: ", "10"),
    RefusedPlan("until_ci: 0.1\nmax_seeds: 4294967297", "p.yaml:2:12: ", "4294967296"),
  ]

  @Test(arguments: keys + syntax + data + grid + study)
  func saysWhereAndWhat(_ plan: RefusedPlan) throws {
    let error = try #require(throws: DocumentError.self) {
      try PlanFile(plan.text, file: "p.yaml")
    }
    let message = "\(error)"
    for mention in plan.mentions {
      #expect(message.contains(mention), "\(mention) is not in: \(message)")
    }
    #expect(!message.contains("\n") && !error.isInputOutput)
  }

  private static let withData: [RefusedPlan] = [
    RefusedPlan(
      "attacks: [uniform, flop]", "p.yaml:1:20: attacks: ", "\"flop\"", "did you mean flip?"),
    RefusedPlan("attacks: [\"relabel:class=rose\"]", "p.yaml:1:11: ", "\"rose\"", "setosa"),
    RefusedPlan("attacks: [\"flip:a=1\"]", "p.yaml:1:11: ", "no parameter", "flow"),
    RefusedPlan("seeds: 2\nlevels: [0, 1]", "p.yaml:2:9: levels: ", "100 %", "120"),
    RefusedPlan("attacks: relabel\nlevels: [0.9]", "p.yaml:2:9: levels: ", "108", "80"),
    RefusedPlan("models: knn:n_neighbors=121", "p.yaml:1:9: models: ", "121", "1 to 120"),
    RefusedPlan("validation: 0.99", "p.yaml:1:13: validation: ", "149", "147"),
  ]

  @Test(arguments: withData)
  func saysWhatTheDataDoNotAllow(_ plan: RefusedPlan) throws {
    let file = try PlanFile(plan.text, file: "p.yaml")
    let error = try #require(throws: DocumentError.self) {
      try file.study(of: EmbeddedDataset.iris.load())
    }
    let message = "\(error)"
    for mention in plan.mentions {
      #expect(message.contains(mention), "\(mention) is not in: \(message)")
    }
  }

  @Test func gridsAreLimited() throws {
    let values = (1...200).map(String.init).joined(separator: ", ")
    let text = "models:\n  - softmax: {C: [\(values)], tol: [\(values)]}\n"
    let error = try #require(throws: DocumentError.self) { try PlanFile(text, file: "p.yaml") }
    #expect("\(error)".contains("p.yaml:2:5: the grid has more than 10000 cells"))
    let many = "levels: [\(Array(repeating: "0.1", count: 3_000).joined(separator: ", "))]"
    #expect(throws: DocumentError.self) { try PlanFile(many, file: "p.yaml") }
  }

  @Test func filesThatCannotBeReadAreRefused() throws {
    for (path, reason) in [("/nowhere/p.yaml", "no such file"), ("/", "directory")] {
      let error = try #require(throws: DocumentError.self) { try PlanFile(contentsOf: path) }
      #expect(error.isInputOutput && "\(error)".contains(reason) && "\(error)".contains(path))
    }
    try withPlan([0x61, 0x3A, 0xFF]) { path in
      let error = try #require(throws: DocumentError.self) { try PlanFile(contentsOf: path) }
      #expect("\(error)".contains("UTF-8"))
    }
    try withPlan(Array(repeating: UInt8(ascii: "#"), count: 1 << 20)) { path in
      let error = try #require(throws: DocumentError.self) { try PlanFile(contentsOf: path) }
      #expect("\(error)".contains("empty"))
    }
    try withPlan(Array(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1)) { path in
      let error = try #require(throws: DocumentError.self) { try PlanFile(contentsOf: path) }
      #expect("\(error)".contains("at most 1048576 bytes"))
    }
    let error = try #require(throws: DocumentError.self) { try PlanFile(contentsOf: "/dev/zero") }
    #expect("\(error)".contains("at most 1048576 bytes"))
  }
}

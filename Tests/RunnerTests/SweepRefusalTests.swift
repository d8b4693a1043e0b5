import Foundation
import Testing

/// Sweeps the program must refuse, leaving everything as it was.
struct SweepRefusalTests {
  private static let flags: [RefusedCall] = [
    RefusedCall("sweep --seeds 0", 64, "--seeds", "0", "1 to 4294967296"),
    RefusedCall("sweep --seeds -3", 64, "--seeds", "-3", "1 to 4294967296"),
    RefusedCall("sweep --seeds 4294967297", 64, "--seeds", "1 to 4294967296"),
    RefusedCall("sweep --seed 4294967290 --seeds 7", 64, "--seeds", "7", "1 to 6"),
    RefusedCall("sweep --seeds many", 64, "--seeds", "whole number"),
    RefusedCall("sweep --until-ci 0", 64, "--until-ci", "between 0 and 1"),
    RefusedCall("sweep --until-ci -0.1", 64, "--until-ci", "between 0 and 1"),
    RefusedCall("sweep --until-ci nan", 64, "--until-ci", "between 0 and 1"),
    RefusedCall("sweep --max-seeds 5", 64, "--max-seeds", "until_ci"),
    RefusedCall("sweep --until-ci 0.1 --seeds 9 --max-seeds 5", 64, "--max-seeds", "9"),
    RefusedCall("sweep --models knn:C=1", 64, "--models", "knn", "\"C\"", "n_neighbors"),
    RefusedCall("sweep --models knn,sofmax", 64, "--models", "did you mean softmax?"),
    RefusedCall("sweep --models softmax:C=0", 64, "--models", "positive"),
    RefusedCall("sweep --models knn:n_neighbors=121", 64, "121", "1 to 120"),
    RefusedCall("sweep --attacks uniform,flop", 64, "--attacks: ", "\"flop\"", "mean flip?"),
    RefusedCall("sweep --levels 0,x", 64, "--levels", "\"x\""),
    RefusedCall("sweep --levels 0,1", 64, "--levels", "100 %"),
    RefusedCall("sweep --threads 0", 64, "--threads", "1 to 4096"),
    RefusedCall("sweep --store ''", 64, "--store"),
    RefusedCall("sweep --store .", 74, "folder"),
    RefusedCall("sweep --store none/a.sqlite", 74, "none/a.sqlite"),
    RefusedCall("sweep --store data.csv", 78, "data.csv", "not an SQLite database", file: "a,b\n"),
    RefusedCall("sweep none.yaml", 74, "none.yaml", "no such file"),
    RefusedCall("sweep --data none.csv --target y", 74, "--data", "none.csv"),
    RefusedCall("sweep status", 64, "store"),
    RefusedCall("sweep status none.sqlite", 74, "none.sqlite"),
    RefusedCall("sweep status data.csv", 65, "data.csv", file: "a,b\n"),
    RefusedCall("sweep export none.sqlite", 74, "none.sqlite"),
    RefusedCall("sweep export data.csv --output out.csv", 65, "data.csv", file: "a,b\n"),
  ]

  @Test(arguments: flags)
  func refuses(call: RefusedCall) throws {
    try withTemporaryFolder { folder in
      if let file = call.file { try folder.write(file, to: "data.csv") }
      try expectRefusal(call.arguments, call.status, call.mentions, in: folder)
    }
  }

  @Test(arguments: [
    ("seeds: 0\n", "plan.yaml:1:8: seeds cannot be 0"),
    ("seedz: 1\n", "plan.yaml:1:1: there is no key \"seedz\"; did you mean seed?"),
    ("levels: [0, 2]\n", "plan.yaml:1:13: levels cannot be \"2\""),
    ("levels: [0, 1]\n", "plan.yaml:1:9: levels: "),
    ("seeds: 5\nattacks: [uniform, flop]\n", "plan.yaml:2:20: attacks: there is no attack"),
    ("models:\n  - knn: {n_neighbors: 500}\n", "plan.yaml:2:3: models: n_neighbors cannot be 500"),
    ("levels: [0\n", "plan.yaml:2:1: the plan is not YAML"),
    ("", "plan.yaml: the plan is empty"),
    ("data: data.csv\ntarget: z\n", "plan.yaml:2:9: target: "),
    ("data: data.csv\ntarget: y\nignore: q\n", "plan.yaml:3:9: ignore: "),
  ])
  func refusesABadPlan(plan: String, message: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("a,b,y\n1,2,u\n3,4,v\n5,6,u\n2,2,v\n1,1,u\n4,4,v\n", to: "data.csv")
      try folder.write(plan, to: "plan.yaml")
      try expectRefusal(["sweep", "plan.yaml"], 78, [message], in: folder)
    }
  }

  @Test func badDataOfAPlanAreBadData() throws {
    try withTemporaryFolder { folder in
      try folder.write("data: data.csv\ntarget: y\n", to: "plan.yaml")
      try expectRefusal(
        ["sweep", "plan.yaml"], 74, ["plan.yaml:1:7: data: ", "no such file"], in: folder)
      try folder.write("a,y\n1,u\nx,v\n", to: "data.csv")
      try folder.write("data: data.csv\ntarget: y\nencode: {a: number}\n", to: "plan.yaml")
      try expectRefusal(["sweep", "plan.yaml"], 65, ["data.csv:3:1:", "\"x\""], in: folder)
    }
  }

  @Test(arguments: [
    ["--levels", "0"], ["--models=knn"], ["--C", "1"], ["--seed", "0"], ["--no-header"],
    ["--scaler-fit", "trusted"],
  ])
  func gridOptionsDoNotMixWithAPlan(options: [String]) throws {
    try withTemporaryFolder { folder in
      try folder.write("seeds: 5\n", to: "plan.yaml")
      let option = String(options[0].prefix { $0 != "=" })
      try expectRefusal(
        ["sweep", "plan.yaml"] + options, 64, [option, "plan.yaml"], in: folder)
    }
  }

  @Test(arguments: [
    ["--seed", "1"], ["--validation", "0.3"], ["--data", "wine"], ["--trusted", "0.1"],
    ["--scaler", "robust"],
  ])
  func refusesTheStoreOfAnotherStudy(options: [String]) throws {
    try withTemporaryFolder { folder in
      let sweep = ["sweep", "--models", "knn", "--attacks", "flip", "--levels", "0,0.1"]
      #expect(try RunnerProcess(sweep + ["--seeds", "5"], in: folder).status == 0)
      try expectRefusal(
        sweep + ["--seeds", "5"] + options, 78, ["sweep.sqlite", "another study"], in: folder)
      let again = try RunnerProcess(sweep + ["--seeds", "5"], in: folder)
      #expect(again.status == 0 && again.errors.contains("0 fits in"))
    }
  }

  /// Other levels, models, attacks and parameters run what is not there.
  @Test(arguments: [
    (["--levels", "0,0.2"], 5), (["--models", "knn,softmax"], 10), (["--attacks", "uniform"], 5),
    (["--n-neighbors", "3"], 10), (["--seeds", "7"], 4), (["--defenses", "knn-relabel"], 10),
  ])
  func extendsTheStoreOfASweep(options: [String], fits: Int) throws {
    try withTemporaryFolder { folder in
      let sweep = [
        "sweep", "--models", "knn", "--attacks", "flip", "--levels", "0,0.1", "--seeds", "5",
      ]
      #expect(try RunnerProcess(sweep, in: folder).status == 0)
      let call = options[0] == "--seeds" ? sweep.dropLast(2) + options : sweep + options
      let more = try RunnerProcess(Array(call), in: folder)
      #expect(
        more.status == 0 && more.errorLines.contains { $0.hasPrefix("\(fits) fits in") },
        "\(more.errors)")
      let fresh = try RunnerProcess(Array(call) + ["--store", "fresh.sqlite"], in: folder)
      #expect(more.output == fresh.output)
    }
  }

  private func expectRefusal(
    _ arguments: [String], _ status: Int32, _ mentions: [String], in folder: URL,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try folder.contents()
    let run = try RunnerProcess(arguments, in: folder)
    #expect(run.status == status, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.output.isEmpty && run.errors.hasPrefix("error: "), sourceLocation: sourceLocation)
    #expect(run.errorLines.count == 1, "\(run.errors)", sourceLocation: sourceLocation)
    for mention in mentions {
      let isThere = run.errors.contains(mention)
      #expect(isThere, "\(mention) is not in: \(run.errors)", sourceLocation: sourceLocation)
    }
    let isAsBefore = try folder.contents() == before
    #expect(isAsBefore, sourceLocation: sourceLocation)
  }
}

import Foundation
import Testing

/// A call the program must refuse, and how.
struct RefusedCall: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let file: String?
  let status: Int32
  let mentions: [String]

  /// A call that ends with `status`, its message holding all of `mentions`.
  ///
  /// `file` is the content of data.csv, which the call can read.
  init(_ command: String, _ status: Int32, _ mentions: String..., file: String? = nil) {
    self.init(
      arguments: command.split(separator: " ").map { $0 == "''" ? "" : String($0) }, status,
      mentions, file: file)
  }

  private init(arguments: [String], _ status: Int32, _ mentions: [String], file: String?) {
    self.arguments = arguments
    self.file = file
    self.status = status
    self.mentions = mentions
  }

  /// A call that trains on the content of data.csv, whose target is y.
  static func reading(_ file: String, _ status: Int32, _ mentions: String...) -> RefusedCall {
    RefusedCall(
      arguments: ["train", "--data", "data.csv", "--target", "y"], status, mentions, file: file)
  }

  var testDescription: String {
    arguments.map { $0.isEmpty ? "''" : $0 }.joined(separator: " ")
      + (file.map { " with \($0.prefix(40).debugDescription)" } ?? "")
  }
}

struct BadInputTests {
  private static let good = "a,b,y\n1,2,u\n3,4,v\n5,6,u\n2,2,v\n1,1,u\n4,4,v\n"

  private static let files: [RefusedCall] = [
    RefusedCall("train --data none.csv --target y", 74, "--data", "none.csv", "no such file"),
    RefusedCall("train --data ./none --target y", 74, "--data", "./none", "no such file"),
    RefusedCall("train --data . --target y", 74, "--data", "directory"),
    RefusedCall("experiment --data data.csv/x --target y", 74, "data.csv/x", file: good),
    RefusedCall(
      "train --data data.csv --target y --dump out", 64, "--dump", "row_id", "--ignore",
      file: good.replacingOccurrences(of: "a,", with: "row_id,")),
    .reading("", 65, "data.csv", "empty"),
    .reading("\u{FEFF}\n", 65, "data.csv", "empty"),
    .reading("a,b,y\n", 65, "data.csv", "header", "two classes"),
    .reading("a,b,y\n1,2,u\n3,v\n", 65, "data.csv:3:", "2 fields", "3"),
    .reading("a,b,y\n1,2,u\n3,4,5,v\n", 65, "data.csv:3:", "4 fields", "3"),
    .reading("a,b,y\n1,2,u\n\n3,4,v\n", 65, "data.csv:3:", "blank"),
    .reading("a,b,y\n1,2,u\n3,x,v\n", 65, "data.csv:3:2:", "\"x\"", "\"b\"", "such as 1.5"),
    .reading("a,b,y\n1,,u\n", 65, "data.csv:2:2:", "empty", "\"b\""),
    .reading("a,b,y\n1,1;5,u\n", 65, "data.csv:2:2:", "\"1;5\""),
    .reading("a,b,y\n1,nan,u\n3,4,v\n", 65, "data.csv:2:2:", "\"nan\"", "finite", "such as 1.5"),
    .reading("a,b,y\n1,2,u\n-inf,4,v\n", 65, "data.csv:3:1:", "\"-inf\"", "finite"),
    .reading("a,b,y\n1,1e999,u\n", 65, "data.csv:2:2:", "\"1e999\"", "range"),
    .reading("a,b,y\n1,2,u\n3,4,u\n", 65, "data.csv", "\"u\"", "\"y\"", "two"),
    .reading("a,b,y\n1,2,\n", 65, "data.csv:2:3:", "label"),
    .reading("a,b,y\n1,2,\"u\n", 65, "data.csv:2:3:", "never closed"),
    .reading("a,a,y\n1,2,u\n", 65, "data.csv:1:2:", "\"a\"", "differ"),
    .reading(",b,y\n1,2,u\n", 65, "data.csv:1:1:", "no name"),
    .reading("y\nu\nv\n", 65, "data.csv", "no feature column"),
    // One row of each class: none can be spared.
    .reading("a,b,y\n1,2,u\n3,4,v\n", 64, "--validation", "0.2", "at most 0"),
  ]

  private static let columns: [RefusedCall] = [
    RefusedCall("train --data data.csv", 64, "--target", "data.csv", file: good),
    RefusedCall(
      "train --data data.csv --target Y", 64, "--target", "\"Y\"", "did you mean \"y\"?",
      file: good),
    RefusedCall("train --data data.csv --target 3", 64, "--target", "\"3\"", "0 to 2", file: good),
    RefusedCall("train --data data.csv --target -4", 64, "--target", "-1 to -3", file: good),
    RefusedCall(
      "train --data data.csv --target y --ignore aa", 64, "--ignore", "\"aa\"", "\"a\"",
      file: good),
    RefusedCall(
      "train --data data.csv --target y --ignore -1", 64, "--ignore", "\"y\"", file: good),
    RefusedCall(
      "train --data data.csv --target y --ignore a --ignore b", 64, "--ignore", "feature",
      file: good),
    RefusedCall("train --target species", 64, "--target", "iris", "built in"),
    RefusedCall("train --data wine --ignore 0", 64, "--ignore", "wine", "built in"),
    RefusedCall("experiment --no-header", 64, "--no-header", "iris", "built in"),
    RefusedCall("train --data irsi", 64, "--data", "\"irsi\"", "did you mean iris?", "digits"),
    RefusedCall("train --data ''", 64, "--data", "\"\"", "iris, wine"),
  ]

  private static let levels: [RefusedCall] = [
    RefusedCall("train --poison -0.1", 64, "--poison", "-0.1", "from 0 to 1"),
    RefusedCall("train --poison 1.1", 64, "--poison", "1.1", "from 0 to 1"),
    RefusedCall("train --poison nan", 64, "--poison", "nan", "from 0 to 1"),
    RefusedCall("train --poison inf", 64, "--poison", "inf", "from 0 to 1"),
    RefusedCall("train --poison five", 64, "--poison", "five", "from 0 to 1", "0.05"),
    RefusedCall("train --poison 5%", 64, "--poison", "5%", "from 0 to 1", "0.05"),
    RefusedCall("train --poison ''", 64, "--poison", "''", "from 0 to 1"),
    RefusedCall("train --poison 0.9959", 64, "--poison", "99.59 %", "120", "lower"),
    RefusedCall("experiment --levels 0,5", 64, "--levels", "5.0", "from 0 to 1", "0.05 for 5 %"),
    RefusedCall("experiment --levels -0.5", 64, "--levels", "-0.5", "from 0 to 1"),
    RefusedCall("experiment --levels 0,nan", 64, "--levels", "nan", "from 0 to 1"),
    RefusedCall("experiment --levels 0,half", 64, "--levels", "\"half\"", "0.05"),
    RefusedCall("experiment --levels 0,1", 64, "--levels", "100 %", "120", "lower"),
    RefusedCall("experiment --levels ''", 64, "--levels", "\"\"", "0.05"),
    RefusedCall("experiment --levels 0,,0.5", 64, "--levels", "\"\"", "0.05"),
    RefusedCall(
      "experiment --attack relabel --levels 0.9", 64, "--levels", "relabel", "90 %", "108", "80"),
    RefusedCall(
      "train --attack relabel:class=virginica --poison 0.7", 64, "--poison", "70 %", "84", "80"),
  ]

  private static let models: [RefusedCall] = [
    RefusedCall("train --model knn --n-neighbors 121", 64, "--n-neighbors", "121", "1 to 120"),
    RefusedCall("experiment --n-neighbors 121", 64, "--n-neighbors", "121", "1 to 120"),
    RefusedCall("train --model knn --n-neighbors 0", 64, "--n-neighbors", "0", "from 1 up"),
    RefusedCall("train --model softmax --n-neighbors -2", 64, "--n-neighbors", "-2", "from 1 up"),
    RefusedCall("train --n-neighbors 2.5", 64, "--n-neighbors", "2.5", "whole number"),
    RefusedCall("train --C 0", 64, "--C", "0", "positive"),
    RefusedCall("train --C -1", 64, "--C", "-1", "positive"),
    RefusedCall("train --C nan", 64, "--C", "nan", "positive"),
    RefusedCall("train --C inf", 64, "--C", "inf", "positive"),
    RefusedCall("train --C one", 64, "--C", "one", "positive"),
    RefusedCall("train --model knn --C 0", 64, "--C", "0", "positive"),
    RefusedCall("train --gamma foo", 64, "--gamma", "\"foo\"", "scale, auto", "positive"),
    RefusedCall("train --gamma sclae", 64, "--gamma", "\"sclae\"", "did you mean scale?"),
    RefusedCall("train --model rbf-svm --gamma -1", 64, "--gamma", "-1", "positive"),
    RefusedCall("train --gamma nan", 64, "--gamma", "nan", "positive"),
    RefusedCall("train --tol 0", 64, "--tol", "0", "positive"),
    RefusedCall("train --tol -1e-3", 64, "--tol", "-0.001", "positive"),
    RefusedCall("train --tol small", 64, "--tol", "small", "positive"),
    RefusedCall(
      "train --model softmx", 64, "--model", "\"softmx\"", "did you mean softmax?", "knn"),
    RefusedCall("train --model ''", 64, "--model", "\"\"", "softmax, linear-svm"),
    RefusedCall("experiment --models knn,svm-rbf", 64, "--models", "\"svm-rbf\"", "rbf-svm"),
    RefusedCall("experiment --models ''", 64, "--models", "\"\"", "softmax, linear-svm"),
    RefusedCall("experiment --models softmax,,knn", 64, "--models", "\"\"", "softmax, linear-svm"),
    RefusedCall("train --scaler standrad", 64, "--scaler", "\"standrad\"", "mean standard?"),
    RefusedCall("train --scaler-fit trsuted", 64, "--scaler-fit", "\"trsuted\"", "mean trusted?"),
    RefusedCall("train --attack unifrom", 64, "--attack", "\"unifrom\"", "mean \"uniform\"?"),
    RefusedCall("train --attack ''", 64, "--attack", "\"\"", "uniform, gaussian"),
    RefusedCall(
      "train --attack out-of-range:kapa=3", 64, "--attack", "\"kapa\"", "mean \"kappa\"?"),
    RefusedCall("train --attack noise-matrix", 64, "--attack", "needs rates", "3 rows of 3 rates"),
    RefusedCall("train --attack flip:share=3", 64, "--attack", "flip", "\"share\""),
    RefusedCall("train --attack out-of-range:kappa=-3", 64, "--attack", "kappa", "-3", "positive"),
    RefusedCall("train --attack out-of-range:kappa=x", 64, "--attack", "kappa", "\"x\""),
    RefusedCall("experiment --attack relabel:class=rose", 64, "--attack", "\"rose\"", "setosa"),
    RefusedCall("experiment --attack relabel:class=3", 64, "--attack", "\"3\"", "setosa"),
  ]

  private static let study: [RefusedCall] = [
    RefusedCall("train --validation 0", 64, "--validation", "0.0", "between 0 and 1"),
    RefusedCall("train --validation 1", 64, "--validation", "1.0", "between 0 and 1"),
    RefusedCall("train --validation -0.2", 64, "--validation", "-0.2", "between 0 and 1"),
    RefusedCall("train --validation nan", 64, "--validation", "nan", "between 0 and 1"),
    RefusedCall("train --validation 20%", 64, "--validation", "20%", "between 0 and 1"),
    RefusedCall("train --validation 0.99", 64, "--validation", "0.99", "149", "147"),
    RefusedCall("experiment --seeds 0", 64, "--seeds", "0", "1 to 4294967296"),
    RefusedCall("experiment --seeds -5", 64, "--seeds", "-5", "1 to 4294967296"),
    RefusedCall("experiment --seeds 99999999999", 64, "--seeds", "99999999999", "4294967296"),
    RefusedCall("experiment --seeds 1e3", 64, "--seeds", "1e3", "whole number"),
    RefusedCall(
      "experiment --seed 4294967290 --seeds 10", 64, "--seeds", "10", "4294967290", "1 to 6"),
    RefusedCall("train --seed 4294967296", 64, "--seed", "4294967296", "0 to 4294967295"),
    RefusedCall("train --seed -1", 64, "--seed", "-1", "0 to 4294967295"),
    RefusedCall("train --threads 0", 64, "--threads", "0", "1 to 4096"),
    RefusedCall("experiment --threads -2", 64, "--threads", "-2", "1 to 4096"),
    RefusedCall("train --threads 5000", 64, "--threads", "5000", "1 to 4096"),
    RefusedCall("train --threads two", 64, "--threads", "two", "1 to 4096"),
  ]

  // A path below a file is no folder for anybody, root included.
  private static let folders: [RefusedCall] = [
    RefusedCall(
      "experiment --seeds 2 --results data.csv", 74, "--results", "data.csv", "not a folder",
      file: good),
    RefusedCall(
      "experiment --seeds 2 --results data.csv/deep/er", 74, "--results", "data.csv/deep/er",
      "not a folder", file: good),
    RefusedCall("train --dump data.csv", 74, "--dump", "data.csv", "not a folder", file: good),
    RefusedCall("train --dump data.csv/x", 74, "--dump", "data.csv/x", "not a folder", file: good),
    RefusedCall("train --dump /proc/none", 74, "--dump", "/proc/none"),
    RefusedCall("experiment --results ''", 64, "--results", "folder"),
    RefusedCall("train --dump ''", 64, "--dump", "folder"),
  ]

  private static let commands: [RefusedCall] = [
    RefusedCall(
      "trian", 64, "\"trian\"", "did you mean train?", "sweep, replay, track, train"),
    RefusedCall("swepe", 64, "\"swepe\"", "did you mean sweep?"),
    RefusedCall("--verbose", 64, "--verbose", "runner --help"),
    RefusedCall("train --modle knn", 64, "--modle", "Did you mean '--model'?", "train --help"),
    RefusedCall("experiment --poison 0.1", 64, "--poison", "runner experiment --help"),
    RefusedCall("attacks --seed 1", 64, "--seed", "runner attacks --help"),
    RefusedCall("train iris.csv", 64, "iris.csv", "runner train --help"),
    RefusedCall("train --model", 64, "--model", "runner train --help"),
    RefusedCall("train --json=yes", 64, "--json", "yes", "runner train --help"),
  ]

  @Test(arguments: files + columns + levels + models + study + folders + commands)
  func refuses(call: RefusedCall) throws {
    try withTemporaryFolder { folder in
      if let file = call.file { try folder.write(file, to: "data.csv") }
      let before = try folder.contents()
      let run = try RunnerProcess(call.arguments, in: folder)
      #expect(run.status == call.status)
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix("error: "))
      #expect(run.errors.hasSuffix("\n"))
      #expect(run.errorLines.count == 1)
      for mention in call.mentions {
        #expect(run.errors.contains(mention), "\(mention) is not in: \(run.errors)")
      }
      #expect(try folder.contents() == before)
    }
  }

  @Test(arguments: [
    ([0x61, 0x2C, 0x79, 0x0A, 0x31, 0x2C, 0xFF, 0x0A], "data.csv:2:2: the byte 0xFF"),
    ([0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00], "data.csv:1:1: the byte 0xFF"),
    ([0x61, 0x2C, 0xE9, 0x79, 0x0A], "data.csv:1:2: the byte 0xE9"),
  ])
  func refusesWhatIsNotUTF8(bytes: [UInt8], message: String) throws {
    try withTemporaryFolder { folder in
      try Data(bytes).write(to: folder.appendingPathComponent("data.csv"))
      let run = try RunnerProcess(["train", "--data", "data.csv", "--target", "y"], in: folder)
      #expect(run.status == 65)
      #expect(run.output.isEmpty)
      #expect(run.errorLines.count == 1)
      #expect(run.errors.contains(message) && run.errors.contains("UTF-8"))
    }
  }

  @Test func makesNoFolderForBadData() throws {
    try withTemporaryFolder { folder in
      try folder.write("a,y\n1,u\nx,v\n", to: "data.csv")
      for arguments in [["train", "--dump", "run"], ["experiment"]] {
        let run = try RunnerProcess(
          arguments + ["--data", "data.csv", "--target", "y"], in: folder)
        #expect(run.status == 65)
        #expect(try folder.names() == ["data.csv"])
      }
    }
  }
}

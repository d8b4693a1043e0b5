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
    RefusedCall(
      "train --data data.csv --target y --encode b=number", 65, "data.csv:3:2:", "\"x\"", "\"b\"",
      "such as 1.5", file: "a,b,y\n1,2,u\n3,x,v\n"),
    RefusedCall(
      "train --data data.csv --target y --missing error", 65, "data.csv:2:2:", "empty", "\"b\"",
      file: "a,b,y\n1,,u\n"),
    RefusedCall(
      "train --data data.csv --target y --encode b=number", 65, "data.csv:2:2:", "\"1;5\"",
      file: "a,b,y\n1,1;5,u\n"),
    RefusedCall(
      "train --data data.csv --target y --missing error", 65, "data.csv:2:2:", "\"nan\"", "finite",
      "such as 1.5", file: "a,b,y\n1,nan,u\n3,4,v\n"),
    .reading("a,b,y\n1,2,u\n-inf,4,v\n", 65, "data.csv:3:1:", "\"-inf\"", "finite"),
    .reading("a,b,y\n1,1e999,u\n", 65, "data.csv:2:2:", "\"1e999\"", "range"),
    .reading("a,b,y\n1,2,u\n3,1e306,v\n", 65, "data.csv:3:2:", "\"1e306\"", "1e+50"),
    .reading("a,b,y\n1,2,u\n3,4,u\n", 65, "data.csv", "\"u\"", "\"y\"", "two"),
    .reading("a,b,y\n1,2,\n", 65, "data.csv:2:3:", "label"),
    .reading("a,b,y\n1,2,\"u\n", 65, "data.csv:2:3:", "never closed"),
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
    RefusedCall("train --data data.csv", 64, "data.csv needs --target", file: good),
    RefusedCall("train --sample 3", 64, "--sample", "whole number from 4 up"),
    RefusedCall("train --sample 150", 64, "--sample", "150 rows", "6 to 149"),
    RefusedCall("curves --generator twonorm --sample 50", 64, "takes no data"),
    RefusedCall("train --data fashion-mnist --target 0", 64, "--target", "built in"),
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
    RefusedCall("train --attack unifrom", 64, "--attack", "\"unifrom\"", "mean uniform?"),
    RefusedCall("train --attack ''", 64, "--attack", "\"\"", "uniform", "flip"),
    RefusedCall(
      "train --attack out-of-range:kapa=3", 64, "--attack", "\"kapa\"", "mean kappa?"),
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

  private static let attacks: [RefusedCall] = [
    RefusedCall("attack --poison 0.1", 64, "--output", "runner attack --help"),
    RefusedCall("attack --output p.csv", 64, "--poison", "runner attack --help"),
    RefusedCall("attack --poison 2 --output p.csv", 64, "--poison", "2.0", "from 0 to 1"),
    RefusedCall("attack --poison 1 --output p.csv", 64, "--poison", "100 %", "lower"),
    RefusedCall(
      "attack --attack relabel --poison 0.9 --output p.csv", 64, "--poison", "relabel", "135",
      "100"),
    RefusedCall(
      "attack --attack relabel:class=rose --poison 0.1 --output p.csv", 64, "--attack", "setosa"),
    RefusedCall(
      "attack --attack flipp --poison 0.1 --output p.csv", 64, "--attack", "mean flip?"),
    RefusedCall(
      "attack --attack flip:flow=sideways --poison 0.1 --output p.csv", 64, "--attack", "flow",
      "\"sideways\"", "replace or add or delete"),
    RefusedCall(
      "attack --attack uniform,flip --poison 0.1 --output p.csv", 64, "one attack",
      "\"uniform,flip\"", "--attacks"),
    RefusedCall(
      "attack --attack uniform --attack flip --poison 0.1 --output p.csv", 64, "one attack",
      "--attacks"),
    RefusedCall("train --attack uniform;flip", 64, "one attack", "\"uniform;flip\""),
    RefusedCall(
      "attack --data data.csv --target y --poison 0.1 --output data.csv", 64, "--output",
      "data.csv", "another file", file: good),
    RefusedCall(
      "attack --data data.csv --target y --poison 0.1 --output ./x/../data.csv", 64, "--output",
      "another file", file: good),
    RefusedCall("attack --poison 0.1 --output .", 64, "--output", "accepted: a file"),
    RefusedCall("attack --poison 0.1 --output ''", 64, "--output", "accepted: a file"),
    RefusedCall(
      "attack --poison 0.1 --output data.csv/p.csv", 74, "--output", "not a folder", file: good),
    RefusedCall(
      "attack --poison 0.1 --output p.csv --validation data.csv", 64, "--validation", "uniform",
      file: good),
    RefusedCall(
      "attack --data data.csv --target y --poison 0.1 --output p.csv", 64, "column was",
      "--prefix", file: good.replacingOccurrences(of: "a,", with: "was,")),
    RefusedCall(
      "attack --data data.csv --target y --ignore row --poison 0.1 --output p.csv", 64,
      "column row", "--prefix", file: good.replacingOccurrences(of: "a,", with: "row,")),
    RefusedCall("attack --data data.csv --poison 0.1 --output p.csv", 64, "--target", file: good),
    RefusedCall("attack --data none.csv --target y --poison 0.1 --output p.csv", 74, "--data"),
    RefusedCall("attack --target y --poison 0.1 --output p.csv", 64, "built in"),
    RefusedCall("attacks flipp", 64, "\"flipp\"", "did you mean flip?"),
    RefusedCall("experiment --attack flip --attacks all", 64, "--attack", "--attacks"),
    RefusedCall("experiment --no-comparison --attacks all", 64, "--no-comparison", "--attacks"),
    RefusedCall("experiment --attacks flip,unifrom", 64, "--attacks", "mean uniform?"),
    RefusedCall("experiment --attacks ''", 64, "--attacks", "there is no attack"),
    RefusedCall("experiment --attacks flip --levels 0", 64, "--levels", "above 0"),
    RefusedCall("experiment --attacks relabel --levels 0.9", 64, "--attacks", "108", "80"),
    RefusedCall("experiment --attacks flip:flow=no", 64, "--attacks", "flow", "replace"),
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

  private static let provenance: [RefusedCall] = [
    RefusedCall("provenance ad data.csv", 64, "ad", "runner provenance --help", file: good),
    RefusedCall("provenance add", 64, "file", "runner provenance --help"),
    RefusedCall("provenance add none.csv", 74, "none.csv", "no such file"),
    RefusedCall("provenance add .", 74, "directory"),
    RefusedCall("provenance add data.csv", 65, "data.csv", "empty", file: ""),
    RefusedCall("provenance add data.csv", 65, "data.csv:2:1:", "never closed", file: "a,y\n\"1,u"),
    RefusedCall("provenance add data.csv --log data.csv/x", 74, "data.csv/x", file: good),
    RefusedCall("provenance add data.csv --log ''", 64, "--log", "folder", file: good),
    RefusedCall(
      "provenance add data.csv --source a --source-column y", 64, "--source", "--source-column",
      file: good),
    RefusedCall(
      "provenance add data.csv --source-column yy", 64, "--source-column", "\"yy\"", "mean \"y\"?",
      file: good),
    RefusedCall(
      "provenance add data.csv --source-column y", 65, "data.csv:3", "2 fields",
      file: "a,b,y\n1,2,u\n3,v\n"),
    RefusedCall("provenance log", 74, "no log", ".hemlock/provenance", "provenance add"),
    RefusedCall("provenance list --log data.csv", 74, "data.csv", file: good),
    RefusedCall("provenance verify", 74, "no log", "--log"),
    RefusedCall("provenance verify data.csv", 74, "no log", file: good),
    RefusedCall("provenance verify --head abc", 64, "--head", "64 hexadecimal digits"),
    RefusedCall("provenance show abcd", 74, "no log"),
    RefusedCall("provenance restore abcd --output ''", 64, "--output"),
    RefusedCall("provenance diff data.csv abcd", 74, "no log", file: good),
    RefusedCall("provenance prove data.csv --row x", 64, "--row", "from 1 up", file: good),
    RefusedCall("provenance prove data.csv", 64, "--row", file: good),
    RefusedCall("provenance check-proof none.json", 74, "none.json", "no such file"),
    RefusedCall("provenance check-proof data.csv", 65, "no proof", "provenance prove", file: good),
    RefusedCall("provenance check-proof data.csv --root x", 64, "--root", file: good),
    RefusedCall("provenance sources data.csv --target y", 64, "--source-column", file: good),
    RefusedCall(
      "provenance sources none.csv --target y --source-column a", 74, "none.csv", "no such file"),
    RefusedCall(
      "provenance sources data.csv --target y --source-column y", 64, "--source-column", "target",
      file: good),
    RefusedCall(
      "provenance sources data.csv --target y --source-column c", 64, "--source-column", "\"c\"",
      file: good),
    RefusedCall(
      "provenance sources data.csv --target z --source-column a", 64, "--target", "\"z\"",
      file: good),
    RefusedCall(
      "provenance sources data.csv --target y --source-column c", 65, "at least two sources",
      "\"s\"",
      file: "a,c,y\n1,s,u\n2,s,v\n"),
    RefusedCall(
      "provenance sources data.csv --target y --source-column a --trusted-source 9", 64,
      "--trusted-source", "\"9\"", "sources: 1, 3", file: good),
    RefusedCall(
      "provenance sources data.csv --target y --source-column a --seeds 1", 64, "--seeds", "1",
      file: good),
    RefusedCall(
      "provenance sources data.csv --target y --source-column a --model svm", 64, "--model",
      "\"svm\"", file: good),
    RefusedCall(
      "provenance sources data.csv --target y --source-column a --validation 2", 64, "--validation",
      "2.0", file: good),
    RefusedCall("attack --poison 0.1 --output p.csv --provenance ''", 64, "--provenance", "folder"),
    RefusedCall("train --provenance log", 64, "--provenance", "--dump"),
    RefusedCall("train --dump x --provenance ''", 64, "--provenance", "folder"),
  ]

  private static let defenses: [RefusedCall] = [
    RefusedCall("train --defense dp-sgd:epsilon=0", 64, "--defense", "epsilon", "positive"),
    RefusedCall("train --defense dp-sgd:epsilon=-1", 64, "--defense", "\"-1\"", "positive"),
    RefusedCall("train --defense objective-perturbation:epsilon=nan", 64, "epsilon", "positive"),
    RefusedCall(
      "train --defense dp-sgd:epsilon=1e-9,delta=1e-300,steps=100000", 64, "--defense",
      "ε = 1e-09", "fewer steps"),
    RefusedCall("train --secret", 64, "--secret", "--defense dp-sgd"),
    RefusedCall("train --secret --defense gce", 64, "--secret", "objective-perturbation"),
    RefusedCall("train --scaler-fit vouched", 64, "--trusted", "0.1"),
    RefusedCall("curves --scaler-fit vouched", 64, "--scaler-fit", "generator"),
    RefusedCall("train --defense loff", 64, "--defense", "\"loff\"", "mean lof?"),
    RefusedCall("train --defense lof:k=3", 64, "--defense", "\"k\"", "n_neighbors"),
    RefusedCall("train --defense lof:rate=2", 64, "--defense", "rate", "\"2\"", "0 to 1"),
    RefusedCall("train --defense gce+lof", 64, "--defense", "lof judges rows", "before gce"),
    RefusedCall("train --defense gce+forward", 64, "--defense", "gce", "forward"),
    RefusedCall("train --defense ''", 64, "--defense", "\"\"", "validate"),
    RefusedCall("train --defense lof --defense trim", 64, "--defense", "joined by +", "--defenses"),
    RefusedCall("train --defense lof:threshold=trusted", 64, "--defense", "--trusted 0.1"),
    RefusedCall("train --model knn --defense gce", 64, "--defense", "knn", "runner defenses"),
    RefusedCall("train --trusted 1", 64, "--trusted", "1.0", "less than 1"),
    RefusedCall(
      "train --defense lof:rate=1", 65, "--defense: lof:rate=1 calls all 120", "lower rate"),
    RefusedCall("experiment --defenses lof,foo", 64, "--defenses", "\"foo\"", "validate"),
    RefusedCall("defenses lfo", 64, "\"lfo\"", "did you mean lof?"),
    RefusedCall("inspect none.csv --target y", 74, "none.csv", "no such file"),
    RefusedCall("inspect data.csv", 64, "data.csv", "--target", file: good),
    RefusedCall("inspect irsi --target y", 64, "\"irsi\"", "did you mean iris?"),
    RefusedCall("inspect data.csv --target z", 64, "--target", "\"z\"", file: good),
    RefusedCall(
      "inspect data.csv --target y", 65, "data.csv", "\"u\"", "at least two",
      file: "a,y\n1,u\n2,u\n"),
    RefusedCall(
      "inspect data.csv --target y --encode a=number", 65, "data.csv:2:1", "\"x\"",
      file: "a,y\nx,u\n2,v\n"),
    RefusedCall(
      "inspect data.csv --target y --results data.csv", 74, "--results", "not a folder", file: good),
    RefusedCall(
      "inspect data.csv --target y --models svm", 64, "--models", "\"svm\"", file: good),
    RefusedCall(
      "inspect data.csv --target y --provenance ''", 64, "--provenance", "folder", file: good),
    RefusedCall("inspect data.csv --target y --fdr 0", 64, "--fdr", "below 1", file: good),
    RefusedCall("inspect data.csv --target y --fdr 1.5", 64, "--fdr", "below 1", file: good),
    RefusedCall("inspect data.csv --target y --fdr nan", 64, "--fdr", "below 1", file: good),
    RefusedCall("inspect data.csv --target y --fdr some", 64, "--fdr", "below 1", file: good),
    RefusedCall("inspect data.csv --target y --list 0", 64, "--list", "from 1 up", file: good),
    RefusedCall("inspect data.csv --target y --list 1000", 64, "--list", "rows", file: good),
    RefusedCall(
      "inspect data.csv --target y --list 2 --fdr 0.1", 64, "--list", "one", file: good),
  ]

  private static let validation: [RefusedCall] = [
    RefusedCall("validate", 64, "<file>", "runner validate --help"),
    RefusedCall("validate none.csv", 74, "none.csv", "no such file"),
    RefusedCall("validate .", 74, "directory"),
    RefusedCall("validate data.csv", 65, "data.csv", "empty", file: ""),
    RefusedCall("validate data.csv", 65, "data.csv", "header", file: "a,b\n"),
    RefusedCall("validate data.csv", 65, "data.csv:3", "1 field", file: "a,b\n1,2\n3\n"),
    RefusedCall("validate data.csv", 65, "data.csv:2:1", "never closed", file: "a,b\n\"1,2\n"),
    RefusedCall("validate data.csv --target z", 64, "--target", "\"z\"", file: good),
    RefusedCall("validate data.csv --ignore z", 64, "--ignore", "\"z\"", file: good),
    RefusedCall(
      "validate data.csv --ignore a --ignore b --ignore y", 64, "--ignore", "no column", file: good),
    RefusedCall("validate data.csv --alpha 0", 64, "--alpha", "between 0 and 1", file: good),
    RefusedCall("validate data.csv --tolerate -1", 64, "--tolerate", "from 0 to 10", file: good),
    RefusedCall("validate data.csv --tolerate 0.1", 64, "--tolerate", "--reference", file: good),
    RefusedCall("validate data.csv --alpha five", 64, "--alpha", "between 0 and 1", file: good),
    RefusedCall("validate data.csv --schema none.yaml", 74, "none.yaml", "no such", file: good),
    RefusedCall("validate data.csv --schema data.csv", 78, "data.csv:1", "mapping", file: good),
    RefusedCall(
      "validate data.csv --reference none.csv", 74, "--reference", "none.csv", file: good),
    RefusedCall("validate data.csv --infer data.csv", 64, "--infer", "there already", file: good),
    RefusedCall("validate data.csv --infer .", 64, "--infer", "accepted: a file", file: good),
    RefusedCall("validate data.csv --infer data.csv/x", 74, "--infer", "not a folder", file: good),
  ]

  private static let commands: [RefusedCall] = [
    RefusedCall(
      "trian", 64, "\"trian\"", "did you mean train?", "sweep, curves, report, replay, track, train"
    ),
    RefusedCall("swepe", 64, "\"swepe\"", "did you mean sweep?"),
    RefusedCall("--verbose", 64, "--verbose", "runner --help"),
    RefusedCall("train --modle knn", 64, "--modle", "Did you mean '--model'?", "train --help"),
    RefusedCall("experiment --poison 0.1", 64, "--poison", "runner experiment --help"),
    RefusedCall("attacks --seed 1", 64, "--seed", "runner attacks --help"),
    RefusedCall("train iris.csv", 64, "iris.csv", "runner train --help"),
    RefusedCall("train --model", 64, "--model", "runner train --help"),
    RefusedCall("train --json=yes", 64, "--json", "yes", "runner train --help"),
  ]

  @Test(
    arguments: files + columns + levels + models + study + attacks + folders + provenance
      + defenses + validation + commands
  )
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
    ([0xFF, 0x61, 0x2C, 0x79, 0x0A], "data.csv:1:1: the byte 0xFF"),
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
          arguments + ["--data", "data.csv", "--target", "y", "--encode", "a=number"], in: folder)
        #expect(run.status == 65)
        #expect(try folder.names() == ["data.csv"])
      }
    }
  }
}

import Foundation
import Testing

struct TrainTests {
  @Test(arguments: ["iris", "wine", "breast-cancer", "digits"])
  func readsTheBuiltInData(name: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["train", "--data", name, "--model", "knn", "--poison", "0.1"], in: folder)
      #expect(run.status == 0)
      #expect(run.errors.isEmpty)
      #expect(run.output.contains("\(name): "))
      #expect(run.output.contains("accuracy"))
      #expect(try folder.names().isEmpty)
    }
  }

  @Test(arguments: FlowerFile.all)
  func readsFilesAsOtherToolsWriteThem(file: FlowerFile) throws {
    try withTemporaryFolder { folder in
      let options = try file.write(in: folder)
      let run = try RunnerProcess(["train", "--dump", "run", "--json"] + options, in: folder)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.errors.isEmpty)
      let dataset = try run.json(as: TrainRecord.self).dataset
      #expect(dataset.name == "flowers")
      #expect(dataset.rows == 45)
      #expect(dataset.target == file.target)
      #expect(Set(dataset.classes) == Set(file.labels))
      #expect(dataset.features.count == 2)

      // Clean rows come out as they went in, each exactly once.
      var rowIDs: [Int] = []
      for name in ["train.csv", "validation.csv"] {
        let table = try Table(name, in: folder.appendingPathComponent("run"))
        let (ids, labels) = try (table.column("row_id"), table.column(file.target))
        let columns = try dataset.features.map { try table.column($0) }
        for (index, id) in ids.enumerated() {
          let row = try #require(Int(id))
          rowIDs.append(row)
          #expect(labels[index] == file.labels[row])
          #expect(
            columns.map { Double($0[index]) } == FlowerFile.features[row].map { Double($0) })
        }
      }
      #expect(rowIDs.sorted() == Array(0..<45))
    }
  }

  private struct Defended: Decodable {
    struct Lost: Decodable, Equatable {
      let name: String
      let rows: Int
    }

    struct Defense: Decodable {
      let lostClasses: [Lost]
    }

    let defense: Defense
  }

  /// Three rows of a class, each amid another: nearest neighbours outvote them all.
  @Test func saysThatADefenseTakesAClass() throws {
    try withTemporaryFolder { folder in
      var csv = "x,y,fraud\n"
      for row in 0..<100 {
        csv += "\(row % 10),\(row / 10),\([22, 55, 88].contains(row) ? "yes" : "no")\n"
      }
      try folder.write(csv, to: "f.csv")
      let data = ["--data", "f.csv", "--target", "fraud"]
      for json in [false, true] {
        let run = try RunnerProcess(
          ["train", "--defense", "enn"] + data + (json ? ["--json"] : []), in: folder)
        #expect(run.status == 0, "\(run.errors)")
        // One validation row of the class is too few to judge it by, whatever the defence.
        #expect(run.errorLines.first?.hasPrefix("warning: 1 class has fewer than 3 ") == true)
        #expect(
          run.errorLines.dropFirst().first?.hasPrefix("warning: defence enn: it takes all ") == true
        )
        #expect(
          run.errors.contains("rows of class \"yes\", so the model never predicts that class"))
        if json {
          let lost = try run.json(as: Defended.self).defense.lostClasses
          #expect(lost.map(\.name) == ["yes"] && lost.allSatisfy { (2...3).contains($0.rows) })
        } else {
          #expect(run.output.contains("it takes all "))
        }
      }
      let plain = try RunnerProcess(["train", "--defense", "lof"] + data, in: folder)
      #expect(plain.status == 0 && plain.errorLines.count == 1)
      #expect(plain.errors.contains("(\"yes\" 1): how well it is told"))
      let study = try RunnerProcess(
        [
          "experiment", "--attacks", "gaussian,uniform", "--levels", "0,0.1", "--defenses", "enn",
          "--models", "softmax", "--seeds", "3",
        ] + data, in: folder)
      #expect(study.status == 0, "\(study.errors)")
      #expect(study.output.contains("Defences that take all rows of a class"))
      #expect(study.output.contains("3 of 3 fits have one class left"))
    }
  }

  /// Numbers near the ends of the doubles end with a place and a limit, not in a trap.
  @Test(arguments: [
    ["train", "--scaler", "robust"], ["train", "--scaler", "none"],
    ["train", "--scaler", "robust", "--defense", "gce"], ["train", "--defense", "forward"],
    ["experiment", "--levels", "0", "--seeds", "3", "--no-comparison", "--scaler", "robust"],
    ["sweep", "--levels", "0", "--seeds", "3", "--store", "s.sqlite"], ["inspect"],
  ])
  func refusesWhatCannotBeScaled(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      var csv = "a,b,y\n"
      for row in 0..<16 {
        csv += "\(row == 9 ? "1e306" : "\(row % 5)"),\(row / 4),\(row % 2 == 0 ? "u" : "v")\n"
      }
      try folder.write(csv, to: "big.csv")
      let file = arguments[0] == "inspect" ? ["big.csv"] : ["--data", "big.csv"]
      let run = try RunnerProcess(
        arguments.prefix(1) + file + ["--target", "y"] + arguments.dropFirst(), in: folder)
      #expect(run.status == 65)
      #expect(run.errors.contains("big.csv:11:1: \"1e306\""), "\(run.errors)")
      #expect(run.errors.contains("magnitudes up to 1e+50"))
      #expect(try folder.names() == ["big.csv"])
    }
  }

  @Test func leavesOutAColumnWithoutAName() throws {
    try withTemporaryFolder { folder in
      let options = try FlowerFile.unnamedIndex.write(in: folder)
      let run = try RunnerProcess(["train"] + options, in: folder)
      #expect(run.status == 0, "\(run.errors)")
    }
  }

  @Test func readsAPipe() throws {
    try withTemporaryFolder { folder in
      _ = try FlowerFile.plain.write(in: folder)
      let run = try RunnerProcess(
        shell: "cat flowers.csv | \"$RUNNER\" train --data /dev/stdin --target species", in: folder)
      #expect(run.status == 0)
      #expect(run.output.contains("45 rows"))
    }
  }

  @Test func givesTheSameResultForAnyNumberOfThreads() throws {
    try withTemporaryFolder { folder in
      let contents = try ["1", "3"].map { threads in
        let run = try RunnerProcess(
          [
            "train", "--data", "digits", "--model", "rbf-svm", "--poison", "0.1", "--threads",
            threads, "--dump", threads,
          ], in: folder)
        #expect(run.status == 0)
        return try folder.appendingPathComponent(threads).contents()
      }
      let isSame = contents[0] == contents[1]
      #expect(isSame)
    }
  }

  /// A promise that does not hold is not printed, and what would make it hold is said.
  @Test func printsNoEpsilonOfAPrivateScaler() throws {
    try withTemporaryFolder { folder in
      let start = ["train", "--defense", "dp-sgd:steps=5"]
      let run = try RunnerProcess(start, in: folder)
      #expect(run.status == 0 && !run.output.contains("ε ="))
      #expect(run.output.contains("no guarantee: the standard scaler"))
      #expect(run.errors.contains("--trusted 0.1 --scaler-fit vouched"))
      #expect(run.errors.contains("--scaler none"))
      for scaling in [["--trusted", "0.1", "--scaler-fit", "vouched"], ["--scaler", "none"]] {
        let run = try RunnerProcess(start + scaling, in: folder)
        #expect(run.status == 0 && run.output.contains("ε = 8.0, δ = 1e-05"))
        #expect(run.errors.contains("--secret") && !run.errors.contains("no guarantee"))
      }
      let series = try RunnerProcess(
        ["experiment", "--defenses", "lof,dp-sgd:steps=5", "--attack", "flip", "--seeds", "2"],
        in: folder)
      #expect(series.status == 0, "\(series.errors)")
      #expect(series.errors.contains("dp-sgd:steps=5: no guarantee of privacy"))
      #expect(series.output.contains("no guarantee: the standard scaler"))
    }
  }

  /// Secret noise is in no file, so the same command gives another model.
  @Test(arguments: ["dp-sgd:steps=5", "objective-perturbation"])
  func secretModelsCannotBeMadeAgain(_ defense: String) throws {
    try withTemporaryFolder { folder in
      let models = try ["one", "two"].map { name in
        let run = try RunnerProcess(
          [
            "train", "--defense", defense, "--trusted", "0.1", "--scaler-fit", "vouched",
            "--secret", "--dump", name,
          ], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("another: of the model."))
        let file = folder.appendingPathComponent("\(name)/run.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("system, not kept") && !text.contains("68656d6c6f636b"))
        return try #require(decoded(Data(text.utf8), as: FittedRecord.self).model.coefficients)
      }
      #expect(models[0] != models[1])
    }
  }

  @Test func keepsItsInput() throws {
    try withTemporaryFolder { folder in
      try FlowerFile.plain.bytes.write(to: folder.appendingPathComponent("train.csv"))
      let run = try RunnerProcess(
        ["train", "--data", "train.csv", "--target", "species", "--dump", "./"], in: folder)
      #expect(run.status == 64)
      #expect(run.errors.contains("--dump"))
      #expect(try folder.contents() == ["train.csv": FlowerFile.plain.bytes])
    }
  }
}

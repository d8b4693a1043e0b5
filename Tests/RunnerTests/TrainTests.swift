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
        #expect(run.errors.hasPrefix("warning: defence enn: it takes all "))
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
      #expect(plain.status == 0 && plain.errors.isEmpty)
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

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

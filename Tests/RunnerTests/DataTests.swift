import Datasets
import Foundation
import Testing

/// `runner data`.
struct DataTests {
  private struct Entry: Decodable {
    let name: String
    let rows: Int
    let features: [String]
    let target: String
    let sourceColumn: String?
  }

  @Test func listsWhatItWrites() throws {
    try withTemporaryFolder { folder in
      let list = try RunnerProcess(["data"], in: folder)
      let entries = try RunnerProcess(["data", "--json"], in: folder).json(as: [Entry].self)
      #expect(list.status == 0 && list.errors.isEmpty)
      #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
      #expect(entries.map(\.name) == ExampleFile.names)
      for entry in entries {
        #expect(list.output.contains("\n\(entry.name) "))
        let csv = try RunnerProcess(["data", entry.name], in: folder)
        #expect(csv.status == 0 && csv.errors.isEmpty)
        let lines = csv.output.split(separator: "\n")
        #expect(lines.count == entry.rows + 1)
        let columns = entry.features + [entry.target] + (entry.sourceColumn.map { [$0] } ?? [])
        #expect(lines[0] == columns.joined(separator: ","))
      }
      #expect(entries.first { $0.sourceColumn != nil }?.name == "labs")
      #expect(try folder.names().isEmpty)
    }
  }

  @Test func writesAFileAndReplacesIt() throws {
    try withTemporaryFolder { folder in
      try folder.write("before\n", to: "iris.csv")
      let run = try RunnerProcess(["data", "iris", "--output", "iris.csv"], in: folder)
      #expect(run.status == 0 && run.output.isEmpty)
      #expect(run.errors == "wrote iris.csv: 150 rows\n")
      #expect(try folder.text("iris.csv") == EmbeddedDataset.iris.load().csv())
      #expect(try folder.names() == ["iris.csv"])
    }
  }

  @Test(
    arguments: [
      (["data", "flower"], 64, "did you mean flowers?"),
      (["data", "nonsense"], 64, "data sets: iris, wine"),
      (["data", "--output", "x.csv"], 64, "needs the name of a data set"),
      (["data", "iris", "--json"], 64, "--json is for the list"),
      (["data", "iris", "--output", ""], 64, "accepted: a file, such as iris.csv"),
      (["data", "iris", "--output", "/dev/null/x.csv"], 74, "--output"),
    ] as [([String], Int32, String)])
  func refuses(arguments: [String], status: Int32, message: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(arguments, in: folder)
      #expect(run.status == status && run.output.isEmpty)
      #expect(run.errorLines.count == 1 && run.errors.contains(message), "\(run.errors)")
      #expect(try folder.names().isEmpty)
    }
  }
}

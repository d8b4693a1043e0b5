import Foundation
import Testing

/// Data that are no CSV, or not all of a set.
@Suite struct FormatsTests {
  private static let rows = (0..<20).map { "\($0 % 2) 1:\($0) 3:\($0 % 7)\n" }.joined()

  @Test(arguments: ["train --model knn", "experiment --models knn --seeds 2 --results r"])
  func readsThemWithoutATarget(_ command: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.rows, to: "rows")
      let run = try RunnerProcess(
        command.split(separator: " ").map(String.init)
          + ["--data", "rows", "--sample", "12", "--tracking-uri", "none", "--json"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("\"rows\""))
    }
  }

  @Test func plansNameSamples() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.rows, to: "rows")
      try folder.write(
        "data: [rows, {file: rows, sample: 3000}]\nsample: 16\nmodels: knn\nseeds: 2\n",
        to: "plan.yaml")
      let run = try RunnerProcess(["sweep", "plan.yaml", "--tracking-uri", "none"], in: folder)
      #expect(run.status == 78 || run.status == 64, "\(run.status)")
      #expect(run.errors.contains("plan.yaml:1:35: sample: a sample of 3000 rows"), "\(run.errors)")
    }
  }

  /// What is attacked is written as CSV, whatever it was read from.
  @Test func attacksThem() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.rows, to: "rows")
      let run = try RunnerProcess(
        ["attack", "--data", "rows", "--attack", "flip", "--poison", "0.1", "--output", "p.csv"],
        in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.text("p.csv").hasPrefix("column_0,column_1,column_2,label,"))
    }
  }
}

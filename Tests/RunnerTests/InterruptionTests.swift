import Foundation
import Testing

struct InterruptionTests {
  /// More than can be done while the test waits; with digits, a block of seeds takes long alone.
  private static let long = ["experiment", "--data", "digits", "--seeds", "1000000"]
  private static let short = [
    "experiment", "--seeds", "2", "--models", "knn", "--no-comparison", "--levels", "0",
  ]

  /// Starts a long run and waits until it has begun to write.
  private func startLong(in folder: URL) throws -> StartedRunner {
    let run = try StartedRunner(Self.long, in: folder)
    let partial = folder.appendingPathComponent("results/.seeds.csv.partial").path
    try run.waitUntil { FileManager.default.fileExists(atPath: partial) }
    return run
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func leavesEarlierResultsWhenStopped(signal: Int32) throws {
    try withTemporaryFolder { folder in
      #expect(try RunnerProcess(Self.short, in: folder).status == 0)
      let results = folder.appendingPathComponent("results")
      let before = try results.contents()
      let long = try startLong(in: folder)
      long.send(signal)
      let run = try RunnerProcess(long)
      #expect(run.status == 75)
      #expect(run.output.isEmpty)
      #expect(
        run.errors == "error: stopped before the end; nothing was written to results\n")
      let isAsBefore = try results.contents() == before
      #expect(isAsBefore)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func leavesNoFolderWhenStopped(signal: Int32) throws {
    try withTemporaryFolder { folder in
      let long = try startLong(in: folder)
      long.send(signal)
      #expect(try RunnerProcess(long).status == 75)
      #expect(try folder.names().isEmpty)
    }
  }

  @Test func recoversFromBeingKilled() throws {
    try withTemporaryFolder { folder in
      #expect(try RunnerProcess(Self.short, in: folder).status == 0)
      let results = folder.appendingPathComponent("results")
      let before = try results.contents()
      let long = try startLong(in: folder)
      long.send(SIGKILL)
      #expect(try RunnerProcess(long).status == -SIGKILL)
      let after = try results.contents().filter { !$0.key.hasPrefix(".") }
      let isAsBefore = after == before
      #expect(isAsBefore)

      // Leftovers longer than what the next run writes must not show through.
      let leftover = String(repeating: "left over\n", count: 1_000)
      try results.write(leftover, to: ".seeds.csv.partial")
      #expect(try RunnerProcess(Self.short, in: folder).status == 0)
      // The store also says when it was made.
      let withoutStore = { (files: [String: Data]) in files.filter { $0.key != "study.sqlite" } }
      let isTheSame = try withoutStore(results.contents()) == withoutStore(before)
      #expect(isTheSame)
    }
  }
}

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
    let results = folder.appendingPathComponent("results")
    try run.waitUntil { results.namesIfThere.contains { $0.hasSuffix(".partial") } }
    return run
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGQUIT, SIGHUP])
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

      #expect(try RunnerProcess(Self.short, in: folder).status == 0)
      #expect(try results.names() == before.keys.sorted(), "leftovers go")
      // The store also says when it was made.
      let withoutStore = { (files: [String: Data]) in files.filter { $0.key != "study.sqlite" } }
      let isTheSame = try withoutStore(results.contents()) == withoutStore(before)
      #expect(isTheSame)
    }
  }

  /// Every command ends so, with and without anything to tidy up.
  @Test(arguments: [
    ["train", "--data", "digits", "--model", "rbf-svm", "--attack", "alfa", "--poison", "0.3"],
    ["attack", "--data", "digits", "--attack", "alfa", "--poison", "0.3", "--output", "new/x.csv"],
    ["inspect", "digits", "--results", "new/er"],
    ["validate", "pipe"],
  ])
  func endsEveryCommand(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let run = try StartedRunner(arguments, in: folder.withPipe())
      try run.waitUntilItListens()
      run.send(SIGINT)
      let ended = try RunnerProcess(run)
      #expect(ended.status == 75 && ended.output.isEmpty, "\(arguments): \(ended.errors)")
      #expect(ended.errors.hasPrefix("error: stopped before the end"))
      #expect(try folder.names() == ["pipe"])
    }
  }

  @Test func goesOnWithoutItsTerminalWhereThatIsAsked() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        shell: """
          trap '' HUP; "$RUNNER" validate pipe &
          until grep -q 'SigCgt:.*[4-7c-f]...$' /proc/$!/status; do sleep 0.01; done
          kill -HUP $!; sleep 0.1; kill -0 $! || exit 1
          kill -TERM $!; wait $!
          """, in: folder.withPipe())
      #expect(run.status == 75, "\(run.errors)")
    }
  }
}

extension URL {
  /// The names in the folder; none where there is no folder.
  fileprivate var namesIfThere: [String] { (try? names()) ?? [] }

  /// The folder with a FIFO in it that nobody writes to.
  fileprivate func withPipe() throws -> URL {
    // Safe: the path is a string.
    try #require(unsafe mkfifo(appendingPathComponent("pipe").path, 0o600) == 0)
    return self
  }
}

import Foundation
import TestSupport
import Testing

struct InterruptionTests {
  /// More than can be done while the test waits; with digits, a block of seeds takes long alone.
  private static let long = ["experiment", "--data", "digits", "--seeds", "1000000"]
  private static let short = [
    "experiment", "--seeds", "2", "--models", "knn", "--no-comparison", "--levels", "0",
  ]

  /// Starts a long run and waits until it writes its store.
  private func startLong(
    in folder: URL, store: String = "study.sqlite"
  ) throws -> StartedRunner {
    let run = try StartedRunner(Self.long, in: folder)
    let results = folder.appendingPathComponent("results")
    try run.waitUntil { results.namesIfThere.contains("\(store)-wal") }
    return run
  }

  /// The results of other data stay as they are; what was done of the new ones stays beside them.
  @Test(arguments: [SIGINT, SIGTERM, SIGQUIT, SIGHUP])
  func leavesEarlierResultsWhenStopped(signal: Int32) throws {
    try withTemporaryFolder { folder in
      #expect(try RunnerProcess(Self.short, in: folder).status == 0)
      let results = folder.appendingPathComponent("results")
      let before = try results.contents()
      let long = try startLong(in: folder, store: "study-next.sqlite")
      long.send(signal)
      let run = try RunnerProcess(long)
      #expect(run.status == 75)
      #expect(run.output.isEmpty)
      let last = try #require(run.errorLines.last)
      #expect(
        last == "error: stopped before the end; what was done is in results/study-next.sqlite, and "
          + "the same command goes on from there")
      var after = try results.contents()
      #expect(after.removeValue(forKey: "study-next.sqlite") != nil)
      #expect(after.keys.sorted() == before.keys.sorted())
      let isAsBefore = after == before
      #expect(isAsBefore)
    }
  }

  @Test func keepsOnlyItsStoreWhenStopped() throws {
    try withTemporaryFolder { folder in
      let long = try startLong(in: folder)
      // A store that has nothing would give way.
      try long.waitUntil { try Self.hasFits(in: folder) }
      long.send(SIGINT)
      #expect(try RunnerProcess(long).status == 75)
      #expect(try folder.appendingPathComponent("results").names() == ["study.sqlite"])
      // Other data wait until it is finished, or go elsewhere.
      let other = try RunnerProcess(Self.short, in: folder)
      #expect(other.status == 78 && other.errorLines.count == 1)
      #expect(
        other.errors.contains("dataset.digest is") && other.errors.contains("It is not finished"))
    }
  }

  /// Killed and begun again, an experiment ends with the files of an undisturbed one.
  @Test(.enabled(if: isOptimizedBuild, "takes 100,000 fits"))
  func recoversFromBeingKilled() throws {
    try withTemporaryFolder { folder in
      let study = [
        "experiment", "--attacks", "flip,uniform,backdoor", "--levels", "0,0.1", "--models",
        "knn,softmax", "--seeds", "6000",
      ]
      let whole = try RunnerProcess(study + ["--results", "whole"], in: folder)
      #expect(whole.status == 0)
      for _ in 0..<2 {
        let run = try StartedRunner(study, in: folder)
        try run.waitUntil { try Self.hasFits(in: folder) }
        run.send(SIGKILL)
        _ = try RunnerProcess(run)
      }
      let run = try RunnerProcess(study, in: folder)
      #expect(run.status == 0 && run.output == whole.output)
      #expect(run.errors.contains("fits are in results/study.sqlite"))
      // The store also says when it was made.
      let withoutStore = { (name: String) in
        try folder.appendingPathComponent(name).contents().filter { $0.key != "study.sqlite" }
      }
      let isTheSame = try withoutStore("results") == withoutStore("whole")
      #expect(isTheSame)
      let exports = try ["results", "whole"].map {
        try RunnerProcess(["sweep", "export", "\($0)/study.sqlite"], in: folder).output
      }
      let haveEqualFits = exports[0] == exports[1]
      #expect(haveEqualFits)
    }
  }

  private struct Status: Decodable {
    let doneFits: Int?
  }

  private static func hasFits(in folder: URL) throws -> Bool {
    let status = try RunnerProcess(
      ["sweep", "status", "results/study.sqlite", "--json"], in: folder)
    return try status.status == 0
      && status.json(as: Status.self).doneFits.map { $0 > 0 } ?? false
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

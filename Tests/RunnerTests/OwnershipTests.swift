import Foundation
import Testing

/// No run harms another, nor a file of the user's.
struct OwnershipTests {
  private static let small = [
    "experiment", "--seeds", "2", "--models", "knn", "--no-comparison", "--levels", "0",
  ]
  private static let long = ["experiment", "--data", "digits", "--seeds", "1000000"]

  @Test func aFolderOfResultsHasOneOwner() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("results"), withIntermediateDirectories: true)
      let own = [".thesis.partial", "backup-of.study.sqlite.partial", ".study.sqlite.partial"]
      let results = folder.appendingPathComponent("results")
      for name in own { try results.write("mine", to: name) }

      let first = try StartedRunner(Self.long, in: folder)
      try first.waitUntil {
        try !(results.names().contains(".hemlock-lock") ? results.text(".hemlock-lock") : "")
          .isEmpty
      }
      let second = try RunnerProcess(Self.small, in: folder)
      #expect(second.status == 74 && second.output.isEmpty)
      #expect(second.errorLines.count == 1)
      #expect(
        second.errors.contains("--results: results is being written by process ")
          && second.errors.contains(" since 20"), "\(second.errors)")
      first.send(SIGINT)
      #expect(try RunnerProcess(first).status == 75)
      #expect(try results.names() == (own + ["study.sqlite"]).sorted())

      try FileManager.default.removeItem(at: results.appendingPathComponent("study.sqlite"))
      #expect(try RunnerProcess(Self.small, in: folder).status == 0)
      #expect(try results.names().contains("study.sqlite"))
      for name in own { #expect(try results.text(name) == "mine") }
    }
  }

  @Test func manyWritersOfOneFolderAreNotInEachOthersWay() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        shell: """
          seq 0 39 | xargs -P 8 -I{} sh -c \
          '"$RUNNER" attack --poison 0.1 --seed {} --output race/{}.csv >/dev/null'
          """, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.appendingPathComponent("race").names().count == 40)
    }
  }

  @Test func aStoreThatIsRemovedIsNotCalledWell() throws {
    try withTemporaryFolder { folder in
      let run = try StartedRunner(
        [
          "sweep", "--seeds", "400000", "--models", "softmax", "--levels", "0,0.1", "--store",
          "s.sqlite",
        ], in: folder)
      try run.waitUntil { try folder.names().contains("s.sqlite-wal") }
      try FileManager.default.removeItem(at: folder.appendingPathComponent("s.sqlite"))
      let ended = try RunnerProcess(run)
      #expect(ended.status == 74 && ended.output.isEmpty)
      #expect(ended.errors.contains("was removed, moved or replaced"), "\(ended.errors)")
    }
  }

  @Test func outputGoesWhereItIsSent() throws {
    try withTemporaryFolder { folder in
      let attack = "\"$RUNNER\" attack --poison 0.1 --output"
      let run = try RunnerProcess(
        shell: """
          mkfifo pipe; cat pipe >read & \(attack) pipe >/dev/null && wait $! || exit 1
          \(attack) plain.csv >/dev/null || exit 2
          echo old >target.csv; chmod 600 target.csv; ln -s target.csv link.csv
          \(attack) link.csv >/dev/null || exit 3
          \(attack) /dev/stdout | head -n 151 >stream || exit 4
          \(attack) /dev/null >/dev/null || exit 5
          \(attack) /dev/full >/dev/null; test $? = 74 || exit 6
          test -p pipe && test -L link.csv && test -c /dev/full || exit 7
          test "$(stat -c %a target.csv)" = 600 || exit 8
          """, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("--output: /dev/full cannot be written: No space left on device"))
      let plain = try folder.text("plain.csv")
      for name in ["read", "target.csv", "stream"] { #expect(try folder.text(name) == plain) }
    }
  }

  /// A file that grows too much is an error of writing, not the end without a word.
  @Test func aLimitOfFilesIsSaid() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        shell: "ulimit -f 8; \"$RUNNER\" attack --data digits --poison 0.1 --output x.csv",
        in: folder)
      #expect(run.status == 74)
      #expect(run.errors == "error: --output: x.csv cannot be written: File too large\n")
      #expect(try folder.names().isEmpty)
    }
  }
}

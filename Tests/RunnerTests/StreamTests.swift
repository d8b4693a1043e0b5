import Foundation
import Testing

/// What becomes of a result that nobody can take.
struct StreamTests {
  private static let commands = [
    "train", "experiment --seeds 2", "experiment --seeds 2 --json", "attacks", "train --help",
    "--version",
  ]

  #if os(Linux)
    @Test(arguments: commands)
    func saysThatTheDiskIsFull(command: String) throws {
      try withTemporaryFolder { folder in
        let run = try RunnerProcess(shell: "\"$RUNNER\" \(command) 2>&1 >/dev/full", in: folder)
        #expect(run.status == 74)
        #expect(run.output.contains("error: standard output cannot be written: No space left"))
      }
    }
  #endif

  @Test(arguments: commands)
  func saysThatStandardOutputIsClosed(command: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(shell: "\"$RUNNER\" \(command) 2>&1 >&-", in: folder)
      #expect(run.status == 74)
      #expect(run.output.contains("error: standard output cannot be written"))
    }
  }

  @Test(arguments: commands)
  func endsWellWhenTheReaderGoesAway(command: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        shell:
          "{ \"$RUNNER\" \(command) 2>errors; echo $? >status; } | head -n 0; cat status errors",
        in: folder)
      #expect(run.output.hasPrefix("0\n"))
      #expect(!run.output.contains("error"))
    }
  }

  /// A closed stream's number must not go to a result file, to which errors would then be written.
  @Test func keepsMessagesOutOfTheResults() throws {
    try withTemporaryFolder { folder in
      let command = "\"$RUNNER\" experiment --seeds 2 --models knn --levels 0,0.9 --results"
      let closed = try RunnerProcess(shell: "\(command) closed >out <&- 2>&-", in: folder)
      let open = try RunnerProcess(shell: "\(command) open", in: folder)
      #expect(closed.status == 0 && open.status == 0)
      #expect(try folder.text("out") == open.output)
      // The store also says when it was made; it must be one.
      let texts = { (name: String) in
        try folder.appendingPathComponent(name).contents().filter { $0.key != "study.sqlite" }
      }
      let isSame = try texts("closed") == texts("open")
      #expect(isSame)
      let status = try RunnerProcess(["sweep", "status", "closed/study.sqlite"], in: folder)
      #expect(status.status == 0)
    }
  }
}

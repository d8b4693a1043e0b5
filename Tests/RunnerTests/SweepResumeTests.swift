import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: isOptimizedBuild, "takes 500,000 fits"))
struct SweepResumeTests {
  private static let arguments = [
    "sweep", "--models", "knn", "--attacks", "flip", "--levels", "0,0.1", "--seeds", "30000",
  ]

  /// All that a store holds of its fits and sums, and what the command prints.
  private static func results(_ store: String, in folder: URL) throws -> [String] {
    try [[], ["--cells"]].map { option in
      let run = try RunnerProcess(["sweep", "export", store] + option, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return run.output
    }
  }

  private static func run(_ store: String, _ more: [String] = [], in folder: URL) throws -> String {
    let run = try RunnerProcess(arguments + ["--store", store] + more, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test func threadsDoNotMatter() throws {
    try withTemporaryFolder { folder in
      var all: [[String]] = []
      for threads in ["1", "2", "7"] {
        let output = try Self.run(threads, ["--threads", threads], in: folder)
        all.append(try Self.results(threads, in: folder) + [output])
      }
      let isSame = all[0] == all[1] && all[0] == all[2]
      #expect(isSame)
    }
  }

  /// Killed 20 times within 0.02 to 0.4 seconds of its start, each time in another state.
  @Test func goesOnAfterBeingKilled() throws {
    try withTemporaryFolder { folder in
      var state: UInt64 = 1
      for _ in 0..<20 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let started = try StartedRunner(Self.arguments + ["--store", "killed"], in: folder)
        Thread.sleep(forTimeInterval: 0.02 + 0.38 * Double(state >> 33) / Double(1 << 31))
        started.send(SIGKILL)
        let run = try RunnerProcess(started)
        #expect(run.status == -SIGKILL || run.status == 0, "\(run.errors)")
      }
      let output = try Self.run("killed", in: folder)
      let whole = try Self.run("whole", in: folder)
      #expect(output == whole)
      let isSame = try Self.results("killed", in: folder) == Self.results("whole", in: folder)
      #expect(isSame)
      #expect(try folder.names() == ["killed", "whole"])
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func goesOnAfterBeingStopped(signal: Int32) throws {
    try withTemporaryFolder { folder in
      let long = Self.arguments.dropLast() + ["3000000", "--store", "a.sqlite"]
      let started = try StartedRunner(Array(long), in: folder)
      let store = folder.appendingPathComponent("a.sqlite").path
      try started.waitUntil {
        guard FileManager.default.fileExists(atPath: store) else { return false }
        let status = try RunnerProcess(["sweep", "status", "a.sqlite", "--json"], in: folder)
        return try status.status == 0 && status.json(as: StatusRecord.self).blocks > 1
      }
      started.send(signal)
      let run = try RunnerProcess(started)
      #expect(run.status == 75 && run.output.isEmpty)
      let last = try #require(run.errorLines.last)
      #expect(last.hasPrefix("error: stopped before the end; finished blocks are in a.sqlite"))
      #expect(last.contains("the same command goes on"))
      #expect(try folder.names() == ["a.sqlite"])

      let status = try RunnerProcess(["sweep", "status", "a.sqlite", "--json"], in: folder)
      let blocks = try status.json(as: StatusRecord.self).blocks
      let seeds = (blocks + 1) * 1024
      let more = try RunnerProcess(
        Array(Self.arguments.dropLast()) + ["\(seeds)", "--store", "a.sqlite", "--json"],
        in: folder)
      #expect(more.errors.contains("\(blocks) of \(blocks + 1) blocks are in a.sqlite"))
      #expect(try more.json(as: SweepRecord.self).seeds == seeds)
    }
  }

  @Test func aFinishedSweepIsNotRunAgain() throws {
    try withTemporaryFolder { folder in
      let first = try Self.run("a.sqlite", in: folder)
      let again = try RunnerProcess(Self.arguments + ["--store", "a.sqlite"], in: folder)
      #expect(again.output == first && again.errors.contains("30 of 30 blocks are in a.sqlite"))
      #expect(again.errors.contains("0 fits in"))
    }
  }

  @Test func twoDoNotWriteAtOnce() throws {
    try withTemporaryFolder { folder in
      let long = Array(Self.arguments.dropLast()) + ["3000000", "--store", "a.sqlite"]
      let started = try StartedRunner(long, in: folder)
      let store = folder.appendingPathComponent("a.sqlite").path
      try started.waitUntil { FileManager.default.fileExists(atPath: store) }
      let second = try RunnerProcess(long, in: folder)
      #expect(second.status == 74 && second.errors.contains("being written by process "))
      started.send(SIGINT)
      #expect(try RunnerProcess(started).status == 75)
    }
  }

  private static let canMount: Bool = {
    let mount = "mkdir disk && mount -t tmpfs -o size=64k tmpfs disk && umount disk"
    return (try? withTemporaryFolder { try RunnerProcess(shell: mount, in: $0).status }) == 0
  }()

  @Test(.enabled(if: canMount, "a full disk takes the rights to mount one"))
  func goesOnAfterTheDiskWasFull() throws {
    try withTemporaryFolder { folder in
      let sweep = "\"$RUNNER\" \(Self.arguments.joined(separator: " ")) --store disk/a.sqlite"
      let run = try RunnerProcess(
        shell: """
          mkdir disk && mount -t tmpfs -o size=96k tmpfs disk
          \(sweep) >small 2>errors; echo $? >status
          mount -o remount,size=10m disk
          \(sweep) >large 2>>errors; echo $? >>status
          "$RUNNER" sweep export disk/a.sqlite --cells >cells
          umount disk
          """, in: folder)
      #expect(run.status == 0)
      #expect(try folder.text("status") == "74\n0\n")
      #expect(try folder.text("errors").contains("no space is left"))
      #expect(try folder.text("large") == Self.run("whole", in: folder))
      #expect(try folder.text("cells") == Self.results("whole", in: folder)[1])
    }
  }
}

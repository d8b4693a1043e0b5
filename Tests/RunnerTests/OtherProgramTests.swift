import Foundation
import Testing

/// What is run beside the program, and with what.
struct OtherProgramTests {
  private static let small =
    "experiment --seeds 2 --models knn --no-comparison --levels 0 --tracking-uri none"

  /// Writes a program into a folder.
  private func script(_ name: String, _ text: String, in folder: URL) throws {
    try folder.write("#!/bin/sh\n" + text, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.appendingPathComponent(name).path)
  }

  @Test func nothingOfTheWorkingFolderIsRun() throws {
    try withTemporaryFolder { folder in
      let bin = folder.appendingPathComponent(".venv/bin")
      try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
      try script("python", "touch '\(folder.path)/executed'\n", in: bin)
      let run = try RunnerProcess(
        shell: "env -u HEMLOCK_PYTHON PATH=/usr/bin:/bin \"$RUNNER\" \(Self.small)", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.names() == [".venv", "results"])
    }
  }

  @Test func aPythonThatDrawsNothingIsNamedAndIsToldNoSecret() throws {
    try withTemporaryFolder { folder in
      try script("python", "env >'\(folder.path)/seen'; exit 3\n", in: folder)
      let run = try RunnerProcess(
        Self.small.split(separator: " ").map(String.init), in: folder,
        environment: [
          "HEMLOCK_PYTHON": folder.path + "/python", "MLFLOW_TRACKING_PASSWORD": "s3cret",
          "MLFLOW_TRACKING_TOKEN": "s3cret", "HEMLOCK_TEST": "seen",
        ])
      #expect(run.status == 0)
      #expect(
        run.errors.contains("HEMLOCK_PYTHON is \(folder.path)/python, which makes no pictures"))
      let seen = try folder.text("seen")
      #expect(seen.contains("HEMLOCK_TEST=seen") && !seen.contains("s3cret"))
    }
  }

  /// It is killed with all it has started, and what it worked on goes.
  @Test func aSignalEndsWhatDraws() throws {
    try withTemporaryFolder { folder in
      let temporary = folder.appendingPathComponent("temporary")
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      try script(
        "python", "sleep 600 & echo $$ $! >'\(folder.path)/numbers'; wait\n", in: folder)
      let run = try StartedRunner(
        Self.small.split(separator: " ").map(String.init), in: folder,
        environment: ["HEMLOCK_PYTHON": folder.path + "/python", "TMPDIR": temporary.path])
      try run.waitUntil { (try? folder.text("numbers").hasSuffix("\n")) == true }
      #expect(try temporary.names().count == 1)
      run.send(SIGTERM)
      let ended = try RunnerProcess(run)
      #expect(ended.status == 75)
      #expect(try temporary.names().isEmpty)
      #expect(try folder.appendingPathComponent("results").names() == ["study.sqlite"])
      for number in try folder.text("numbers").split(whereSeparator: \.isWhitespace) {
        let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
        #expect(state == nil || state?.contains(") Z ") == true, "process \(number) is at work")
      }
    }
  }
}

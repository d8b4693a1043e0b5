import Files
import Foundation
import Testing

struct PartialFileTests {
  @Test func namesCannotBeGuessedAndAreNotFollowed() throws {
    let place = try TestFolder()
    let files = try (0..<3).map { _ in try PartialFile(for: place.path("x")) }
    #expect(Set(files.map(\.path)).count == 3)
    #expect(try place.names().allSatisfy { $0.hasPrefix(".hemlock-") && $0.hasSuffix(".partial") })
    withExtendedLifetime(files) {}
  }

  /// A killed process leaves its file, which the next run in the folder clears away; what others own or
  /// have at work stays.
  @Test func onlyLeftOversOfKilledProcessesAreCleared() async throws {
    let place = try TestFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = place.path("x") as String] in
      let file = try PartialFile(for: path)
      let reserved = try PartialFile(reservedFor: path)
      try Data().write(to: URL(fileURLWithPath: reserved.path))
      try Data().write(to: URL(fileURLWithPath: reserved.path + "-wal"))
      withExtendedLifetime((file, reserved)) { _ = kill(getpid(), SIGKILL) }
    }
    let left = try place.names()
    #expect(left.count == 3)
    // The same, had it been made on another machine.
    let elsewhere = left[0].replacing(".hemlock-", with: ".hemlock-elsewhere-")
    let own = [
      elsewhere, ".thesis.partial", ".x.csv.partial", ".hemlock-notes.partial",
      "backup-of.study.sqlite.partial",
    ]
    for name in own { try place.write("mine", to: name) }
    let atWork = try PartialFile(for: place.path("y"))
    let folder = try ResultsFolder(place.path)
    try folder.append("text", to: "x")
    try folder.publish()
    folder.discard()
    let name = URL(fileURLWithPath: atWork.path).lastPathComponent
    #expect(try place.names() == (own + [name, "x"]).sorted())
  }

  @Test func whatIsThereIsReplacedWhole() throws {
    let place = try TestFolder()
    try place.write("old", to: "x")
    let handle = try #require(FileHandle(forReadingAtPath: place.path("x")))
    try DurableFile.replace(place.path("x"), with: Array("new".utf8))
    #expect(try place.text("x") == "new")
    #expect(try handle.readToEnd() == Data("old".utf8), "a reader keeps what it has opened")
    #expect(throws: FilesError.exists(path: place.path("x"))) {
      try DurableFile.create(place.path("x"), with: [])
    }
    try DurableFile.create(place.path("y"), with: [65])
    #expect(try place.names() == ["x", "y"])
    #expect(try DurableFile.bytes(of: place.path("y")) == [65])
    #expect(try DurableFile.bytes(of: place.path("z")) == nil)
  }

  @Test func aSignalTakesBackAllThatIsUnfinished() async throws {
    let place = try TestFolder()
    try place.write("old", to: "x")
    await #expect(processExitsWith: .exitCode(75)) { [path = place.path as String] in
      let folder = try ResultsFolder(path)
      try folder.append("new", to: "x")
      let deep = try ResultsFolder("\(path)/deep/er")
      try deep.append("new", to: "y")
      let made = try TemporaryFolder()
      try Data(made.url.path.utf8).write(to: URL(fileURLWithPath: "\(path)/made"))
      withExtendedLifetime((folder, deep, made)) { Unfinished.takeBackAll { _exit(75) } }
    }
    #expect(try place.names() == ["made", "x"])
    #expect(try place.text("x") == "old")
    #expect(try !FileManager.default.fileExists(atPath: place.text("made")))
  }

  /// Another thread begins things until the end.
  @Test(arguments: 0..<40)
  func aSignalLeavesNothingThatIsJustBegun(_ delay: Int) async throws {
    let place = try TestFolder()
    await #expect(processExitsWith: .exitCode(75)) {
      [path = place.path("new") as String, delay = delay as Int] in
      DispatchQueue.global().async {
        while true {
          let folder = try? ResultsFolder(path)
          try? folder?.append("text", to: "x")
          folder?.discard()
        }
      }
      usleep(UInt32(2_000 + 17 * delay))
      Unfinished.takeBackAll { _exit(75) }
    }
    #expect(try place.names().isEmpty)
  }
}

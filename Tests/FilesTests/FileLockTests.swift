import Files
import Foundation
import Testing

struct FileLockTests {
  @Test func aSecondOwnerIsToldWhoHasIt() throws {
    let place = try TestFolder()
    let path = place.path("lock")
    let lock = try FileLock(path, on: "results")
    let owner = try place.text("lock").trimmingCharacters(in: .newlines)
    #expect(owner.hasPrefix("process \(getpid()) on "))
    #expect(owner.contains(" since 20"))
    let refusal = FilesError.owned(path: "results", owner: owner)
    #expect(throws: refusal) { try FileLock(path, on: "results") }
    #expect(refusal.description.hasPrefix("results is being written by process \(getpid()) on "))
    #expect(lock.isStillHeld)
    lock.release()
    #expect(try !lock.isStillHeld && place.names().isEmpty)
    lock.release()
    _ = try FileLock(path, on: "results")
    #expect(try place.names().isEmpty)
  }

  @Test func anOwnerIsWaitedFor() async throws {
    let place = try TestFolder()
    let lock = try FileLock(place.path("lock"), on: "log")
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { lock.release() }
    let next = try FileLock(place.path("lock"), on: "log", patienceSeconds: 60)
    #expect(next.isStillHeld)
  }

  @Test func aLockWhoseFileWasRemovedIsKnownToBeLost() throws {
    let place = try TestFolder()
    let first = try FileLock(place.path("lock"), on: "results")
    try FileManager.default.removeItem(atPath: place.path("lock"))
    #expect(!first.isStillHeld)
    let second = try FileLock(place.path("lock"), on: "results")
    #expect(!first.isStillHeld && second.isStillHeld)
    first.release()
    #expect(second.isStillHeld, "only the own file is removed")
  }

  @Test func aKilledProcessLosesItsLock() async throws {
    let place = try TestFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = place.path("lock") as String] in
      let lock = try FileLock(path, on: "results")
      withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
    }
    #expect(try place.text("lock").hasPrefix("process "))
    let lock = try FileLock(place.path("lock"), on: "results")
    #expect(try place.text("lock").hasPrefix("process \(getpid()) "))
    withExtendedLifetime(lock) {}
  }

  /// What somebody has put in the place of a lock is neither written nor removed.
  @Test func filesOfOthersAreNoLocks() throws {
    let place = try TestFolder()
    try place.write("my notes", to: "notes")
    try place.link("link", to: place.path("notes"))
    for name in ["notes", "link"] {
      let error = try #require(throws: FilesError.self) {
        try FileLock(place.path(name), on: "results")
      }
      #expect(error.description.hasPrefix(place.path(name)), "\(error)")
    }
    #expect(try place.text("notes") == "my notes")
    #expect(try place.names() == ["link", "notes"])
  }
}

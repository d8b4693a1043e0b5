import Foundation
import Store
import Sweeps
import Testing

struct StorePlaceTests {
  private enum Loss: CaseIterable { case removed, moved, replaced, unlocked }

  /// Without a look at the path, a writer would go on in a file that nobody finds.
  @Test(arguments: Loss.allCases)
  private func aStoreThatIsGoneIsSaid(_ loss: Loss) throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 9, of: study), seconds: 1)
      try store.requireInPlace()
      let files = FileManager.default
      switch loss {
      case .removed: try files.removeItem(atPath: path)
      case .moved: try files.moveItem(atPath: path, toPath: path + ".old")
      case .replaced: try Data().write(to: URL(fileURLWithPath: path), options: .atomic)
      case .unlocked: try files.removeItem(atPath: path + "-lock")
      }
      let lost = StoreError.inaccessible(
        path: path,
        reason: (loss == .unlocked ? "its lock" : "it")
          + " was removed, moved or replaced while it was being written; run again")
      #expect(throws: lost) { try store.requireInPlace() }
      #expect(throws: lost) { try store.commit(block(1, seedCount: 9, of: study), seconds: 1) }
      #expect(throws: lost) { try store.close() }
    }
  }

  /// Files that only look like those of a store belong to somebody.
  @Test func draftsOfOthersStay() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      let names = [".study.sqlite.partial", "backup-of.study.sqlite.partial"]
      for name in names {
        try Data("mine".utf8).write(to: folder.appendingPathComponent(name))
      }
      try SweepStore(path, study).close()
      #expect(try filesBeside(path).keys.sorted() == (names + ["study.sqlite"]).sorted())
      for name in names { #expect(try filesBeside(path)[name] == Data("mine".utf8)) }
    }
  }

  @Test func aFileInThePlaceOfTheLockStays() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try Data("notes".utf8).write(to: URL(fileURLWithPath: path + "-lock"))
      #expect(throws: StoreError.self) { try SweepStore(path, study) }
      #expect(try filesBeside(path) == ["study.sqlite-lock": Data("notes".utf8)])
    }
  }
}

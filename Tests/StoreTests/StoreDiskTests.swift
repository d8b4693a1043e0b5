import Foundation
import Store
import Sweeps
import Testing

struct StoreDiskTests {
  /// Commits blocks until one is refused, and says which.
  private func fill(_ store: SweepStore, _ study: Study) throws -> (index: Int, error: StoreError) {
    for index in 0..<1000 {
      do {
        try store.commit(block(index, seedCount: 1024, of: study), seconds: 1)
      } catch {
        return (index, error)
      }
    }
    throw CancellationError()
  }

  @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount"))
  func aFullDiskKeepsFinishedBlocks() throws {
    let study = try storeStudy()
    try SmallDisk.with(byteCount: 2 << 20) { folder in
      let path = folder + "/study.sqlite"
      let filler = folder + "/filler"
      try Data(count: 1 << 20).write(to: URL(fileURLWithPath: filler))
      let store = try SweepStore(path, study)
      let (index, error) = try fill(store, study)
      #expect(error == .diskFull(path: path) && index > 1)
      #expect("\(error)".contains("no space"))
      #expect(try store.finishedBlocks().count == index)

      try FileManager.default.removeItem(atPath: filler)
      try store.commit(block(index, seedCount: 1024, of: study), seconds: 1)
      try store.close()
      let copy = try SweepStore(reading: path)
      for index in 0...index {
        #expect(try copy.block(index) == block(index, seedCount: 1024, of: study))
      }
    }
  }

  @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount"))
  func aStoreThatDoesNotFitIsNotMade() throws {
    let study = try storeStudy()
    try SmallDisk.with(byteCount: 65_536) { folder in
      let path = folder + "/study.sqlite"
      let full = StoreError.diskFull(path: path)
      #expect(throws: full) { try SweepStore(path, study) }
      let files = try filesBeside(path)
      #expect(files.isEmpty)
    }
  }

  @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount"))
  func aDiskThatCannotBeWrittenCanBeRead() throws {
    let study = try storeStudy()
    try SmallDisk.with(byteCount: 2 << 20) { folder in
      let path = folder + "/study.sqlite"
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 10, of: study), seconds: 1)
      try store.close()
      try SmallDisk.freeze(folder)
      let refusal = StoreError.inaccessible(path: path, reason: "Read-only file system")
      #expect(throws: refusal) { try SweepStore(path, study) }
      let reader = try SweepStore(reading: path)
      #expect(try reader.block(0) == block(0, seedCount: 10, of: study))
      #expect(try filesBeside(path).keys.sorted() == ["study.sqlite"])
    }
  }

  /// An administrator may write what no one may.
  @Test(.enabled(if: geteuid() != 0, "rights do not bind an administrator"))
  func aFileThatMayNotBeWrittenCanBeRead() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 10, of: study), seconds: 1)
      try store.close()
      try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
      let refusal = StoreError.inaccessible(path: path, reason: "Permission denied")
      #expect(throws: refusal) { try SweepStore(path, study) }
      #expect(try SweepStore(reading: path).finishedBlocks() == [0: 10])
    }
  }

  /// The same without rights: SQLite may use so many pages only.
  @Test func aFullStoreKeepsFinishedBlocks() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.limitSize(pageCount: 20)
      let (index, error) = try fill(store, study)
      #expect(error == .diskFull(path: path) && index > 1)
      #expect(try store.finishedBlocks().count == index)
      try store.limitSize(pageCount: 1 << 20)
      try store.commit(block(index, seedCount: 1024, of: study), seconds: 1)
      #expect(try store.block(index) == block(index, seedCount: 1024, of: study))
    }
  }
}

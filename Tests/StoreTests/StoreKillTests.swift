import Dispatch
import Foundation
import Store
import Sweeps
import Testing

struct StoreKillTests {
  /// A writer is killed by the system while it commits, and another continues what it left.
  @Test(arguments: [5, 20, 37, 80])
  func aKilledWriterLeavesWholeBlocks(_ delay: Int) async throws {
    let folder = try makeStoreFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("study.sqlite").path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, delay = delay as Int] in
      let study = try storeStudy()
      let blocks = (0..<50).map { block($0, seedCount: 1024, of: study) }
      let store = try SweepStore(path, study)
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(delay)) {
        kill(getpid(), SIGKILL)
      }
      for block in blocks { try store.commit(block, seconds: 1) }
      try await Task.sleep(for: .seconds(60))
    }
    let study = try storeStudy()
    let store = try SweepStore(path, study)
    let finished = try store.finishedBlocks()
    #expect(finished.keys.sorted() == Array(0..<finished.count))
    for index in 0..<50 {
      let whole = block(index, seedCount: 1024, of: study)
      if finished[index] != nil { #expect(try store.block(index) == whole) }
      try store.commit(whole, seconds: 1)
    }
    try store.close()
    #expect(try filesBeside(path).keys.sorted() == ["study.sqlite"])
  }
}

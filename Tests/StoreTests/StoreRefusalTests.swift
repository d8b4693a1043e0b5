import Datasets
import Foundation
import GRDB
import Models
import Store
import Sweeps
import Testing

/// Every refusal leaves all files as they were.
struct StoreRefusalTests {
  /// What opening for writing and for reading is refused with, and that nothing changed.
  private func refusals(_ path: String, _ study: Study) throws -> [StoreError] {
    let before = try filesBeside(path)
    let writing = try #require(throws: StoreError.self) { _ = try SweepStore(path, study) }
    let reading = try #require(throws: StoreError.self) { _ = try SweepStore(reading: path) }
    #expect(try filesBeside(path) == before)
    for error in [writing, reading] {
      let text = "\(error)"
      #expect(text.hasPrefix("\"" + path.prefix(59)) && !text.contains("\n"), "\(text)")
    }
    return [writing, reading]
  }

  /// The refusal to write a store of another study, and that nothing changed.
  private func refusal(_ path: String, _ study: Study, firstSeed: UInt32 = 0) throws -> StoreError {
    let before = try filesBeside(path)
    defer { #expect((try? filesBeside(path)) == before) }
    return try #require(throws: StoreError.self) {
      _ = try SweepStore(path, study, firstSeed: firstSeed)
    }
  }

  private func makeStore(_ path: String, _ study: Study, blockCount: Int = 5) throws {
    let store = try SweepStore(path, study)
    for index in 0..<blockCount {
      try store.commit(block(index, seedCount: 1024, of: study), seconds: 1)
    }
    try store.close()
  }

  @Test(arguments: [
    Data("seed,accuracy\n".utf8), Data([0]), Data(repeating: 0, count: 100_000),
    Data("SQLite format 2\0".utf8), Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 * 7) }),
  ])
  func aFileThatIsNoDatabase(_ content: Data) throws {
    let study = try storeStudy()
    try withStorePath { path in
      try content.write(to: URL(fileURLWithPath: path))
      let expected = StoreError.notADatabase(path: path)
      #expect(try refusals(path, study) == [expected, expected])
    }
  }

  @Test(arguments: ["delete", "wal"])
  func aDatabaseOfAnotherProgram(_ mode: String) throws {
    let study = try storeStudy()
    try withStorePath { path in
      let other = try DatabaseQueue(path: path)
      try other.writeWithoutTransaction { database in
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = \(mode)")
        try database.execute(sql: "CREATE TABLE plan (x); PRAGMA application_id = 7")
      }
      if mode == "delete" { try other.close() }
      let expected = StoreError.notAStore(path: path)
      #expect(try refusals(path, study) == [expected, expected])
    }
  }

  @Test func anotherStudy() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try makeStore(path, study)
      let cases: [(Study, key: String, stored: String?, wanted: String?)] = [
        (
          try storeStudy(classCount: 2), "dataset.digest", study.dataset.digest.quoted,
          try storeStudy(classCount: 2).dataset.digest.quoted
        ),
        (
          try Study(
            dataset: study.dataset, validationShare: 0.25, conditions: study.conditions,
            models: study.models),
          "validation_share", "0.5", "0.25"
        ),
        (
          try Study(
            dataset: study.dataset, validationShare: 0.5, trustedShare: 0.2,
            conditions: study.conditions, models: study.models),
          "trusted_share", nil, "0.2"
        ),
      ]
      for (other, key, stored, wanted) in cases {
        let error = try refusal(path, other)
        let expected = StoreError.otherStudy(
          path: path, key: key, stored: stored, wanted: wanted)
        #expect(error == expected)
        #expect("\(error)".contains(key))
      }
      let error = try refusal(path, study, firstSeed: 8)
      let expected = StoreError.otherStudy(
        path: path, key: "first_seed", stored: "0", wanted: "8")
      #expect(error == expected)
    }
  }

  @Test func anotherLayoutOrEngine() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try makeStore(path, study)
      let database = try DatabaseQueue(path: path)
      try database.writeWithoutTransaction {
        try $0.execute(sql: "UPDATE plan SET engine_version = 99")
      }
      try database.close()
      let engine = try refusal(path, study)
      #expect(
        engine == .otherEngine(path: path, found: 99, expected: StudyEngine.version))
      // It can still be read.
      #expect(try SweepStore(reading: path).plan.engineVersion == 99)

      let again = try DatabaseQueue(path: path)
      try again.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
      try again.close()
      let expected = StoreError.otherSchema(path: path, found: 99, expected: 6)
      #expect(try refusals(path, study) == [expected, expected])
    }
  }

  /// A process was killed, so the last transactions are in the log beside the store.
  @Test func anotherLayoutInTheLog() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try makeStore(path, study)
      let database = try DatabaseQueue(path: path)
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
      try withStorePath { copy in
        let suffixes = ["", "-wal"]
        for suffix in suffixes {
          try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
        let expected = StoreError.otherSchema(path: copy, found: 99, expected: 6)
        #expect(throws: expected) { try SweepStore(copy, study) }
        #expect(throws: expected) { try SweepStore(reading: copy) }
        // SQLite's index of the log may come and go.
        for suffix in suffixes {
          let (original, after) = try (
            Data(contentsOf: URL(fileURLWithPath: path + suffix)),
            Data(contentsOf: URL(fileURLWithPath: copy + suffix))
          )
          #expect(original == after)
        }
      }
    }
  }

  @Test(arguments: [1, 15, 16, 50, 99, 100, 511, 512, 4096, 16_384, 20_000, 100_000, -16_384, -1])
  func aTruncatedStore(_ length: Int) throws {
    let study = try storeStudy()
    try withStorePath { path in
      try makeStore(path, study)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try whole.prefix(length > 0 ? length : whole.count + length)
        .write(to: URL(fileURLWithPath: path))
      for error in try refusals(path, study) {
        switch error {
        case .damaged: #expect(length < 0 || length >= 512)
        case .notADatabase: #expect(length > 0 && length < 512)
        default: Issue.record("\(error)")
        }
      }
    }
  }

  @Test func aStoreWithAPageOverwritten() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try makeStore(path, study)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for page in 1..<whole.count / 16_384 {
        var broken = whole
        broken.replaceSubrange(
          page * 16_384..<page * 16_384 + 512, with: Data(repeating: 0xA5, count: 512))
        try broken.write(to: URL(fileURLWithPath: path))
        for error in try refusals(path, study) {
          guard case .damaged = error else {
            Issue.record("page \(page): \(error)")
            continue
          }
        }
      }
    }
  }

  /// Pages hold no checksums, so a changed count is found where it is used.
  @Test func countsAtOddsWithTheirSums() throws {
    let study = try storeStudy()
    try withStorePath { path in
      try makeStore(path, study)
      let database = try DatabaseQueue(path: path)
      try database.writeWithoutTransaction { database in
        try database.execute(
          sql: "UPDATE result SET correct = zeroblob(1024) WHERE block = 1 AND cell = 2")
        try database.execute(sql: "UPDATE result SET confusion = '[' WHERE block = 2")
      }
      try database.close()
      let store = try SweepStore(reading: path)
      #expect(try store.block(0) != nil)
      for index in [1, 2] {
        let column = index == 1 ? "correct" : "confusion"
        let expected = StoreError.damaged(
          path: path, reason: "\(column) does not hold what was written")
        #expect(throws: expected) { try store.block(index) }
      }
      #expect(throws: StoreError.self) { try store.summaries() }
    }
  }

  @Test func aLogWithoutItsStore() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 9, of: study), seconds: 1)
      try withStorePath { copy in
        try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
        guard case .damaged = try refusal(copy, study) else {
          Issue.record("not refused as damaged")
          return
        }
      }
    }
  }

  @Test func aFolderOrNothing() throws {
    let study = try storeStudy()
    try withStorePath { path in
      #expect(throws: StoreError.missing(path: path)) { try SweepStore(reading: path) }
      let inNone = path + "/none/study.sqlite"
      let reason = StoreError.inaccessible(path: inNone, reason: "No such file or directory")
      #expect(throws: reason) { try SweepStore(inNone, study) }
      #expect(throws: StoreError.missing(path: inNone)) { try SweepStore(reading: inNone) }
      #expect(try filesBeside(path).isEmpty)

      try Data().write(to: URL(fileURLWithPath: path))
      let empty = StoreError.notADatabase(path: path)
      #expect(throws: empty) { try SweepStore(reading: path) }

      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      #expect(throws: StoreError.folder(path: folder)) { try SweepStore(folder, study) }
      #expect(throws: StoreError.folder(path: folder)) { try SweepStore(reading: folder) }

      let device = StoreError.inaccessible(
        path: "/dev/null", reason: "it is not a regular file")
      #expect(throws: device) { try SweepStore("/dev/null", study) }
      #expect(throws: device) { try SweepStore(reading: "/dev/null") }
    }
  }

  @Test func aSecondWriter() throws {
    let study = try storeStudy()
    try withStorePath { path in
      let store = try SweepStore(path, study)
      try store.commit(block(0, seedCount: 9, of: study), seconds: 1)
      let locked = try #require(throws: StoreError.self) { try SweepStore(path, study) }
      guard case .locked(path, let owner) = locked else { throw locked }
      #expect(owner?.hasPrefix("process \(getpid()) on ") == true)
      #expect("\(locked)".contains("being written by process"))
      #expect(try SweepStore(reading: path).finishedBlocks() == [0: 9])
      try store.commit(block(1, seedCount: 9, of: study), seconds: 1)
    }
  }
}

extension String {
  fileprivate var quoted: String { "\"" + prefix(60) + (count > 60 ? "…" : "") + "\"" }
}

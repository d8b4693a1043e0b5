import Datasets
import Foundation
import Provenance
import TestSupport

/// The content of `Tests/Fixtures/provenance.json`.
struct ProvenanceReference: Decodable, Sendable {
  struct Tree: Decodable, Sendable {
    let size: Int
    let root: String
    let paths: [[String]]
  }

  struct Table: Decodable, Sendable {
    let records: [String]
    let root: String
    let files: [String]
  }

  struct Log: Decodable, Sendable {
    let lines: [String]
    let head: String
  }

  struct Pointer: Decodable, Sendable {
    let name: String
    let content: String
    let text: String
  }

  let trees: [Tree]
  let table: Table
  let log: Log
  let pointers: [Pointer]

  static func load() throws -> ProvenanceReference { try fixture("provenance") }
}

/// Calls `body` with a new, empty folder and removes it afterwards.
func withProvenanceFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("provenance-\(UUID().uuidString)", isDirectory: true)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

extension ProvenanceLog {
  /// The log of a folder for tests.
  init(in folder: URL) { self.init(folder.appendingPathComponent("log").path) }

  /// Writes a file and takes it in.
  @discardableResult
  func add(
    _ text: String, as name: String = "d.csv", in folder: URL, storesContent: Bool = true,
    hasHeader: Bool = true
  ) throws -> Recorded {
    let path = folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let version = try TableVersion(
      contentsOf: path, options: TableOptions(hasHeader: hasHeader))
    return try record(
      ProvenanceStep(
        .add, outputs: [ProvenanceStep.Table(version, path: path)],
        origin: ProvenanceOrigin(source: "lab"), storesContent: storesContent),
      program: "tests 1")
  }
}

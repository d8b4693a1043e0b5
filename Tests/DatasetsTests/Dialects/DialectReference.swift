import Datasets
import Foundation
import TestSupport

/// The content of `Tests/Fixtures/dialects.json`: files, and what pandas reads of them.
struct DialectReference: Decodable, Sendable {
  /// A file, and how it is written.
  struct Case: Decodable, Sendable {
    let name: String
    let separator: String
    let decimal: String
    let thousands: String
    /// The encoding that somebody must name.
    let encoding: String?
    let byteCount: Int
  }

  let numbers: [String: [Double?]]
  let kinds: [String]
  let files: Data
  let cases: [Case]

  /// Each case with its file.
  func all() throws -> [(case: Case, bytes: [UInt8])] {
    // The files stand one after another in what gzip made smaller.
    let bytes = try DataFile(path: "files.gz", Array(files), format: CSVFormat()).bytes
    var start = 0
    return cases.map { one in
      defer { start += one.byteCount }
      return (one, Array(bytes[start..<start + one.byteCount]))
    }
  }

  static func load() throws -> DialectReference { try fixture("dialects") }
}

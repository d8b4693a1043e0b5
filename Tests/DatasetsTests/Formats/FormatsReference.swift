import Foundation
import TestSupport

/// The content of `Tests/Fixtures/formats.json`.
struct FormatsReference: Decodable, Sendable {
  /// A file that NumPy wrote, and what is in it.
  struct Table: Decodable, Sendable {
    let name: String
    let data: Data
    let features: [[Double]]
    let labels: [String]
    let companion: Data?

    var bytes: [UInt8] { Array(data) }
  }

  let arrays: [Table]
  let archives: [Table]
  let pictures: [Table]
  let refused: [String: Data]
  let gzip: Data
  let csv: String

  static func load() throws -> FormatsReference { try fixture("formats") }
}

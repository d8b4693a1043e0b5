import TestSupport

/// What `Tests/Fixtures/validation.json` has of schemas.
struct ValidationReference: Decodable, Sendable {
  /// A table, a schema, and the rows and columns of it that pandera rejects.
  struct Verdict: Decodable, Sendable {
    let name: String
    let csv: String
    let schema: String
    let rows: [Int]
    let columns: [String]
  }

  let schemas: [Verdict]

  static let shared: Result<ValidationReference, any Error> = Result { try fixture("validation") }
}

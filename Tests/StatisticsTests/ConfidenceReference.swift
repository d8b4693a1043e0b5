import TestSupport

/// The content of `Tests/Fixtures/confidence.json`.
struct ConfidenceReference: Decodable, Sendable {
  struct Width: Decodable, Sendable {
    let count: Int
    let squares: Double
    let range: Double
    let halfWidth: Double
  }

  struct Case: Decodable, Sendable {
    let confidence: Double
    let target: Double
    let deviation: Double
    let squaredScale: Double
    let widths: [Width]
  }

  let cases: [Case]

  static func load() throws -> ConfidenceReference {
    try fixture("confidence")
  }
}

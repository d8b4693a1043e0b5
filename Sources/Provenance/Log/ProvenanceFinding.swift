/// Something that is not as it was written.
package struct ProvenanceFinding: Sendable, Equatable, Encodable {
  /// What kind of thing.
  package enum Kind: String, Sendable, Encodable {
    /// A line of the log.
    case entry
    /// The order of entries.
    case chain
    /// The last line of the log, interrupted.
    case tornLine = "torn line"
    /// The file that says where the log ends.
    case head
    /// A content that is kept.
    case object
    /// Hashes of rows that are kept.
    case rowHashes = "row hashes"
    /// A file as a whole.
    case file
    /// A row of a file.
    case row
    /// Something else in the folder of the log.
    case folder
  }

  /// What kind of thing.
  package let kind: Kind

  /// Which one, such as `entry 3` or `row 17`.
  package let place: String

  /// What is wrong with it.
  package let problem: String

  /// Whether it is wrong, rather than worth a note.
  package let isBroken: Bool

  static func broken(_ kind: Kind, _ place: String, _ problem: String) -> ProvenanceFinding {
    ProvenanceFinding(kind: kind, place: place, problem: problem, isBroken: true)
  }

  static func note(_ kind: Kind, _ place: String, _ problem: String) -> ProvenanceFinding {
    ProvenanceFinding(kind: kind, place: place, problem: problem, isBroken: false)
  }
}

extension [ProvenanceFinding] {
  mutating func append(broken kind: ProvenanceFinding.Kind, _ place: String, _ problem: String) {
    append(.broken(kind, place, problem))
  }
}

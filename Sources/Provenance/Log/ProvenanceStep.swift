/// Something that was done to files and is to be recorded.
package struct ProvenanceStep: Sendable {
  /// A file as it was before or after.
  package struct Table: Sendable {
    /// Its content.
    package let version: TableVersion
    /// Its path; nil for data that are no file and go by the name in the records.
    package let path: String?

    /// A file at a path.
    package init(_ version: TableVersion, path: String?) {
      (self.version, self.path) = (version, path)
    }
  }

  /// What was done.
  package let action: ProvenanceAction

  /// What it was done to.
  package let inputs: [Table]

  /// What came of it; several for a split.
  package let outputs: [Table]

  /// How, such as the attack and the seed; values as texts, so that they are written one way.
  package let parameters: [String: String]

  /// The rows of the first input, from 1, that it concerns, in the order they were taken.
  package let rows: [Int]?

  /// Where the rows come from.
  package let origin: ProvenanceOrigin

  /// Whether contents are kept besides the hashes of rows.
  package let storesContent: Bool

  /// Describes a step.
  package init(
    _ action: ProvenanceAction, inputs: [Table] = [], outputs: [Table] = [],
    parameters: [String: String] = [:], rows: [Int]? = nil,
    origin: ProvenanceOrigin = ProvenanceOrigin(), storesContent: Bool = true
  ) {
    (self.action, self.inputs, self.outputs) = (action, inputs, outputs)
    (self.parameters, self.rows, self.origin) = (parameters, rows, origin)
    self.storesContent = storesContent
  }
}

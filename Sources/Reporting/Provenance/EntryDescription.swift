package import Provenance

/// An entry for machines.
package struct EntryDescription: Encodable, Sendable {
  struct Source: Encodable {
    let name: String
    let rows: Int
  }

  let sequence: Int
  let time: String
  let action: String
  let inputs: [VersionDescription]
  let outputs: [VersionDescription]
  let parameters: [String: String]
  let rows: [Int]?
  let source: String?
  let sourceColumn: String?
  let sources: [Source]?
  let license: String?
  let url: String?
  let note: String?
  let program: String
  let previous: String
  let hash: String

  /// Describes an entry.
  package init(_ entry: ProvenanceEntry) {
    sequence = entry.sequence
    time = entry.time
    action = entry.action.rawValue
    inputs = entry.inputs.map(VersionDescription.init)
    outputs = entry.outputs.map(VersionDescription.init)
    parameters = entry.parameters
    rows = entry.rows
    let origin = entry.origin
    source = origin.source
    sourceColumn = origin.sourceColumn
    sources =
      origin.sourceColumn == nil
      ? nil : origin.sources.map { Source(name: $0.name, rows: $0.rows) }
    (license, url, note) = (origin.license, origin.url, origin.note)
    program = entry.program
    previous = entry.previous.hexadecimal
    hash = entry.hash.hexadecimal
  }
}

/// One line of a log: what was done, when, by which program, to which rows.
///
/// Its hash is the SHA-256 of its canonical JSON without the member `hash`; the member `previous` is
/// the hash of the entry before, 64 zeros for the first. So no entry can be changed, removed, put in
/// or moved without changing every hash after it.
package struct ProvenanceEntry: Sendable {
  /// The layout of entries.
  static let format = 1

  /// Its place in the log, from 1.
  package let sequence: Int

  /// When it was written, in UTC, such as `2026-01-31T12:00:00Z`.
  package let time: String

  /// What was done.
  package let action: ProvenanceAction

  /// What it was done to.
  package let inputs: [VersionRecord]

  /// What came of it.
  package let outputs: [VersionRecord]

  /// How.
  package let parameters: [String: String]

  /// The rows of the first input, from 1, that it concerns.
  package let rows: [Int]?

  /// Where the rows come from.
  package let origin: ProvenanceOrigin

  /// The program that wrote it, with its version.
  package let program: String

  /// The hash of the entry before.
  package let previous: ContentHash

  /// The hash of this one.
  package private(set) var hash = ContentHash.zero

  init(
    sequence: Int, time: String, _ step: ProvenanceStep, inputs: [VersionRecord],
    outputs: [VersionRecord], program: String, previous: ContentHash
  ) {
    (self.sequence, self.time, self.action) = (sequence, time, step.action)
    (self.inputs, self.outputs) = (inputs, outputs)
    (parameters, rows, origin) = (step.parameters, step.rows, step.origin)
    (self.program, self.previous) = (program, previous)
    hash = ContentHash(of: CanonicalJSON.object(members).bytes)
  }

  /// The members without `hash`.
  private var members: [String: CanonicalJSON] {
    var members: [String: CanonicalJSON] = [
      "action": .text(action.rawValue), "format": .number(Self.format),
      "inputs": .list(inputs.map(\.json)), "outputs": .list(outputs.map(\.json)),
      "parameters": .object(parameters.mapValues { .text($0) }),
      "previous": .text(previous.hexadecimal), "program": .text(program),
      "sequence": .number(sequence), "time": .text(time),
    ]
    members["rows"] = rows.map { .list($0.map { .number($0) }) }
    let texts = [
      ("source", origin.source), ("source_column", origin.sourceColumn),
      ("license", origin.license), ("url", origin.url), ("note", origin.note),
    ]
    for (key, text) in texts { members[key] = text.map { .text($0) } }
    if origin.sourceColumn != nil {
      members["sources"] = .list(
        origin.sources.map { .object(["name": .text($0.name), "rows": .number($0.rows)]) })
    }
    return members
  }

  /// The line of the log, without its line break.
  var line: [UInt8] {
    var members = members
    members["hash"] = .text(hash.hexadecimal)
    return CanonicalJSON.object(members).bytes
  }

  /// Reads a line; nil for what no entry of this layout looks like, or one with a wrong hash.
  init?(line: [UInt8]) {
    guard let members = CanonicalJSON(line)?.members,
      let sequence = members["sequence"]?.number, let time = members["time"]?.text,
      let action = members["action"]?.text.flatMap({ ProvenanceAction(rawValue: $0) }),
      let parameters = members["parameters"]?.members?.mapValues({ $0.text ?? "" }),
      let program = members["program"]?.text,
      let previous = members["previous"]?.text.flatMap({ ContentHash(hexadecimal: $0) })
    else { return nil }
    func items(_ key: String) -> [CanonicalJSON] { members[key]?.items ?? [] }
    var origin = ProvenanceOrigin(
      source: members["source"]?.text, license: members["license"]?.text,
      url: members["url"]?.text, note: members["note"]?.text)
    origin.sourceColumn = members["source_column"]?.text
    origin.sources = items("sources").map { item in
      ProvenanceOrigin.SourceCount(
        name: item.members?["name"]?.text ?? "", rows: item.members?["rows"]?.number ?? 0)
    }
    let step = ProvenanceStep(
      action, parameters: parameters, rows: members["rows"]?.items?.compactMap(\.number),
      origin: origin)
    self.init(
      sequence: sequence, time: time, step,
      inputs: items("inputs").compactMap { VersionRecord($0) },
      outputs: items("outputs").compactMap { VersionRecord($0) }, program: program,
      previous: previous)
    // What was read is all there was: written again it must be the same.
    guard self.line == line else { return nil }
  }
}

extension ProvenanceEntry: Encodable {
  private enum CodingKeys: CodingKey {
    case sequence, time, action, inputs, outputs, parameters, rows, program, previous, hash
    case source, sourceColumn, sources, license, url, note
  }

  /// Writes the entry with what it says of the origin; sources only where a column names them.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sequence, forKey: .sequence)
    try container.encode(time, forKey: .time)
    try container.encode(action, forKey: .action)
    try container.encode(inputs, forKey: .inputs)
    try container.encode(outputs, forKey: .outputs)
    try container.encode(parameters, forKey: .parameters)
    try container.encodeIfPresent(rows, forKey: .rows)
    try container.encode(program, forKey: .program)
    try container.encode(previous, forKey: .previous)
    try container.encode(hash, forKey: .hash)
    try container.encodeIfPresent(origin.source, forKey: .source)
    try container.encodeIfPresent(origin.sourceColumn, forKey: .sourceColumn)
    if origin.sourceColumn != nil { try container.encode(origin.sources, forKey: .sources) }
    try container.encodeIfPresent(origin.license, forKey: .license)
    try container.encodeIfPresent(origin.url, forKey: .url)
    try container.encodeIfPresent(origin.note, forKey: .note)
  }
}
